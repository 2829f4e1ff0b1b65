"""Pass phrases: stored as salted scrypt, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata

from crossover.store.errors import InvalidSave
from crossover.words import say

SHORTEST_PHRASE, LONGEST_PHRASE = 8, 200

_LOG2_COST, _BLOCK, _LANES = 15, 8, 1
"""32 MiB and about a tenth of a second for each try."""


def sealed(phrase: str) -> str:
    """What is stored of a phrase: the parameters, the salt and the hash. Raises InvalidSave."""
    if not SHORTEST_PHRASE <= len(_settled(phrase)) <= LONGEST_PHRASE:
        raise InvalidSave(
            "pass phrase",
            say(
                "A pass phrase has {least} to {most} characters.", least=SHORTEST_PHRASE, most=LONGEST_PHRASE
            ),
        )
    salt = secrets.token_bytes(16)
    key = _derived(phrase, salt, _LOG2_COST, _BLOCK, _LANES)
    return f"{_LOG2_COST}${_BLOCK}${_LANES}${_text(salt)}${_text(key)}"


def opens(phrase: str, stored: str) -> bool:
    """Whether the phrase is the one that was sealed, with the parameters of its time."""
    cost, block, lanes, salt, key = stored.split("$")
    tried = _derived(phrase[: LONGEST_PHRASE + 1], base64.b64decode(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(tried, base64.b64decode(key))


def _derived(phrase: str, salt: bytes, log2_cost: int, block: int, lanes: int) -> bytes:
    secret = _settled(phrase).encode("utf-8", "replace")
    room = 256 * block * 2**log2_cost  # twice of what it needs
    return hashlib.scrypt(secret, salt=salt, n=2**log2_cost, r=block, p=lanes, maxmem=room, dklen=32)


def _settled(phrase: str) -> str:
    """The phrase in one spelling: keyboards differ in how they write an umlaut, pasting adds blanks."""
    return unicodedata.normalize("NFC", phrase.strip())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
