"""Fees of retrieval beside the model's own tokens: embedding, reranking, storage (MODEL.md F1.9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from crossover.cost.arrays import FloatArray
from crossover.cost.errors import InvalidCostInput, require_at_least, require_share

FLOAT32_BYTES = 4


def embedding_usd(tokens: ArrayLike, embedding_usd_per_mtok: float) -> FloatArray:
    """Fee for embedding `tokens`: of a query per request, of all chunks for the index (F1.9, W29)."""
    require_at_least("embedding_usd_per_mtok", embedding_usd_per_mtok)
    return np.asarray(np.asarray(tokens, np.float64) * embedding_usd_per_mtok / 1e6, np.float64)


def index_refresh_usd_per_month(build_usd: float, churn_per_month_share: float) -> float:
    """Monthly fee of embedding again what has changed (MODEL.md F1.9, W29)."""
    require_share("churn_per_month_share", churn_per_month_share)
    return build_usd * churn_per_month_share


def rerank_usd(units: ArrayLike, usd_per_1000_units: float) -> FloatArray:
    """Fee of reranking (MODEL.md F1.9, W07)."""
    require_at_least("usd_per_1000_units", usd_per_1000_units)
    return np.asarray(np.asarray(units, np.float64) * usd_per_1000_units / 1000, np.float64)


def index_storage_gb(chunks: int, dimensions: int, payload_bytes: float, replication: float = 1.0) -> float:
    """Gigabytes (1e9 bytes) an index takes: float32 vectors and the payload of each chunk (F1.9, W29)."""
    if chunks < 0:
        raise InvalidCostInput("chunks", f"must be at least 0, not {chunks}")
    return chunks * (dimensions * FLOAT32_BYTES + payload_bytes) * replication / 1e9
