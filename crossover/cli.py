"""The command line: the same core without a browser. Programs read its answers as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

from crossover.compare_cli import UnusableInput, add_options, run_compare
from crossover.prices import DATA, load_price_book, market_json, price_json
from crossover.prices_cli import check_folder
from crossover.report import one_line
from crossover.tokens.lines import count_requests_file, is_error

FAILED, UNUSABLE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 when all went well, 1 when something was found wrong, 2 for unusable input."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except UnusableInput as error:
        print(f"crossover: {one_line(error)}", file=sys.stderr)
        return UNUSABLE


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"crossover: {one_line(message)}; see {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m crossover", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    tokens = commands.add_parser(
        "tokens", help="count the input tokens of API requests, one JSON object a line"
    )
    tokens.add_argument("requests", type=Path, help="JSON Lines of requests as the API takes them")
    tokens.set_defaults(command=_tokens)
    compare = commands.add_parser("compare", help="compare the strategies on your files, as the page does")
    add_options(compare)
    _add_date(compare)
    compare.set_defaults(command=_compare)
    price = commands.add_parser("price", help="what is known about a model's prices on a day")
    price.add_argument("model")
    _add_date(price)
    price.add_argument("--host", default=None, help="one host only, for example openai or azure")
    price.set_defaults(command=_price)
    prices = commands.add_parser("prices", help="work on the price book")
    checks = prices.add_subparsers(required=True, metavar="ACTION")
    check = checks.add_parser("check", help="read every row and print what a maintainer should look at")
    _add_date(check)
    check.set_defaults(command=_check)
    market = checks.add_parser("market", help="where fine-tuning can be bought on a day, and for how much")
    _add_date(market)
    market.set_defaults(command=_market)
    return parser


def _add_date(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=_day, default=None, help="YYYY-MM-DD, today if left out")


def _compare(options: argparse.Namespace) -> int:
    return run_compare(options, _today())


def _tokens(options: argparse.Namespace) -> int:
    try:
        with options.requests.open(encoding="utf-8", errors="replace") as lines:
            answers = map(_printed, count_requests_file(lines))
            return FAILED if sum(map(is_error, answers)) else 0
    except OSError as error:
        raise UnusableInput(f"{options.requests} cannot be read: {error.strerror}") from error


def _printed(answer: str) -> str:
    print(answer)
    return answer


def _price(options: argparse.Namespace) -> int:
    found = price_json(load_price_book(), options.model, options.date or _today(), options.host)
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0 if found["prices"] else FAILED


def _check(options: argparse.Namespace) -> int:
    lines, exit_code = check_folder(DATA, options.date or _today())
    print("\n".join(lines))
    return exit_code


def _market(options: argparse.Namespace) -> int:
    found = market_json(load_price_book(), options.date or _today())
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-22") from error


def _today() -> date:
    return datetime.now(UTC).date()
