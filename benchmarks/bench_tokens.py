"""Profiling 200,000 rows end to end, and a million characters in a row: `python benchmarks/bench_tokens.py`.

Each result is checked before it is timed against tiktoken's own loop in the same run. Prints
seconds of each stage (file bytes -> samples -> profile), the ratio of rates, and the peak memory.
"""

from __future__ import annotations

import csv
import io
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from crossover.profile import ProfileSettings, build_profile
from crossover.samples import SampleSet, Slot, combine, read_upload
from crossover.tokens import count_many, engine_name
from crossover.tokens.engine import TiktokenEngine, engine
from crossover.tokens.vocabulary import encoding

Result = TypeVar("Result")

ROWS = 200_000
SHARED = Path(os.environ.get("CROSSOVER_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def paragraphs() -> list[str]:
    """Real English and German prose; the benchmark stops where it is absent."""
    folders = [SHARED / "data" / "rag" / f"xquad_{language}" / "docs" for language in ("en", "de")]
    lines = [line for folder in folders for path in sorted(folder.glob("*")) for line in _lines(path)]
    if not lines:
        sys.exit(
            f"No prose under {SHARED}: put the shared data there, or name its folder in CROSSOVER_SHARED."
        )
    return lines


def _lines(path: Path) -> list[str]:
    return [
        " ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 300
    ]


def table_bytes(rows: int) -> bytes:
    """A CSV of distinct questions and answers cut from real prose, about 200 characters a row."""
    draw, prose, buffer = random.Random(7), paragraphs(), io.BytesIO()
    lines = io.TextIOWrapper(buffer, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(lines)
    writer.writerow(["question", "answer"])
    for number in range(rows):
        text = draw.choice(prose)
        start = draw.randrange(len(text) - 195)
        writer.writerow([f"{number} {text[start : start + 80]}?", text[start + 80 : start + 195]])
    return buffer.getvalue()


def seconds(work: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of `work` on the clock, and what it gave; run on a quiet machine and quote ratios."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def tiktoken_loop(texts: list[str]) -> list[int]:
    """What a plain program would do."""
    encode = encoding("o200k_base").encode
    return [len(encode(text, disallowed_special=())) for text in texts]


def samples_in(data: bytes) -> SampleSet:
    """The door: bytes to samples."""
    return combine([read_upload("rows.csv", data, slot=Slot.QUESTIONS)])


def profile_rows() -> None:
    data = table_bytes(ROWS)
    build_profile(samples_in(table_bytes(10)), ProfileSettings())
    reading_seconds, samples = seconds(lambda: samples_in(data))
    profiling_seconds, profile = seconds(lambda: build_profile(samples, ProfileSettings()))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tiktoken_loop(["warm"])
    texts = [*samples.qa.questions, *samples.qa.answers]
    counting_seconds, counts = seconds(lambda: count_many(texts))
    loop_seconds, expected = seconds(lambda: tiktoken_loop(texts))
    assert counts.tolist() == expected
    assert len(profile) == ROWS, f"{len(profile):,} rows arrived"
    whole = reading_seconds + profiling_seconds
    print(f"{ROWS:,} rows, {len(data) / 1e6:.1f} MB, {sum(expected):,} tokens, {engine_name()}")
    print(f"reading {reading_seconds:.2f} s, profile {profiling_seconds:.2f} s, together {whole:.2f} s")
    print(f"  of which counting {counting_seconds:.2f} s")
    print(f"plain tiktoken loop over the same texts {loop_seconds:.2f} s")
    print(
        f"ratio end to end {loop_seconds / whole:.2f}, counting alone {loop_seconds / counting_seconds:.2f}"
    )
    print(f"peak memory before the loop {peak_mb:.0f} MB")


def long_runs() -> None:
    runs = {
        "one character": "a" * 1_000_000,
        "white space": " " * 1_000_000,
        "line breaks": "\n" * 1_000_000,
        "CJK": "".join(chr(0x4E00 + index % 20_000) for index in range(1_000_000)),
        "base64": "".join(random.Random(7).choices("ABCDEFabcdefghijkxyz0123456789+/", k=1_000_000)),
    }
    for name, text in runs.items():
        fast, (tokens,) = seconds(lambda text=text: engine().count([text], "o200k_base"))
        slow, _ = seconds(lambda text=text: TiktokenEngine().count([text], "o200k_base"))
        print(f"1 M characters of {name}: {tokens:,} tokens, {fast:.3f} s (tiktoken {slow:.2f} s)")


if __name__ == "__main__":
    profile_rows()
    long_runs()
