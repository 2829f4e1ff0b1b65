"""tiktoken's vocabularies from our own files, so that no count ever waits for a network (TOKENS.md 5)."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import tiktoken

VOCABULARY_FOLDER = Path(__file__).resolve().parents[2] / "data" / "vocabulary"

# name -> (the name tiktoken gives its cache file, sha256 of the unpacked vocabulary)
_CACHE_FILES = {
    "o200k_base": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "cl100k_base": (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}

_CACHE_VARIABLE = "TIKTOKEN_CACHE_DIR"
_one_at_a_time = threading.Lock()


class BrokenVocabulary(RuntimeError):
    """A vocabulary file under data/ is missing or not the published one."""


def encoding(name: str) -> tiktoken.Encoding:
    """The tiktoken encoding of that name, read once per process from data/vocabulary.

    Raises BrokenVocabulary when the file is missing or altered: tiktoken itself would answer that
    by downloading, without a time limit and holding a lock.
    """
    with _one_at_a_time:
        return _load(name)


@cache
def _load(name: str) -> tiktoken.Encoding:
    cache_name, _ = _CACHE_FILES[name]
    vocabulary = vocabulary_bytes(name)
    with _cache_folder() as folder:
        (folder / cache_name).write_bytes(vocabulary)
        return tiktoken.get_encoding(name)


def vocabulary_bytes(name: str) -> bytes:
    """The unpacked vocabulary, one "base64-token rank" a line; raises BrokenVocabulary."""
    path = VOCABULARY_FOLDER / f"{name}.tiktoken.gz"
    try:
        unpacked = gzip.decompress(path.read_bytes())
    except OSError as error:
        raise BrokenVocabulary(f"{path.name} cannot be read from data/vocabulary: {error}") from error
    if hashlib.sha256(unpacked).hexdigest() != _CACHE_FILES[name][1]:
        raise BrokenVocabulary(
            f"{path.name} is not the published vocabulary; restore it from the repository."
        )
    return unpacked


@contextmanager
def _cache_folder() -> Iterator[Path]:
    """A folder of this process alone that tiktoken reads from; gone when the block ends."""
    before = os.environ.get(_CACHE_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="crossover-vocabulary-") as folder:
        os.environ[_CACHE_VARIABLE] = folder
        try:
            yield Path(folder)
        finally:
            if before is None:
                del os.environ[_CACHE_VARIABLE]
            else:
                os.environ[_CACHE_VARIABLE] = before
