"""What one request costs: Mithril, buzzi, gera, forg.pro, and the cost of a correct answer."""

from __future__ import annotations

from functools import partial

from published import Basis, Peer, Row, bill_usd, request_usd

from crossover.cost import CostClasses, InputTokens, call_usd, rounds_input_tokens, usd_per_success
from crossover.prices.types import TokenPrice

GPT_35 = TokenPrice(1.5, 2.0)
SONNET = TokenPrice(3.0, 15.0, cached_input_mtok=0.30)


def _mithril() -> Peer:
    return Peer(
        name="mithril-security/TCO_calculator",
        source="Hugging Face Space mithril-security/TCO_calculator, How_to_contribute.md",
        inputs="The page's example: 500 tokens in, 200 out, at 0.0015 / 0.002 USD per thousand tokens.",
        rows=(
            Row(
                "one request",
                0.00115,
                request_usd(GPT_35, 500, 200),
                Basis.PRINTED,
                "USD a request",
                digits=5,
            ),
        ),
        left_out=(
            (
                "The labour cost it adds",
                "Working time is no part of a request here; it is days at a day rate you set.",
            ),
        ),
    )


def _month_at_buzzi(hit_share: float = 0.0, batch: float = 0.0) -> float:
    prompt = InputTokens(2000, cache_read_tokens=2000 * hit_share)
    per_request = float(call_usd(prompt, 300, SONNET, batch_discount_share=batch))
    return bill_usd(CostClasses(0.0, 0.0, per_request), 100_000)


def _buzzi() -> Peer:
    row = partial(Row, basis=Basis.EXAMPLE)
    why = "The cached price applies to tokens read here; there the discount is taken from the answer as well."
    return Peer(
        name="buzzi.ai",
        source="https://www.buzzi.ai/tools/en/slm-vs-llm-decision-calculator/methodology",
        inputs="The page gives its rule without an example, so the inputs are ours: 100,000 requests a "
        "month, 2,000 tokens in, 300 out, 3 / 15 USD per million tokens; the cache takes 90 % off, a batch "
        "50 %.",
        rows=(
            row("no cache, no batch", 1_050.00, _month_at_buzzi()),
            row("batch", 525.00, _month_at_buzzi(batch=0.5)),
            # 450 USD of answers, of which the rule takes 0.8 x 90 %
            row("80 % from the cache", 294.00, _month_at_buzzi(0.8), explained=450 * 0.8 * 0.9, why=why),
            row("both", 147.00, _month_at_buzzi(0.8, 0.5), explained=225 * 0.8 * 0.9, why=why),
        ),
        left_out=(
            (
                "Factors for managed, on-premises and air-gapped hosting (1.10, 1.25, 1.40)",
                "There are no factors by kind of hosting here; the fee of the host is put in.",
            ),
        ),
    )


DEFINITIONS, RESULT = 5 * 250, 400
TOOL_PROMPT = 497


def _per_call(tokens: float) -> float:
    return request_usd(SONNET, tokens)


def _gera() -> Peer:
    row = partial(Row, basis=Basis.EXAMPLE, unit="USD a request", digits=6)
    with_round = float(rounds_input_tokens(DEFINITIONS, RESULT, 1))
    return Peer(
        name="tools.gera.services",
        source="https://tools.gera.services/tool-calling-overhead-calculator",
        inputs="The page gives its rule without an example, so the inputs are ours: 5 tools of 250 tokens, "
        "a result of 400, 3 USD per million tokens.",
        rows=(
            row("definitions and one result", 0.004950, _per_call(DEFINITIONS + RESULT)),
            row(
                "a request with one round of tools",
                0.004950,
                _per_call(with_round),
                explained=DEFINITIONS * 3 / 1e6,
                why="The answer needs a second call, and the definitions are sent with it again.",
            ),
        ),
    )


def _forg() -> Peer:
    calls_a_month = 2000 * 30.44
    tokens = TOOL_PROMPT + DEFINITIONS
    with_round = float(rounds_input_tokens(tokens, 0, 1))
    row = partial(Row, "tools in every call", basis=Basis.PRINTED)
    return Peer(
        name="forg.pro",
        source="https://forg.pro/tools/tool-call-overhead",
        inputs="The page's example: 5 tools of 250 tokens and a tool prompt of 497, 2,000 calls a day, a "
        "month of 30.44 days, Claude Sonnet 4.6 at 3 USD per million tokens.",
        rows=(
            row(319.07, bill_usd(CostClasses(0.0, 0.0, _per_call(tokens)), calls_a_month)),
            Row(
                "2,000 requests a day with one round each",
                319.07,
                bill_usd(CostClasses(0.0, 0.0, _per_call(with_round)), calls_a_month),
                Basis.PRINTED,
                explained=319.07,
                why="A request that uses a tool makes two calls, and both carry the tools.",
            ),
        ),
    )


def _cost_of_pass() -> Peer:
    row = partial(Row, unit="USD a correct answer", digits=4)
    return Peer(
        name="Cost of pass",
        source="arXiv 2504.13359; https://github.com/bha6kar/rag-vs-finetune",
        inputs="The cost of a try divided by the share of correct answers: 0.003 USD and 93 % in the "
        "repository. Ovadia et al. (arXiv 2312.05934, Mistral 7B) report 87.5 % for RAG and 50.4 % tuned.",
        rows=(
            row("RAG with 93 % correct", 0.0032, usd_per_success(0.003, 0.93), Basis.PRINTED),
            row(
                "tuned at 0.576 of the cost, 50.4 % correct, beside RAG",
                0.01 / 0.875,
                usd_per_success(0.00576, 0.504),
                Basis.EXAMPLE,
            ),
        ),
    )


PEERS = (_mithril(), _buzzi(), _gera(), _forg(), _cost_of_pass())
