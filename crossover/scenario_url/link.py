"""The scenario in the address: readable parameters for whatever differs from the defaults.

    s.v=1.5d1f0c.b41e77&s.price_date=2026-11-22&s.horizon_months=24&s.assumption.day_rate_usd=700

Every key begins with `s.`: other parameters of the page stay out of it, and no slip inside one key
spells another. `s.v` carries the version, a mark of the defaults that the link leaves unsaid, and a
checksum: a link that was cut or changed is read as far as it goes, and says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import parse_qsl, urlencode

from crossover.scenario import Scenario
from crossover.scenario_url.partial import MISREADINGS, Part, assembled, clipped, misread
from crossover.scenario_url.texts import (
    OWN_PRICE,
    content_of,
    content_of_parameter,
    parameters_of,
    price_number,
)
from crossover.words import say

LINK_VERSION = 1
MOST_LINK_CHARACTERS = 8000
"""What browsers, proxies and mail programs carry without cutting."""

PREFIX = "s."
_SEAL = "v"
_SEAL_ROOM = 20


@dataclass(frozen=True, slots=True)
class ScenarioLink:
    """A scenario as parameters of an address; `left_out` names in words what did not fit."""

    parameters: Mapping[str, str]
    left_out: tuple[str, ...]

    @property
    def text(self) -> str:
        """The query text, without the question mark."""
        return _encoded(self.parameters)


def scenario_link(scenario: Scenario) -> ScenarioLink:
    """The scenario as a link of at most MOST_LINK_CHARACTERS.

    Own prices stay behind from the first that does not fit: without a newer one, an older price
    that it replaced would count again.
    """
    said: dict[str, str] = {}
    left_out: list[str] = []
    room, prices_fit = MOST_LINK_CHARACTERS - _SEAL_ROOM, True
    for parameter in parameters_of(scenario):
        length = len(_encoded({PREFIX + parameter.name: parameter.text})) + 1
        is_price = parameter.name.startswith(OWN_PRICE)
        if length <= room and (prices_fit or not is_price):
            said[parameter.name] = parameter.text
            room -= length
        else:
            left_out.append(parameter.words)
            prices_fit = prices_fit and not is_price
    seal = f"{LINK_VERSION}.{_defaults_mark()}.{_digest(sorted(said.items()))}"
    parameters = {PREFIX + name: text for name, text in ({_SEAL: seal} | said).items()}
    return ScenarioLink(parameters, tuple(left_out))


def read_link(text: str, today: date) -> tuple[Scenario, tuple[str, ...]]:
    """The scenario of a query text, and in words what could not be read of it; never raises.

    `today` is the price date of a link that names none. What cannot be read takes its default.
    """
    problems: tuple[str, ...] = ()
    if len(text) > MOST_LINK_CHARACTERS:
        text = text[:MOST_LINK_CHARACTERS].rpartition("&")[0]
        problems = (
            say(
                "The link is too long: only its first {most:,} characters were read.",
                most=MOST_LINK_CHARACTERS,
            ),
        )
    pairs = parse_qsl(text.removeprefix("?"), keep_blank_values=True)
    scenario, found = read_parameters(pairs, today)
    return scenario, (*problems, *found)


def read_parameters(
    parameters: Mapping[str, str] | Iterable[tuple[str, str]], today: date
) -> tuple[Scenario, tuple[str, ...]]:
    """As `read_link`, from decoded parameters; those of other parts of the page are passed over."""
    said, problems = _own(parameters.items() if isinstance(parameters, Mapping) else parameters)
    if not said:
        return Scenario(price_date=today), ()
    problems += _seal_problems(said.pop(_SEAL, ""), said)
    parts: list[tuple[int, Part]] = []
    for name, text in said.items():
        try:
            parts.append((price_number(name), Part(name, text, content_of_parameter(name, text))))
        except MISREADINGS as error:
            problems.append(misread(name, text, error))
    in_order = sorted(parts, key=lambda numbered: numbered[0])
    scenario, refused = assembled([part for _, part in in_order], today)
    return scenario, (*problems, *refused)


def _own(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    said: dict[str, str] = {}
    problems = []
    for key, text in pairs:
        name = key.removeprefix(PREFIX)
        if name != key and said.setdefault(name, text) != text:
            problems.append(
                say("“{name}” stands in the link twice; the first one is used.", name=clipped(name))
            )
    return said, problems


def _seal_problems(seal: str, said: Mapping[str, str]) -> list[str]:
    version, mark, checksum = (*seal.split("."), "", "", "")[:3]
    problems = []
    if version != str(LINK_VERSION):
        problems.append(say("Another version of Crossover made this link; what this one knows was read."))
    elif mark != _defaults_mark():
        problems.append(
            say("Defaults have changed since this link was made; what it does not name takes today's.")
        )
    if checksum != _digest(sorted(said.items())):
        problems.append(
            say("The link was cut or changed after it was made; check the values before you use them.")
        )
    if "price_date" not in said:
        problems.append(say("The link names no price date; today's prices are used."))
    return problems


@cache
def _defaults_mark() -> str:
    return _digest(content_of(Scenario(price_date=date.min)))


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:6]


def _encoded(parameters: Mapping[str, str]) -> str:
    """Query text; a half character, which no address can carry, becomes a question mark."""
    return urlencode(parameters, safe=":,", errors="replace")
