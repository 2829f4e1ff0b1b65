"""What a training job costs: the OpenAI notebook, Together, Ori, codingace, kickllm."""

from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
from published import Basis, Peer, Row

from crossover.cost import TrainingJob, billable_tokens, training_usd, tuning_usd
from crossover.prices.types import Source, TuningPrice
from crossover.tokens import counter, default_epochs, message_tokens, training_tokens

DAY = date(2026, 11, 22)
NOTEBOOK_LENGTHS, NOTEBOOK_LIMIT = (45, 111, 26, 28, 8032), 4096


def price(usd_per_mtok: float, bills_validation: bool = False) -> TuningPrice:
    """A price of which a page gives the rate per million training tokens."""
    return TuningPrice(
        host="peer",
        model="peer",
        mode="sft",
        training_usd_per_mtok=usd_per_mtok,
        training_usd_per_hour=None,
        tuned=None,
        hosting_usd_per_hour=None,
        source=Source("the page named beside it", DAY),
        bills_validation=bills_validation,
    )


def _notebook() -> Peer:
    row = partial(Row, digits=0)
    toy = training_tokens(NOTEBOOK_LENGTHS, NOTEBOOK_LIMIT, default_epochs(len(NOTEBOOK_LENGTHS)))
    empty = message_tokens([{"role": "user", "content": ""}], counter("cl100k_base"))
    epochs = {5: 20, 50: 3, 30_000: 1}
    return Peer(
        name="openai/openai-cookbook",
        source="https://github.com/openai/openai-cookbook, examples/Chat_finetuning_data_prep.ipynb",
        inputs="The notebook's file of five chats (45, 111, 26, 28 and 8,032 tokens) and its limit of "
        "4,096 tokens for an example.",
        rows=(
            row("billed tokens, one epoch", 4_306, toy.tokens_per_epoch, Basis.PRINTED, "tokens"),
            row("billed tokens, all epochs", 86_120, toy.billable, Basis.WORKED_OUT, "tokens"),
            *(
                row(
                    f"default epochs for {rows:,} examples",
                    expected,
                    default_epochs(rows),
                    Basis.WORKED_OUT,
                    "epochs",
                )
                for rows, expected in epochs.items()
            ),
            row("a chat of one empty message", 3 + 1 + 3, empty, Basis.WORKED_OUT, "tokens"),
        ),
    )


def _together() -> Peer:
    tokens = billable_tokens(price(1.0, bills_validation=True), 8192 * 8 * 1000, 1_000_000, 10)
    return Peer(
        name="docs.together.ai",
        source="https://docs.together.ai/docs/fine-tuning-pricing",
        inputs="The page's example: 1,000 steps of 8 rows of 8,192 tokens, and a validation file of 1 "
        "million tokens read 10 times.",
        rows=(Row("billed tokens", 75_536_000, tokens, Basis.PRINTED, "tokens", digits=0),),
        left_out=(
            (
                "Training with packing off",
                "There each row then counts as long as the limit; here a row counts as the tokens it has.",
            ),
        ),
    )


def _ori() -> Peer:
    trained = training_tokens([5_000_000], None, epochs=3).billable
    tokens = billable_tokens(price(0.46, bills_validation=True), trained, 1_000_000, 1)
    return Peer(
        name="docs.ori.co",
        source="https://docs.ori.co/fine-tuning/billing",
        inputs="The page's example: 5 million tokens, 3 epochs, 1 million validation tokens, 0.46 USD per "
        "million.",
        rows=(
            Row("billed tokens", 16_000_000, tokens, Basis.PRINTED, "tokens", digits=0),
            Row("training", 7.36, training_usd(tokens, 0.46), Basis.PRINTED, "USD"),
        ),
    )


def _codingace() -> Peer:
    row_tokens = np.full(50_000, 896)  # 800 and the page's 12 % for wrapping
    job = TrainingJob(DAY, training_tokens(row_tokens, None, epochs=3).billable)
    return Peer(
        name="codingace.net",
        source="https://codingace.net/tech/llm_fine_tuning_cost.html",
        inputs="The page's example: 50,000 examples of 800 tokens and 12 % on top, 3 epochs, 2 runs, 8 USD "
        "per million.",
        rows=(
            Row("training tokens", 268.8e6, 2 * job.billable_tokens, Basis.PRINTED, "tokens", digits=0),
            Row("training", 2_150.40, tuning_usd([job, job], price(8.0)), Basis.WORKED_OUT, "USD"),
        ),
        left_out=(
            (
                "Validation at a rate of its own, and a percentage for contingency",
                "Our price of a job has neither term.",
            ),
        ),
    )


def _kickllm() -> Peer:
    tokens = training_tokens(np.full(10_000, 512), None, epochs=3).billable
    return Peer(
        name="kickllm.com",
        source="https://kickllm.com/tools/fine-tuning-cost-calculator.html",
        inputs="The page's example: 10,000 examples of 512 tokens, 3 epochs, 0.008 USD per thousand tokens.",
        rows=(
            Row("training tokens", 15.36e6, tokens, Basis.PRINTED, "tokens", digits=0),
            Row("training", 123, training_usd(tokens, 8.0), Basis.PRINTED, "USD", digits=0),
        ),
        left_out=(
            (
                "Hours of a rented GPU",
                "There they follow from a speed assumed for each model; our price of a job takes the hours "
                "as given.",
            ),
        ),
    )


PEERS = (_notebook(), _together(), _ori(), _codingace(), _kickllm())
