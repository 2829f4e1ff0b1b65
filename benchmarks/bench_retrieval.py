"""How much the retrieval stage costs over bm25s alone; results are compared before anything is timed.

First 6,000 passages and 1,000 questions drawn by Zipf's law, then German and English articles of the
shared data where that is present. The vocabulary is read and every result computed once before timing.
"""

from __future__ import annotations

import csv
import os
import platform
import time
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from crossover.retrieval import (
    Chunks,
    Hits,
    build_index,
    chunk_documents,
    context_tokens,
    search,
    stemmer_language,
)
from crossover.samples.types import Document
from crossover.tokens import count_many, count_tokens

SIZE_TOKENS, OVERLAP_TOKENS, K_MAX, ROUNDS = 200, 20, 20, 9


def drawn(passages: int = 6_000, questions: int = 1_000) -> tuple[list[Document], list[str]]:
    """Passages of 80 words and questions of 8, drawn with a fixed seed from 20,000 made-up words."""
    random = np.random.default_rng(0)
    syllables = np.array(["ba", "der", "gen", "il", "kon", "lu", "mar", "nis", "or", "ta"])
    vocabulary = ["".join(random.choice(syllables, random.integers(1, 5))) for _ in range(20_000)]

    def texts(count: int, length: int) -> list[str]:
        ranks = np.minimum(random.zipf(1.3, (count, length)), len(vocabulary)) - 1
        return [" ".join(vocabulary[rank] for rank in row) + "." for row in ranks]

    return [Document(str(row), text) for row, text in enumerate(texts(passages, 80))], texts(questions, 8)


def read(folder: Path) -> tuple[list[Document], list[str]]:
    documents = [Document(path.name, path.read_text("utf-8")) for path in sorted((folder / "docs").iterdir())]
    with (folder / "qa.csv").open(encoding="utf-8", newline="") as file:
        return documents, [row["question"] for row in csv.DictReader(file)]


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Median and 95th percentile of the seconds `action` takes."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    median, high = np.quantile(seconds, [0.5, 0.95])
    return float(median), float(high)


class Bm25sAlone:
    """What a script with nothing but bm25s would do, on texts that are normalised already."""

    def __init__(self, texts: Sequence[str], questions: Sequence[str], language: str | None) -> None:
        self.texts = [unicodedata.normalize("NFKC", text) for text in texts]
        self.questions = [unicodedata.normalize("NFKC", question) for question in questions]
        self.stemmer = Stemmer.Stemmer(language) if language else None
        self.stop_words = language if language in {"german", "english"} else None
        self.bm25 = self.index()

    def words(self, texts: list[str]) -> bm25s.tokenization.Tokenized:
        return bm25s.tokenize(
            texts,
            token_pattern=r"\w+",
            stopwords=self.stop_words,
            stemmer=self.stemmer,
            show_progress=False,
        )

    def index(self) -> bm25s.BM25:
        bm25 = bm25s.BM25()
        bm25.index(self.words(self.texts), show_progress=False)
        return bm25

    def search(self) -> np.ndarray:
        k = min(K_MAX, len(self.texts))
        return self.bm25.retrieve(self.words(self.questions), k=k, show_progress=False).scores


def checked(chunks: Chunks, hits: Hits, alone: Bm25sAlone) -> None:
    """Stop when the scores are not those of bm25s or a chunk's tokens are not what it counts."""
    scores = alone.search()
    np.testing.assert_allclose(hits.scores[:, : scores.shape[1]], scores, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(chunks.tokens, count_many(chunks.texts))


def measure(documents: list[Document], questions: list[str]) -> None:
    cut = partial(chunk_documents, documents, SIZE_TOKENS, OVERLAP_TOKENS, count_tokens)
    chunks = cut()
    language = stemmer_language(chunks.texts)
    index = build_index(chunks, language)
    hits = search(index, questions, K_MAX)
    alone = Bm25sAlone(chunks.texts, questions, language)
    checked(chunks, hits, alone)

    count_once = partial(count_many, [document.text for document in documents])
    print(f"\n{len(documents)} documents, {len(chunks)} chunks, {len(questions)} questions, {language}")
    for name, action, baseline_name, baseline in [
        ("chunk", cut, "counting once", count_once),
        ("language", partial(stemmer_language, chunks.texts), "bm25s index", alone.index),
        ("index", partial(build_index, chunks, language), "bm25s index", alone.index),
        ("search", partial(search, index, questions, K_MAX), "bm25s search", alone.search),
        ("context", partial(context_tokens, chunks, hits), "bm25s search", alone.search),
    ]:
        (median, high), (base, _) = timed(action), timed(baseline)
        print(
            f"{name:9} {median:.4f} s (p95 {high:.4f})  {median / base:6.3f} x {baseline_name} ({base:.4f} s)"
        )


def main() -> None:
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, warm")
    measure(*drawn())
    shared = Path(os.environ.get("CROSSOVER_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    for folder in (shared / "data" / "rag" / "xquad_de", shared / "data" / "rag" / "xquad_en"):
        if folder.is_dir():
            measure(*read(folder))
        else:
            print(f"\nshared data absent: {folder}")


if __name__ == "__main__":
    main()
