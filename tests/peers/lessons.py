"""Two lessons with code: CodeTreatise and theneuralbase."""

from __future__ import annotations

from functools import partial

from published import Basis, Peer, Row, bill_usd, request_usd

from crossover.cost import (
    CostClasses,
    Traffic,
    embedding_usd,
    horizon_break_even_volume,
    retrain_months,
    training_usd,
)
from crossover.prices.types import TokenPrice

GPT_41_MINI = TokenPrice(0.40, 1.60)
YEAR = 12


def code_treatise() -> tuple[CostClasses, CostClasses]:
    """RAG and tuning by the lesson's default values; retraining every 4 months, spread evenly."""
    people, evaluation = 75.0, 50.0
    trained = 20 * people + training_usd(10_000_000, 8.0) + evaluation
    per_query = request_usd(GPT_41_MINI, 2550, 300) + float(embedding_usd(50, 0.02))
    rag = CostClasses(10 * people + float(embedding_usd(10_000_000, 0.02)), 25 + 10 + 4 * 0.01, per_query)
    return rag, CostClasses(trained, 10 + 0.8 * trained / 4, request_usd(GPT_41_MINI, 550, 300))


def code_treatise_in_jobs() -> CostClasses:
    """The same tuning with a retraining in months 4 and 8, as we count them."""
    _, tuned = code_treatise()
    jobs = dict.fromkeys(retrain_months(4, YEAR), 0.8 * tuned.one_time_usd)
    return CostClasses(tuned.one_time_usd, 10.0, tuned.per_request_usd, jobs)


def _code_treatise() -> Peer:
    rag, tuned = code_treatise()
    year = Traffic(0.0, horizon_months=YEAR)
    row, total = partial(Row, basis=Basis.CODE), partial(Row, basis=Basis.CODE, unit="USD in 12 months")
    printed = (
        "The lesson's code gives our number for its default values; its printed table holds other totals."
    )
    in_year = partial(bill_usd, requests_per_month=100_000, months=YEAR)
    even, in_jobs = (
        horizon_break_even_volume(each, rag, year).volume for each in (tuned, code_treatise_in_jobs())
    )
    break_even = partial(row, unit="requests a month", digits=0)
    return Peer(
        name="CodeTreatise/Gen-AI",
        source="https://github.com/CodeTreatise/Gen-AI, lesson 06-rag-vs-finetuning-breakeven.md (b018df6)",
        inputs="The lesson's default values: people at 75 USD an hour (10 hours for RAG, 20 for tuning); "
        "10 million training tokens at 8 USD; GPT-4.1-mini at 0.40 / 1.60 USD; 2,550 tokens in for RAG, "
        "550 tuned, 300 out; 35.04 USD a month for RAG; a retraining every 4 months at 80 % of the first, "
        "spread evenly.",
        rows=(
            row("RAG: set up", 750.20, float(rag.one_time_usd), unit="USD"),
            row("tuned: set up", 1_630.00, float(tuned.one_time_usd), unit="USD"),
            row("RAG: fixed", 35.04, float(rag.monthly_usd)),
            row("tuned: fixed", 336.00, float(tuned.monthly_usd)),
            row("RAG", 0.001501, float(rag.per_request_usd), unit="USD a request", digits=6),
            row("tuned", 0.000700, float(tuned.per_request_usd), unit="USD a request", digits=6),
            total("100,000 a month: RAG", 2_971.88, in_year(rag)),
            total("100,000 a month: tuned", 6_502.00, in_year(tuned)),
            total(
                "100,000 a month: RAG, printed table",
                7_840,
                in_year(rag),
                basis=Basis.PRINTED,
                digits=-1,
                explained=2_971.88 - 7_840,
                why=printed,
            ),
            total(
                "100,000 a month: tuned, printed table",
                12_220,
                in_year(tuned),
                basis=Basis.PRINTED,
                digits=-1,
                explained=6_502 - 12_220,
                why=printed,
            ),
            break_even("both cost the same over 12 months", 467_262, even),
            break_even(
                "the same, retraining as whole jobs",
                467_262,
                in_jobs,
                # one job of 1,304 USD less in the year, at 0.000801 USD of difference a request
                explained=-1_304 / (0.000801 * 12),
                why="In months 4 and 8 a retraining is paid here; the third would fall on the last day of "
                "the year.",
            ),
        ),
    )


def _the_neural_base() -> Peer:
    arms = {
        "prompt": (1.00, CostClasses(0.0, 0.0, 0.01 / 1000)),
        "RAG": (201.50, CostClasses(0.0, 200.0, 0.015 / 1000)),
        "tuned": (510.00, CostClasses(500.0, 0.0, 10 / 100_000)),
    }
    return Peer(
        name="theneuralbase.com",
        source="https://theneuralbase.com/fine-tuning-fundamentals/learn/beginner/"
        "cost-benefit-framework-fine-tuning-vs-rag-vs-prompting/",
        inputs="100,000 requests a month at the rates in its code: 0.01 USD per thousand requests; 0.015 "
        "and 200 USD a month; 10 USD per hundred thousand and 500 USD, taken as paid once.",
        rows=tuple(
            Row(arm, usd, bill_usd(costs, 100_000), Basis.WORKED_OUT, "USD in the first month")
            for arm, (usd, costs) in arms.items()
        ),
        left_out=(
            (
                "Accuracy (0.65, 0.85, 0.92) and latency (50, 800, 30 ms)",
                "These are constants in its code; here accuracy is only what you have measured.",
            ),
        ),
    )


PEERS = (_code_treatise(), _the_neural_base())
