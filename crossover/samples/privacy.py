"""Personal data and keys in uploads: how many, never which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crossover.samples.problems import ProblemLog
from crossover.words import localised, mark, say

_EMAIL = re.compile(r"(?<=[\w.+-])@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.+])(?<!\d )(?:\+|00)[1-9](?:[ ()/.-]{0,2}\d){6,13}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-])")
_IP = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])")
_KEY = re.compile(
    r"\b(?:(?:sk|pk|rk|ghp|gho|ghs|github_pat|glpat|hf|xox[abprs]|npm|pypi)[-_][A-Za-z0-9_-]{16,200}"
    r"|A(?:KIA|SIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}|eyJ[\w-]{10,500}\.[\w-]{10,500}\.[\w-]{5,500})"
    r"|-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"
)


def personal_data(texts: Iterable[str]) -> dict[str, int]:
    """How often each kind of personal data or key occurs (MODEL.md G5); kinds that do not occur are absent.

    A hint by pattern, with check digits for IBAN and cards; values are never kept. The kinds are the
    English words in every language, and said where they are shown.
    """
    text = "\n".join(texts)
    counts = {
        mark("e-mail addresses"): len(_EMAIL.findall(text)),
        mark("phone numbers"): len(_PHONE.findall(text)),
        mark("IBANs"): sum(_iban_ok(match) for match in _IBAN.findall(text)),
        mark("card numbers"): sum(_luhn_ok(match) for match in _CARD.findall(text)),
        mark("IP addresses"): len(_IP.findall(text)),
        mark("keys or passwords"): len(_KEY.findall(text)),
    }
    return {kind: count for kind, count in counts.items() if count}


def note_personal_data(texts: Iterable[str], log: ProblemLog) -> None:
    """Note which kinds occur and how often."""
    counts = personal_data(texts)
    if counts:
        kinds = ", ".join(f"{say(kind)}: {localised(f'{count:,}')}" for kind, count in counts.items())
        what = say("Looks like personal data or keys ({kinds}).", kinds=kinds)
        log.note(
            "personal_data",
            what,
            say("Remove or replace them before this goes to a provider; revoke real keys."),
        )


def _iban_ok(text: str) -> bool:
    """Check digits of an IBAN (ISO 7064 MOD 97-10)."""
    iban = text.replace(" ", "")
    digits = "".join(str(int(character, 36)) for character in iban[4:] + iban[:4])
    return 15 <= len(iban) <= 34 and int(digits) % 97 == 1


def _luhn_ok(text: str) -> bool:
    """Check digit of a payment card number."""
    digits = [int(character) for character in text if character.isdigit()][::-1]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0
