"""AmelieChatelain/long-context-surely-killed-RAG: a whole knowledge base in the prompt, or a part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from math import exp

from published import Basis, Peer, Row, bill_usd

from crossover.cost import (
    CostClasses,
    InputTokens,
    Traffic,
    all_in_usd_per_request,
    call_usd,
    embedding_usd,
    expected_hit_rate,
    expected_input_tokens,
    input_usd,
    rerank_usd,
    round_growth_tokens,
    round_prompts,
    stored_cache_usd,
)
from crossover.prices.types import CachePolicy, CacheRule, TokenPrice
from crossover.retrieval import rerank_units

QUESTION, ANSWER, PAGE, CHUNK, TRIES = 50, 1000, 600, 800, 4
FILE = 10 * PAGE
UPDATES = 4
RERANK_CALLS, RERANKED = 4, 20  # its rule: 20 chunks of 800 tokens, five to a call of 4,096
SONNET = TokenPrice(
    3.0,
    15.0,
    cached_input_mtok=0.30,
    cache_write_mtok=3.75,
    long_from_tokens=200_000,
    long_input_mtok=6.0,
    long_output_mtok=22.5,
    long_cached_input_mtok=0.60,
    long_cache_write_mtok=7.5,
)
FLASH = TokenPrice(0.30, 2.50, cached_input_mtok=0.03, cache_write_mtok=0.30)
# Marked caches as their vendor documents them: an entry lives five minutes, or an hour, after its last use,
# and for the hour writing costs twice the input price.
FIVE_MINUTES = CacheRule(CachePolicy.BREAKPOINT, 1024, 1, (5.0, 5.0), ttl_restarts=True)
ONE_HOUR = CacheRule(CachePolicy.BREAKPOINT, 1024, 1, (60.0, 60.0), ttl_restarts=True)
SONNET_HOUR = replace(SONNET, cache_write_mtok=6.0, long_cache_write_mtok=12.0)


@dataclass(frozen=True, slots=True)
class Setting:
    """The sliders; a month has 30 days there."""

    pages: int = 1000
    requests_per_day: int = 1000
    chunks: int = 3
    price: TokenPrice = SONNET
    storage_usd_per_mtok_hour: float = 0.0

    @property
    def requests(self) -> int:
        return 30 * self.requests_per_day

    @property
    def knowledge_tokens(self) -> int:
        return self.pages * PAGE


DEFAULT = Setting()
SMALL = Setting(pages=100, requests_per_day=100)
GEMINI = Setting(price=FLASH, storage_usd_per_mtok_hour=1.0)
MANY_CHUNKS = Setting(chunks=20)
HUGE = Setting(pages=10_000)
SMALL_HOUR = replace(SMALL, price=SONNET_HOUR)


def long_context(setting: Setting) -> CostClasses:
    prompt = InputTokens(setting.knowledge_tokens + QUESTION)
    return CostClasses(0.0, 0.0, float(call_usd(prompt, ANSWER, setting.price)))


def cached(setting: Setting, hours: float = 720) -> CostClasses:
    """One write at each update, then every request reads."""
    knowledge = setting.knowledge_tokens
    write = input_usd(InputTokens(knowledge, cache_write_tokens=knowledge), setting.price)
    storage = stored_cache_usd(knowledge, setting.storage_usd_per_mtok_hour, hours)
    prompt = InputTokens(knowledge + QUESTION, cache_read_tokens=knowledge)
    return CostClasses(0.0, float(UPDATES * write) + storage, float(call_usd(prompt, ANSWER, setting.price)))


def cached_until_idle(setting: Setting, rule: CacheRule = FIVE_MINUTES) -> CostClasses:
    """The same, with entries that expire between requests."""
    hit = expected_hit_rate(rule, setting.requests)
    knowledge = setting.knowledge_tokens
    prompt = expected_input_tokens(rule, knowledge + QUESTION, knowledge, hit)
    return CostClasses(0.0, 0.0, float(call_usd(prompt, ANSWER, setting.price)))


def grep(setting: Setting, growth_tokens: float = FILE) -> CostClasses:
    """Four tries; each sends one more file of ten pages, and each writes a whole answer."""
    prompts = round_prompts(QUESTION + FILE, QUESTION, growth_tokens, TRIES - 1).prompt_tokens
    return CostClasses(0.0, 0.0, float(call_usd(InputTokens(prompts), ANSWER, setting.price).sum()))


def rag(setting: Setting, units: float = RERANK_CALLS) -> CostClasses:
    prompt = InputTokens(QUESTION + setting.chunks * CHUNK)
    per_request = call_usd(prompt, ANSWER, setting.price) + rerank_usd(units, 2.0)
    index = embedding_usd(UPDATES * setting.knowledge_tokens, 0.12)
    return CostClasses(0.0, 26.0 + float(index), float(per_request))


ARMS = {"long context": long_context, "cached": cached, "grep agent": grep, "RAG": rag}


def month(costs: CostClasses, setting: Setting) -> float:
    return bill_usd(costs, setting.requests)


def _rows(name: str, setting: Setting, *theirs: float) -> tuple[Row, ...]:
    ours = [month(arm(setting), setting) for arm in ARMS.values()]
    return tuple(
        Row(f"{name}: {arm}", usd, own, Basis.CODE) for arm, usd, own in zip(ARMS, theirs, ours, strict=True)
    )


def _each_request() -> tuple[Row, ...]:
    """Its cost of a request: RAG's holds a share of what is fixed, the cache's leaves the writes out."""
    row = partial(Row, basis=Basis.CODE, unit="USD a request", digits=4)
    one_month = Traffic(DEFAULT.requests, horizon_months=1)
    return (
        row("default: long context", 3.6228, float(long_context(DEFAULT).per_request_usd)),
        row("default: cached", 0.3828, float(cached(DEFAULT).per_request_usd)),
        row("default: grep agent", 0.2406, float(grep(DEFAULT).per_request_usd)),
        row("default: RAG", 0.0312, all_in_usd_per_request(rag(DEFAULT), one_month)),
    )


def _missed_usd(setting: Setting, write_less_read_mtok: float, minutes: float = 5) -> float:
    """Requests a month that come later than `minutes` after the one before, at write less read price."""
    missed = setting.requests * exp(-minutes * setting.requests / 43_800)
    return missed * setting.knowledge_tokens * write_less_read_mtok / 1e6


def _by_our_conventions() -> tuple[Row, ...]:
    expired = (
        "Entries live five minutes after their last use here; a request after a longer pause writes again."
    )
    small, default = (cached_until_idle(each) for each in (SMALL, DEFAULT))
    hour = cached_until_idle(SMALL_HOUR, ONE_HOUR)
    units = float(rerank_units(RERANKED, CHUNK, QUESTION))
    resent = grep(DEFAULT, float(round_growth_tokens(ANSWER, [FILE])))
    row = partial(Row, basis=Basis.CODE)
    return (
        row(
            "100 pages, 100 a day: cached, entries expire",
            100.35,
            month(small, SMALL),
            explained=_missed_usd(SMALL, 3.75 - 0.30) - UPDATES * 0.06 * 3.75,
            why=expired,
        ),
        row(
            "100 pages, 100 a day: cached, entries expire after an hour",
            100.35,
            month(hour, SMALL_HOUR),
            explained=_missed_usd(SMALL, 6.0 - 0.30, minutes=60) - UPDATES * 0.06 * 3.75,
            why="As above for an hour, with writes at twice the input price, as the vendor offers it.",
        ),
        row(
            "default: cached, entries expire",
            11_502.00,
            month(default, DEFAULT),
            explained=_missed_usd(DEFAULT, 7.5 - 0.60) - UPDATES * 0.6 * 7.5,
            why=expired,
        ),
        row(
            "default: RAG, reranking by search units",
            936.79,
            month(rag(DEFAULT, units), DEFAULT),
            explained=-(4 - 1) * 0.002 * 30_000,
            why="A search unit covers a query and up to 100 pieces here; there, five chunks fill a call.",
        ),
        row(
            "default: grep agent, earlier tries sent again",
            7_218.00,
            month(resent, DEFAULT),
            # 1, 2 and 3 earlier answers of 1,000 tokens, each with 11 tokens of frames
            explained=(1 + 2 + 3) * 1_011 * 3 / 1e6 * 30_000,
            why="What the model wrote in earlier tries stands in the next prompt here.",
        ),
        row(
            "Gemini 2.5 Flash: cached, month of 730 hours",
            1_048.17,
            month(cached(GEMINI, hours=730), GEMINI),
            explained=0.6 * 1.00 * (730 - 720),
            why="A month has 730 hours here and 720 there, and storing the cache is paid by the hour.",
        ),
    )


PEER = Peer(
    name="AmelieChatelain/long-context-surely-killed-RAG",
    source="https://github.com/AmelieChatelain/long-context-surely-killed-RAG, 24 October 2025 (1097a0c)",
    inputs="1,000 pages of 600 tokens, updated 4 times a month; 1,000 requests a day of 50 tokens with an "
    "answer of 1,000; 3 chunks of 800 tokens; a vector database at 26 USD; Claude Sonnet at 3 / 15 USD per "
    "million tokens, 6 / 22.50 above 200,000. The other rows change what they name.",
    rows=(
        *_each_request(),
        *_rows("default", DEFAULT, 108_684.00, 11_502.00, 7_218.00, 936.79),
        *_rows("100 pages, 100 a day", SMALL, 585.45, 100.35, 721.80, 117.08),
        *_rows("Gemini 2.5 Flash", GEMINI, 5_475.45, 1_048.17, 841.80, 363.34),
        *_rows("20 chunks", MANY_CHUNKS, 108_684.00, 11_502.00, 7_218.00, 2_160.79),
        *_rows("10,000 pages", HUGE, 1_080_684.00, 108_864.00, 7_218.00, 939.38),
        *_by_our_conventions(),
    ),
    left_out=(
        (
            "Seconds per request (20.58 / 17.35 / 57.17 / 10.70)",
            "There the wait for the first token and the writing speed are read from a table by prompt "
            "size, and RAG carries a share of the indexing time; here the wait grows with each token read.",
        ),
        (
            "Whether 10,000 pages fit",
            "6.0 million tokens exceed the window of a million. The price is the same; here a check of its "
            "own says that such a prompt does not fit.",
        ),
    ),
)
