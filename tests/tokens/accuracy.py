"""How accurate the accountant is on real bills: `python tests/tokens/accuracy.py [--write docs/tokens.md]`.

Reads the recorded bills under USAGE_DIR (default ../shared/data/usage) and prints one row per kind of
request, then one row per rule with the number of bills that change when the rule is left out.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from crossover.tokens import (  # noqa: E402  # noqa: E402
    RequestCount,
    accountant,
    conversation,
    count_request,
    dialects,
    model_facts,
    recorded_on,
    rendering,
    schema,
)

Record = dict[str, object]


def usage_folder() -> Path:
    """Where the recorded bills are."""
    shared = Path(os.environ.get("CROSSOVER_SHARED") or ROOT.parent / "shared")
    return Path(os.environ.get("USAGE_DIR") or shared / "data" / "usage")


def records(kind: str = "records") -> list[Record]:
    """The bills of one file: "records" (OpenAI, Azure), "embeddings" or "other_providers"."""
    found = sorted(usage_folder().glob(f"usage_{kind}_*.jsonl"))
    return [json.loads(line) for path in found for line in path.read_text(encoding="utf-8").splitlines()]


def is_usable(record: Record) -> bool:
    """Whether the text formula can apply at all: no pictures, no tools the vendor runs."""
    kind = str(record["kind"])
    return not record.get("not_for_formula") and "multimodal" not in kind and "builtin" not in kind


def unseen() -> list[Record]:
    """Bills that no rule was made from: set aside for binary content, which is only in their answers."""
    kinds = ("plain", "tools", "json_schema")
    return [
        record
        for record in records()
        if "binary" in str(record.get("not_for_formula")) and record["kind"] in kinds and _is_whole(record)
    ]


def _is_whole(record: Record) -> bool:
    return "b64_chars" not in json.dumps([record.get("messages"), record.get("input")])


def billed(record: Record) -> int:
    """The input tokens the API billed."""
    return record["tokens"]["input"]  # type: ignore[index]


def estimate(record: Record) -> RequestCount:
    """Our count of a recorded request, by the rules of its day."""
    sent = {**record, **record["params"]}  # type: ignore[dict-item]
    return count_request(sent, str(record["model"]), recorded_on(record))


@dataclass(frozen=True)
class Score:
    """Estimate against bill over some records, in per cent."""

    bills: int
    exact: float
    within_two: float
    mean_error: float
    aggregate: float
    covered: float
    typical_plus_minus: float
    typical_error: float

    def row(self, name: str) -> str:
        """A row of the table in docs/tokens.md."""
        return (
            f"| {name} | {self.bills} | {self.exact:.1f} % | {self.within_two:.1f} % "
            f"| {self.mean_error:.2f} % | {self.aggregate:+.2f} % "
            f"| {self.covered:.1f} % | {self.typical_plus_minus:.1f} % |"
        )


def score(bills: Iterable[Record]) -> Score:
    """The score over these records."""
    pairs = [(estimate(record), billed(record)) for record in bills]
    off = [abs(count.input_tokens - bill) for count, bill in pairs]

    def share(flags: Iterable[bool]) -> float:
        return 100 * sum(flags) / len(pairs)

    return Score(
        bills=len(pairs),
        exact=share(one == 0 for one in off),
        within_two=share(one <= 2 for one in off),
        mean_error=100 * sum(one / bill for one, (_, bill) in zip(off, pairs, strict=True)) / len(pairs),
        aggregate=100 * (sum(count.input_tokens for count, _ in pairs) / sum(bill for _, bill in pairs) - 1),
        covered=share(one <= count.plus_minus for one, (count, _) in zip(off, pairs, strict=True)),
        typical_plus_minus=median(100 * count.plus_minus / bill for count, bill in pairs),
        typical_error=median(100 * one / bill for one, (_, bill) in zip(off, pairs, strict=True)),
    )


def kind_of(record: Record) -> str:
    """The row a record stands in: API, what the request carries, and the family it goes to."""
    api = {"chat.completions": "chat", "responses": "Responses"}.get(str(record["api"]), str(record["api"]))
    carries = str(record["kind"]).replace("tool_history", "history").replace("+", " + ")
    return f"{api}, {carries}, {family_of(record)}"


def family_of(record: Record) -> str:
    """gpt-3.5 to 4.1 as one family of rules, the reasoning models as another."""
    facts = model_facts(str(record["model"]))
    if record.get("provider") not in ("openai", "azure"):
        return facts.family
    return "gpt-5 and o-series" if facts.reasoning else "gpt-3.5 to 4.1"


def by_kind(bills: Iterable[Record]) -> dict[str, list[Record]]:
    """Records grouped by their row."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in bills:
        groups[kind_of(record)].append(record)
    return dict(sorted(groups.items()))


def accuracy_table() -> str:
    """OpenAI and Azure by kind, and embeddings."""
    openai = [record for record in records() if is_usable(record)]
    head = ["| request | bills | exact | within 2 | mean error | sum | inside +- | typical +- |"]
    head.append("|---|---|---|---|---|---|---|---|")
    rows = [score(group).row(kind) for kind, group in by_kind(openai).items()]
    rows.append(score(openai).row("**all OpenAI and Azure**"))
    rows.append(score(unseen()).row("bills no rule was made from"))
    rows.append(score(records("embeddings")).row("embeddings"))
    return "\n".join([*head, *rows])


def vendors_table() -> str:
    """Other vendors, counted by a factor: how far the typical estimate is off, and how often inside."""
    bills = [record for record in records("other_providers") if is_usable(record) and _has_functions(record)]
    rows = ["| models | bills | typical error | inside +- | typical +- |", "|---|---|---|---|---|"]
    for kind, group in by_kind(bills).items():
        found = score(group)
        rows.append(
            f"| {kind} | {found.bills} | {found.typical_error:.1f} % | {found.covered:.1f} % "
            f"| {found.typical_plus_minus:.1f} % |"
        )
    return "\n".join(rows)


def _has_functions(record: Record) -> bool:
    return not any("runs itself" in note for note in estimate(record).notes)


@contextmanager
def _dialects_without(**neutral: object) -> Iterator[None]:
    changed = {
        name: replace(value, **neutral)
        for name, value in vars(dialects).items()
        if isinstance(value, dialects.Dialect)
    }
    with mock.patch.multiple(dialects, **changed):
        yield


def _patched(module: object, **names: object) -> Callable[[], object]:
    return lambda: mock.patch.multiple(module, **names)


def _without(**neutral: object) -> Callable[[], object]:
    return lambda: _dialects_without(**neutral)


_comments = rendering.comment_lines


def _quoted_default(one: dict[str, object]) -> str:
    return f" // default: {json.dumps(one['default'])}" if "default" in one else ""


_FLAT = rendering.Layout(commented=True, stacked_unions=False)
RULES: dict[str, Callable[[], object]] = {
    "tools are rendered as text and framed": _without(tools_frame=0),
    "titles, defaults and nested comments are rendered": _without(layout=rendering.PUBLISHED),
    "each alternative of a union has its own line": _without(layout=_FLAT),
    "blank lines of a description are dropped": _patched(
        rendering, comment_lines=lambda text: [f"// {line.strip()}" for line in str(text or "").splitlines()]
    ),
    "a title or description of the parameters themselves is rendered": _patched(
        rendering._Renderer, _root_comments=lambda self: []
    ),
    "a format is a comment": _patched(
        rendering, comment_lines=lambda text: [one for one in _comments(text) if "// format: " not in one]
    ),
    "a default that is one of the listed values stands without quotes": _patched(
        rendering._Renderer, _default=lambda self, one: _quoted_default(one)
    ),
    "tools and schema stand inside the system message": _without(in_system_message=False),
    "a tool that must be called is named again": _without(forced_call=None),
    "an undescribed first tool costs one token less (reasoning models)": _without(undescribed_first_tool=0),
    "a call and its result are framed": _without(call_frame=0),
    "several calls are written as one (chat)": _without(parallel_frame=None),
    "a call passed by its id costs three tokens more (Responses)": _without(stored_call=0),
    "arguments are written again without blanks": _patched(conversation, _arguments=lambda text: text),
    "an earlier answer is framed (reasoning models)": _without(answer_frame=0),
    "the answer format is rendered under a heading": _without(schema_frame=0),
    "a schema without tools repeats its name": _without(schema_alone=None),
    "limits and defaults of a schema are not rendered": _patched(schema, _NOT_BILLED=schema._NOT_SHOWN),
    "an earlier answer costs three tokens more when a schema is asked for (chat)": _patched(
        accountant, _ANSWER_IN_A_FORMAT=0
    ),
    "gpt-4o-mini reads letters beyond ASCII in JSON as escapes": _patched(accountant.Account, _escapes=False),
    "reasoning is billed again until its question is answered": _patched(
        accountant, _TOKENS_PER_SEALED_CHARACTER=0
    ),
    "tools that are added later are framed": _without(later_tools_frame=0),
    "until April 2025 the Responses API added to tools": _patched(
        dialects, LAUNCH_ENDED=dialects.LAUNCH_ENDED.replace(year=2020)
    ),
    "pro mode reads its drafts": _patched(accountant, PRO_MODE_TOKENS=0),
}


def rules_table() -> str:
    """Each rule with the bills it changes, their origins, and how many it makes exact."""
    bills = [record for record in records() if is_usable(record)]
    with_all = [estimate(record).input_tokens for record in bills]
    rows = [
        "| rule | bills it changes | from repositories | exact with it | exact without |",
        "|---|---|---|---|---|",
    ]
    for name, left_out in RULES.items():
        with left_out():  # type: ignore[attr-defined]
            without = [estimate(record).input_tokens for record in bills]
        changed = [
            (record, one, other)
            for record, one, other in zip(bills, with_all, without, strict=True)
            if one != other
        ]
        sources = len(Counter(record["source_repo"] for record, _, _ in changed))
        exact = sum(one == billed(record) for record, one, _ in changed)
        exact_without = sum(other == billed(record) for record, _, other in changed)
        rows.append(f"| {name} | {len(changed)} | {sources} | {exact} | {exact_without} |")
    return "\n".join(rows)


def written(document: str) -> str:
    """`document` with the tables put between their markers."""
    tables = {"accuracy": accuracy_table(), "vendors": vendors_table(), "rules": rules_table()}
    for name, table in tables.items():
        start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        before, _, rest = document.partition(start)
        _, _, after = rest.partition(end)
        document = f"{before}{start}\n{table}\n{end}{after}"
    return document


if __name__ == "__main__":
    if "--write" in sys.argv:
        path = Path(sys.argv[sys.argv.index("--write") + 1])
        path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(accuracy_table(), vendors_table(), rules_table(), sep="\n\n")
