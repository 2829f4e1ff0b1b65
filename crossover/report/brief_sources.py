"""What of a comparison may leave with a link: sources without file names, texts without markup."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crossover.comparison import Comparison
from crossover.figure import Figure, Kind
from crossover.own_prices import OwnPrice
from crossover.report.brief_parts import BriefFigure, BriefInput
from crossover.samples.types import SampleSet, Slot
from crossover.words import mark, say, say_count

OWN_PRICES, OWN_BILLS, OWN_DATA = mark("your own prices"), mark("your own bills"), mark("your data")
_TYPED = mark("typed")
# sources of measurements that name no file
_HARMLESS = (mark("one search tool with one argument"), mark("your own evaluation"), mark("your results"))
# the columns of a price that hold no free text
_PRICE_CELLS = re.compile(
    r"host|model|region|mode|tier|valid_(from|to)|bills_validation|min_examples|text_only|free_until|"
    r"[a-z_]+_(mtok|usd|per_hour|per_month|per_day|tokens)"
)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def cleaned(text: str, most: int) -> str:
    """Somebody's words without control characters and direction overrides, cut to `most` characters."""
    lines = _LINE_ENDS.sub("\n", text)
    kept = (each for each in lines if each == "\n" or _is_text(each))
    return "".join(kept).strip()[:most]


def one_line(text: str, most: int) -> str:
    """The same in one line."""
    return cleaned(" ".join(text.split()), most)


def _is_text(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in _TURNING


@dataclass(slots=True)
class InputList:
    """Collects the inputs of all figures of one brief, each once, in the order they are met."""

    samples: SampleSet
    own_labels: frozenset[str]
    show_file_names: bool
    places: dict[BriefInput, int]

    def figure(self, figure: Figure, id: str, name: str = "", factor: float = 1.0) -> BriefFigure:
        """A shown number; it is multiplied by `factor`, its inputs are not."""
        value = None if figure.value is None else float(figure.value) * factor
        inputs = tuple(dict.fromkeys(self.place(leaf) for leaf in figure.leaves()))
        unit = figure.unit if factor == 1 else f"USD per {factor:,.0f} requests"
        source = self._source(figure)
        return BriefFigure(id, name or figure.name, value, unit, figure.weakest, source, inputs)

    def place(self, leaf: Figure) -> int:
        """Where an input stands in the list; it is added where it is new."""
        low, high = leaf.ci or (None, None)
        note = say(OWN_PRICES) if self._is_own_price(leaf) else leaf.note
        found = BriefInput(
            name=leaf.name or leaf.unit,
            value=None if leaf.value is None else float(leaf.value),
            unit=leaf.unit,
            kind=leaf.kind,
            source=self._source(leaf),
            as_of=leaf.as_of,
            note=note,
            low=low,
            high=high,
            n=leaf.n,
            is_own=leaf.name in self.own_labels or self._is_own_price(leaf),
        )
        return self.places.setdefault(found, len(self.places))

    def _is_own_price(self, figure: Figure) -> bool:
        """Every price of the book names the address of its page; a person's own names their file."""
        return figure.kind is Kind.PRICE_LIST and not is_address(figure.source)

    def _source(self, figure: Figure) -> str:
        if self.show_file_names:
            return figure.source
        if self._is_own_price(figure):
            return say(OWN_PRICES)
        if figure.kind is not Kind.MEASURED or figure.source in map(say, _HARMLESS):
            return figure.source
        return data_words(figure.source, self.samples)


def input_list(comparison: Comparison, show_file_names: bool) -> InputList:
    """An empty list for one comparison."""
    scenario = comparison.scenario
    changed = {name for name, _ in scenario.overrides} | {name for name, *_ in scenario.ranges}
    labels = {scenario.assumption(name).name for name in changed}
    own = frozenset({*labels, scenario.volume.name, say("Growth")})
    return InputList(comparison.profile.samples, own, show_file_names, {})


def data_words(source: str, samples: SampleSet) -> str:
    """Which upload a measurement comes from, without its name: "your questions (60 rows)"."""
    for slot, words in _upload_words(samples).items():
        label = samples.source(slot)
        if label not in (_TYPED, say(_TYPED)) and source.endswith(label):
            return words
    return say(_TYPED) if source in (_TYPED, say(_TYPED)) else say(OWN_DATA)


def _upload_words(samples: SampleSet) -> Mapping[Slot, str]:
    return {
        Slot.QUESTIONS: say_count("your questions ({n} row)", "your questions ({n} rows)", len(samples.qa)),
        Slot.CHATS: say_count("your chats ({n} row)", "your chats ({n} rows)", len(samples.chats)),
        Slot.KNOWLEDGE: say("your documents ({n:,})", n=len(samples.documents)),
        Slot.TOOLS: say("your tools ({n:,})", n=len(samples.tools)),
        Slot.INSTRUCTIONS: say("your instructions"),
    }


def is_address(source: str) -> bool:
    """Whether a source can be opened in a browser, and by nothing else."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.netloc)


def shared_scenario(comparison: Comparison, show_file_names: bool) -> dict[str, object]:
    """The scenario as JSON values, with only the own prices it uses, and no name of a file."""
    scenario = comparison.scenario
    used = {(each.subject.quote.host, each.subject.quote.model) for each in comparison.outcomes}
    used.add((scenario.host, scenario.model))
    prices = _used_prices(scenario.own_prices, used, show_file_names)
    source = scenario.token_correction_source
    if source and not show_file_names:
        source = OWN_BILLS
    kept = replace(scenario, own_prices=prices, token_correction_source=source)
    content: dict[str, object] = json.loads(kept.to_json())
    return content


def _used_prices(
    prices: Iterable[OwnPrice], used: set[tuple[str, str]], show_file_names: bool
) -> tuple[OwnPrice, ...]:
    cells = ((price, dict(price.cells)) for price in prices)
    kept = (price for price, each in cells if (each.get("host", ""), each.get("model", "")) in used)
    return tuple(price if show_file_names else _without_origin(price) for price in kept)


def _without_origin(price: OwnPrice) -> OwnPrice:
    cells = tuple((name, value) for name, value in price.cells if _PRICE_CELLS.fullmatch(name))
    return replace(price, cells=cells, origin=OWN_PRICES)
