"""The hosts a price book knows, and what the price package calls them."""

from __future__ import annotations

from crossover.words import mark, say

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
    "self-hosted": mark("Self-hosted"),
    "on-device": mark("On your own device"),
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
    "global": mark("Global"),
    "data-zone": mark("Data zone (US or EU)"),
    "data-residency": mark("Data residency endpoint"),
}


def region_label(region: str) -> str:
    """The region's name for people; the id itself for a region not in the table."""
    return say(_REGIONS[region]) if region in _REGIONS else region


def host_label(host: str) -> str:
    """The host's name for people; the id itself for a host not in the table."""
    return say(HOSTS[host]) if host in HOSTS else host
