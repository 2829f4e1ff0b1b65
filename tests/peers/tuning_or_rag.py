"""Three that set RAG against tuning: vikramguptaone, hakaru, calcbold."""

from __future__ import annotations

from functools import partial

from published import Basis, Peer, Row, bill_usd, request_usd, running_usd

from crossover.cost import (
    CostClasses,
    Traffic,
    all_in_usd_per_request,
    break_even_month,
    embedding_usd,
    expected_with_tools,
    horizon_break_even_volume,
    hosting_usd_per_month,
    index_refresh_usd_per_month,
    training_usd,
)
from crossover.prices.types import TokenPrice
from crossover.tokens import training_tokens

GPT_4 = TokenPrice(30.0, 60.0)
GPT_4O_MINI = TokenPrice(0.15, 0.60)
GPT_4O_MINI_TUNED = TokenPrice(0.30, 1.20)
SONNET = TokenPrice(3.0, 15.0)
YEAR = 12


def _vikram() -> Peer:
    rag, tuned = (CostClasses(0.0, 0.0, request_usd(GPT_4, tokens, 300)) for tokens in (3000, 800))
    rag_usd, tuned_usd = bill_usd(rag, 1_000_000), bill_usd(tuned, 1_000_000)
    years = [bill_usd(costs, 1_000_000, 60) for costs in (rag, tuned)]
    row, in_five = partial(Row, basis=Basis.CODE), partial(Row, basis=Basis.CODE, unit="USD in 5 years")
    return Peer(
        name="vikramguptaone/RAGvsFT",
        source="https://github.com/vikramguptaone/RAGvsFT, 24 July 2025 (3e56cc8)",
        inputs="1 million requests a month; RAG 3,000 tokens in, tuned 800, both 300 out; GPT-4 (8K) at "
        "0.03 / 0.06 USD per thousand tokens in both; a hybrid sends 20 % of the requests to RAG.",
        rows=(
            row("RAG", 108_000.00, rag_usd),
            row("tuned", 42_000.00, tuned_usd),
            row("hybrid", 55_200.00, float(expected_with_tools(rag_usd, tuned_usd, 0.20))),
            in_five("RAG", 6_480_000.00, years[0]),
            in_five("tuned", 2_520_000.00, years[1]),
        ),
    )


HAKARU_CALLS = 100_000
HAKARU_DATABASE = 10.75  # as the page shows it
HAKARU_DATABASE_AS_STATED = 1.25 + 0.1 * 0.095  # 50,000 vectors at 25, 100,000 queries at 0.095 a million


def hakaru_rag(price: TokenPrice, database_usd: float = HAKARU_DATABASE) -> CostClasses:
    """The page's bill: the whole embedding and 5 % of it again in each month."""
    build = float(embedding_usd(25_000_000, 0.02))
    monthly = build + index_refresh_usd_per_month(build, 0.05) + database_usd
    return CostClasses(0.0, monthly, request_usd(price, 500 + 3000, 800))


def hakaru_rag_embedded_once() -> CostClasses:
    build = float(embedding_usd(25_000_000, 0.02))
    monthly = index_refresh_usd_per_month(build, 0.05) + HAKARU_DATABASE
    return CostClasses(build, monthly, request_usd(SONNET, 500 + 3000, 800))


def hakaru_tuned() -> CostClasses:
    return CostClasses(training_usd(500_000, 3.0), 0.0, request_usd(GPT_4O_MINI_TUNED, 500, 800))


def a_month_of_the_year(costs: CostClasses, requests: float) -> float:
    """One twelfth of a year, one-off cost included."""
    share = all_in_usd_per_request(costs, Traffic(requests, horizon_months=YEAR))
    return (share or 0.0) * requests


def _hakaru() -> Peer:
    row, month = partial(Row, basis=Basis.PRINTED), partial(bill_usd, requests_per_month=HAKARU_CALLS)
    one_model = hakaru_rag(GPT_4O_MINI)
    return Peer(
        name="hakaru.io",
        source="https://hakaru.io/tools/rag-vs-finetune-calculator",
        inputs="The page shows its results and rates; these inputs give them: 100,000 calls a month, 500 "
        "tokens and 3,000 retrieved, 800 out; 25 million tokens embedded at 0.02 USD, 5 % again each "
        "month; 500,000 training tokens at 3 USD over 12 months. RAG runs on Claude Sonnet 4.6, tuning on "
        "GPT-4o-mini at twice its price.",
        rows=(
            row("RAG, Sonnet 4.6", 2_261.28, month(hakaru_rag(SONNET))),
            row("tuned, GPT-4o-mini", 111.13, a_month_of_the_year(hakaru_tuned(), HAKARU_CALLS)),
            row("RAG on GPT-4o-mini too", 111.78, month(one_model), basis=Basis.EXAMPLE),
            row(
                "RAG on GPT-4o-mini, database at the stated rates",
                111.78,
                month(hakaru_rag(GPT_4O_MINI, HAKARU_DATABASE_AS_STATED)),
                basis=Basis.EXAMPLE,
                explained=HAKARU_DATABASE_AS_STATED - HAKARU_DATABASE,
                why="At the stated 25 USD per million vectors and 0.095 per million queries the database "
                "comes to 1.26 USD; the line shown is 10.75.",
            ),
            row(
                "RAG, Sonnet 4.6, embedded once, mean of 12 months",
                2_261.28,
                a_month_of_the_year(hakaru_rag_embedded_once(), HAKARU_CALLS),
                explained=-0.50 * 11 / 12,
                why="The documents are embedded once here, then 5 % a month; there the whole embedding is "
                "in each month.",
            ),
        ),
    )


CALCBOLD_QUERIES = 150_000
GPU_USD_PER_HOUR = 7.0


def calcbold_rag(database_usd: float = 70.0) -> CostClasses:
    per_query = request_usd(GPT_4O_MINI, 500 + 3000, 400) + float(embedding_usd(500, 0.02))
    return CostClasses(float(embedding_usd(5_000_000, 0.02)), database_usd, per_query)


def calcbold_tuned() -> CostClasses:
    tokens = training_tokens([5_000_000], None, epochs=3).billable
    return CostClasses(training_usd(tokens, 3.0), 0.0, request_usd(GPT_4O_MINI_TUNED, 500, 400))


def calcbold_on_own_gpu() -> CostClasses:
    """The tuned model hosted by the hour: its tokens are not billed."""
    return CostClasses(calcbold_tuned().one_time_usd, hosting_usd_per_month(GPU_USD_PER_HOUR), 0.0)


def _calcbold() -> Peer:
    rag, tuned = calcbold_rag(), calcbold_tuned()
    row = partial(Row, basis=Basis.WORKED_OUT)
    free = horizon_break_even_volume(tuned, calcbold_rag(0.0), Traffic(0.0, horizon_months=1))
    in_year = partial(bill_usd, requests_per_month=CALCBOLD_QUERIES, months=YEAR)
    return Peer(
        name="calcbold.com",
        source="https://calcbold.com/ai-tech/fine-tune-vs-rag-calculator",
        inputs="The worked example of the page: 5 million tokens, 5,000 queries a day in a month of 30 "
        "days, 500 tokens in, 400 out, 3,000 retrieved; 3 epochs at 3 USD; GPT-4o-mini, tuned at twice its "
        "price; vector database 70 USD. The page's answers are cut off where we read it; its rules give "
        "them.",
        rows=(
            row("tuned: training", 45.00, float(tuned.one_time_usd), unit="USD"),
            row("RAG: index", 0.10, float(rag.one_time_usd), unit="USD"),
            row("tuned", 94.50, running_usd(tuned, CALCBOLD_QUERIES)),
            row("RAG", 186.25, running_usd(rag, CALCBOLD_QUERIES)),
            row("tuned", 1_179.00, in_year(tuned), unit="USD in 12 months"),
            row("RAG", 2_235.10, in_year(rag), unit="USD in 12 months"),
            row(
                "tuning has paid off after",
                0.49,
                break_even_month(tuned, rag, CALCBOLD_QUERIES).month,
                unit="months",
            ),
            row("the same without a database, in all", 309_655, free.volume, unit="requests", digits=0),
        ),
    )


PEERS = (_vikram(), _hakaru(), _calcbold())
