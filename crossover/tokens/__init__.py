"""Tokens: exact offline counts, and what the API adds around the text (MODEL.md 1, TOKENS.md)."""

from crossover.tokens.counter import DEFAULT_ENCODING, TokenCounter, count_many, count_tokens, counter

__all__ = ["DEFAULT_ENCODING", "TokenCounter", "count_many", "count_tokens", "counter"]
