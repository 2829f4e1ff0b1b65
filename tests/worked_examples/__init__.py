"""The 39 worked examples of MODEL.md, each computed from its inputs by the product's own functions."""
