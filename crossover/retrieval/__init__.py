"""Retrieval, measured on the user's own documents: chunks, a lexical index, the context it would send."""

from crossover.retrieval.chunking import ChunkCount, Chunks, InvalidChunking, chunk_count, chunk_documents
from crossover.retrieval.context import WRAPPER_TOKENS, ContextTokens, context_tokens, measured_context
from crossover.retrieval.index import Hits, Index, build_index, search
from crossover.retrieval.language import stemmer_language
from crossover.retrieval.reranking import rerank_units

__all__ = [
    "WRAPPER_TOKENS",
    "ChunkCount",
    "Chunks",
    "ContextTokens",
    "Hits",
    "Index",
    "InvalidChunking",
    "build_index",
    "chunk_count",
    "chunk_documents",
    "context_tokens",
    "measured_context",
    "rerank_units",
    "search",
    "stemmer_language",
]
