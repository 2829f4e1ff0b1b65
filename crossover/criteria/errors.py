"""What no score can be computed from, in words for the person who set it (MODEL.md E29, E30)."""

from __future__ import annotations


class InvalidCriteria(ValueError):
    """Weights, anchors or quantities that cannot be scored; the message says which and what to do."""
