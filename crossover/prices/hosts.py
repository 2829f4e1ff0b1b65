"""The hosts a price book knows, and what the price package calls them."""

from __future__ import annotations

HOSTS = {
    "openai": "OpenAI",
    "azure": "Azure AI Foundry",
    "google": "Google Gemini API",
    "google-vertex": "Google Vertex AI",
    "mistral": "Mistral AI",
    "cohere": "Cohere",
    "together": "Together AI",
    "fireworks": "Fireworks AI",
    "aws-bedrock": "AWS Bedrock",
    "anthropic": "Anthropic",
    "self-hosted": "Self-hosted",
    "on-device": "On your own device",
}

# Azure and Vertex AI are left out: the package holds few prices of theirs and falls back to another
# host's, without batch (PRICES.md 2). Our own rows carry them.
PACKAGE_PROVIDERS = {
    "openai": "openai",
    "google": "google",
    "mistral": "mistral",
    "cohere": "cohere",
    "together": "together",
    "fireworks": "fireworks",
    "aws-bedrock": "aws",
    "anthropic": "anthropic",
}


_REGIONS = {
    "global": "Global",
    "data-zone": "Data zone (US or EU)",
    "data-residency": "Data residency endpoint",
}


def region_label(region: str) -> str:
    """The region's name for people; the id itself for a region not in the table."""
    return _REGIONS.get(region, region)


def host_label(host: str) -> str:
    """The host's name for people; the id itself for a host not in the table."""
    return HOSTS.get(host, host)
