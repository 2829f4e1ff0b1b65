"""What a reranker is billed for: search units (MODEL.md F1.9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

DOCUMENTS_PER_RERANK_UNIT = 100
RERANK_DOCUMENT_TOKENS = 510


def rerank_units(
    documents: ArrayLike,
    document_tokens: ArrayLike,
    query_tokens: ArrayLike,
    max_document_tokens: int = RERANK_DOCUMENT_TOKENS,
) -> NDArray[np.float64]:
    """Search units of each request: a query with up to 100 documents each (MODEL.md F1.9, W29).

    A document too long to stand beside its query counts once per piece (an assumption).
    """
    room = np.maximum(1.0, max_document_tokens - np.asarray(query_tokens, np.float64))
    pieces = np.ceil(np.asarray(document_tokens, np.float64) / room)
    units = np.ceil(np.asarray(documents, np.float64) * pieces / DOCUMENTS_PER_RERANK_UNIT)
    return np.asarray(units, np.float64)
