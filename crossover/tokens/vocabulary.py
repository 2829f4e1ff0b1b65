"""tiktoken's vocabularies from our own files, so that no count ever waits for a network (TOKENS.md 5)."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
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


class BrokenVocabulary(RuntimeError):
    """A vocabulary file under data/ is missing or not the published one."""


@cache
def encoding(name: str) -> tiktoken.Encoding:
    """The tiktoken encoding of that name, read from data/vocabulary.

    Raises BrokenVocabulary when the file is missing or altered: tiktoken itself would answer that
    by downloading, without a time limit and holding a lock.
    """
    cache_name, sha256 = _CACHE_FILES[name]
    folder = _private_folder()
    target = folder / cache_name
    if not target.exists():
        _write_atomically(target, _unpack(name, sha256))
    os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
    return tiktoken.get_encoding(name)


@cache
def _private_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="crossover-vocabulary-"))


def _unpack(name: str, sha256: str) -> bytes:
    path = VOCABULARY_FOLDER / f"{name}.tiktoken.gz"
    try:
        unpacked = gzip.decompress(path.read_bytes())
    except OSError as error:
        raise BrokenVocabulary(f"{path.name} cannot be read from data/vocabulary: {error}") from error
    if hashlib.sha256(unpacked).hexdigest() != sha256:
        raise BrokenVocabulary(
            f"{path.name} is not the published vocabulary; restore it from the repository."
        )
    return unpacked


def _write_atomically(target: Path, content: bytes) -> None:
    part = target.with_suffix(f".{os.getpid()}")
    part.write_bytes(content)
    part.replace(target)
