"""Our functions beside published calculators: `python tests/peers/agreement.py [--write docs/peers.md]`.

The peers stand in the modules beside this one, each with its inputs, our computation and its numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import lessons  # noqa: E402
import long_context  # noqa: E402
import months_ahead  # noqa: E402
import single_requests  # noqa: E402
import training_jobs  # noqa: E402
import tuning_or_rag  # noqa: E402
from published import Peer, Row  # noqa: E402
from switches import SWITCHES, Bills, Switch, cheapest  # noqa: E402

PEERS: tuple[Peer, ...] = (
    long_context.PEER,
    months_ahead.PEER,
    *tuning_or_rag.PEERS,
    *lessons.PEERS,
    *training_jobs.PEERS,
    *single_requests.PEERS,
)

INTRODUCTION = """\
# Agreement with other calculators

Others have published calculators and worked examples for the question this app answers. Here their inputs
go through our own functions, and our number stands beside theirs. Prices and inputs are the peers' own, as
read in November 2026, unless a row says "example". They are not our price book, and many are not current.

Two numbers are called the same when they differ by at most half of the last digit given. Where they differ,
the last column says why. *From* says how a peer's number came to us:

- **printed**: it stands on the page;
- **code**: its code gives it, with its default values or those the row names;
- **worked out**: its published rule gives it, at inputs the page shows;
- **example**: its published rule gives it, at inputs we chose or changed.

A row that adds a few words to the name of another one ("entries expire", "as whole jobs") answers the same
question by our own convention.

One command writes this page, and a test keeps the two together:

```
python tests/peers/agreement.py --write docs/peers.md
```"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(value: float | None, digits: int) -> str:
    """A number with the decimals of the row; None is "never"."""
    return "never" if value is None else f"{round(value, digits):,.{max(digits, 0)}f}"


def difference(row: Row) -> str:
    """Ours minus theirs, signed, as far as it goes beyond the digits given."""
    return "same" if row.is_same else f"{round(row.difference, row.digits):+,.{max(row.digits, 0)}f}"


def row_cells(row: Row) -> list[str]:
    """One line of a peer's table."""
    both = [number(value, row.digits) for value in (row.theirs, row.ours)]
    return [row.what, row.unit, row.basis.value, *both, difference(row), row.why]


def peer_section(peer: Peer) -> str:
    """A peer with its source, its inputs, its numbers, and what our model does not hold."""
    head = ["What", "Unit", "From", "Theirs", "Ours", "Difference", "Why"]
    parts = [f"## {peer.name}", f"Source: {peer.source}", peer.inputs, table(head, map(row_cells, peer.rows))]
    if peer.left_out:
        parts.append("Not compared:")
        parts.append("\n".join(f"- {what}. {why}" for what, why in peer.left_out))
    return "\n\n".join(parts)


def summary() -> str:
    """How many numbers of each peer are the same, and how many differ for a reason."""
    rows = []
    for peer in PEERS:
        same = sum(row.is_same for row in peer.rows)
        rows.append([peer.name, str(len(peer.rows)), str(same), str(len(peer.rows) - same)])
    total = [str(sum(int(row[column]) for row in rows)) for column in (1, 2, 3)]
    rows.append(["**all**", *total])
    return table(["Peer", "Numbers", "Same", "Differ, with the reason"], rows)


def bills(of: Bills) -> str:
    """What each strategy costs, the cheapest first."""
    return ", ".join(f"{name} {usd:,.2f}" for name, usd in sorted(of.items(), key=lambda item: item[1]))


def switch_cells(switch: Switch) -> list[str]:
    """One line of the table of switches."""
    before, after = cheapest(switch.before), cheapest(switch.after)
    cheaper = f"{before}, then {after}" if switch.turns else f"{before} in both"
    return [
        switch.change,
        switch.peer,
        switch.unit,
        bills(switch.before),
        bills(switch.after),
        cheaper,
        switch.note,
    ]


def switches_section() -> str:
    """The single changes that turn a comparison round."""
    head = ["Change", "Inputs of", "Unit", "Before", "After", "Cheapest", "Note"]
    text = "The same inputs with one thing changed, all by our functions; the cheapest strategy stands first."
    return "\n\n".join(["## What one change does", text, table(head, map(switch_cells, SWITCHES))])


def page() -> str:
    """The whole of docs/peers.md."""
    parts = [INTRODUCTION, "## In short", summary(), switches_section(), *map(peer_section, PEERS)]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        Path(sys.argv[sys.argv.index("--write") + 1]).write_text(page(), encoding="utf-8")
    else:
        print(page())
