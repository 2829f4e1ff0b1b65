"""The OpenAI notebook, Together, Ori, codingace and kickllm: tokens and fee of a training job."""

from __future__ import annotations

import pytest
from training_jobs import NOTEBOOK_LENGTHS, PEERS, price

from crossover.cost import billable_tokens
from crossover.tokens import training_tokens

ROWS = [(peer.name, row) for peer in PEERS for row in peer.rows]


@pytest.mark.parametrize(("peer", "row"), ROWS, ids=lambda one: getattr(one, "what", one))
def test_our_number_is_theirs_but_for_the_stated_reason(peer, row):
    assert abs(row.unexplained) <= row.tolerance, peer


def test_without_the_notebooks_limit_the_long_chat_is_billed_whole():
    """45 + 111 + 26 + 28 + 8,032 = 8,242; the limit takes 8,032 - 4,096 = 3,936 off."""
    assert training_tokens(NOTEBOOK_LENGTHS, None, 1).billable == 8_242
    assert training_tokens(NOTEBOOK_LENGTHS, 4_096, 1).lost_tokens == 3_936


def test_validation_is_billed_only_where_the_host_bills_it():
    assert billable_tokens(price(1.0), 15_000_000, 1_000_000, 1) == 15_000_000
    assert billable_tokens(price(1.0, bills_validation=True), 15_000_000, 1_000_000, 1) == 16_000_000
