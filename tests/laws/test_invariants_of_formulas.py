"""Invariants of MODEL.md 9.3 that concern one formula: caching, chunks, break-even, scores, intervals."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crossover import cost
from crossover.cost import CostClasses, Traffic
from crossover.cost.hit_rates import MINUTES_PER_MONTH, REQUESTS_PER_MINUTE_PER_MACHINE
from crossover.cost.machines import Machines
from crossover.criteria import dominators, ranks, weighted_sum
from crossover.evidence import wilson_interval
from crossover.latency import uniform_stream
from crossover.prices import CachePolicy, CacheRule
from crossover.retrieval import chunk_count, chunk_documents
from crossover.samples import Document
from crossover.tokens import counter

COUNT = counter("o200k_base")
usd = st.floats(0, 1e6).map(lambda value: round(value, 2))
unit_usd = st.floats(0, 1).map(lambda value: round(value, 8))
tokens = st.integers(0, 100_000)
volumes = st.integers(0, 100_000_000)
minutes = st.floats(0.1, 1500)
lifetimes = st.tuples(minutes, minutes).map(lambda pair: tuple(sorted(pair)))
growth = st.sampled_from([-0.2, 0.0, 0.03, 0.1])


@st.composite
def classes(draw: st.DrawFn) -> CostClasses:
    events = draw(st.dictionaries(st.integers(1, 36), usd, max_size=3))
    return CostClasses(draw(usd), draw(usd), draw(unit_usd), events)


class TestHits:
    policies = st.sampled_from(list(CachePolicy))
    restarts = st.booleans()

    @given(st.tuples(volumes, volumes), policies, lifetimes, restarts, st.floats(0, 1))
    def test_lie_between_0_and_1_and_do_not_fall_with_volume(self, pair, policy, lifetime, restarts, effort):
        """Below the 15 requests a minute from which a prefix is spread over machines (W09)."""
        rule = CacheRule(policy, ttl_minutes=lifetime, ttl_restarts=restarts)
        most = int(REQUESTS_PER_MINUTE_PER_MACHINE * MINUTES_PER_MONTH)
        low, high = sorted(min(volume, most) for volume in pair)
        rates = [cost.expected_hit_rate(rule, volume, effort) for volume in (low, high)]
        assert 0 <= rates[0] <= rates[1] + 1e-12 <= 1 + 2e-12
        assert 0 <= cost.expected_hit_rate(rule, max(pair), effort) <= 1

    @given(st.floats(0, 100), minutes, minutes, restarts)
    def test_do_not_fall_with_the_lifetime(self, rate, one, other, restarts):
        low, high = (
            CacheRule(CachePolicy.IMPLICIT, ttl_minutes=(ttl, ttl), ttl_restarts=restarts)
            for ttl in sorted((one, other))
        )
        assert cost.rule_hit_rate(low, rate) <= cost.rule_hit_rate(high, rate) + 1e-12

    @given(st.floats(0, 100), lifetimes)
    def test_of_an_uncertain_lifetime_lie_between_its_ends_and_of_a_fixed_one_below(self, rate, lifetime):
        """h(a) <= F2.3b <= h(b), and F2.3c <= F2.3a."""
        shortest, longest = (float(cost.sliding_hit_rate(rate, ttl)) for ttl in lifetime)
        assert shortest - 1e-12 <= cost.uncertain_ttl_hit_rate(rate, *lifetime) <= longest + 1e-12
        assert cost.fixed_ttl_hit_rate(rate, lifetime[0]) <= shortest + 1e-12

    @given(tokens, tokens, policies, st.sampled_from([512, 1024, 4096]))
    def test_of_a_prefix_never_exceed_it_and_count_in_steps(self, prefix, rest, policy, minimum):
        rule = CacheRule(policy, minimum_tokens=minimum)
        found = float(cost.cacheable_tokens(rule, prefix, prefix + rest))
        assert 0 <= found <= prefix
        if policy is CachePolicy.INCREMENT and found:
            assert (found - minimum) % 128 == 0
            assert prefix - found < 128


class TestChunks:
    @given(st.integers(0, 20_000), st.integers(1, 900), st.data())
    def test_cover_a_document_exactly(self, length, size, data):
        """Spans [i (s - o), i (s - o) + s), the last one cut at the end: no gap, nothing beyond."""
        overlap = data.draw(st.integers(0, size - 1))
        found = chunk_count(length, size, overlap)
        starts = [place * (size - overlap) for place in range(found.n)]
        spans = [(start, min(length, start + size)) for start in starts]
        if not length:
            assert spans == []
            return
        assert spans[0][0] == 0
        assert spans[-1][1] == length
        assert all(after[0] == before[1] - overlap for before, after in pairwise(spans))
        assert sum(end - start for start, end in spans) == found.embedded_tokens
        assert spans[-1][1] - spans[-1][0] == found.last

    @given(
        st.lists(st.sampled_from(["word", "Sentence.", "\n\n", "even longer thing", "é"]), max_size=200),
        st.integers(20, 60),
    )
    def test_cut_for_real_hold_every_word_and_no_chunk_is_too_long(self, pieces, size):
        text = " ".join(pieces)
        chunks = chunk_documents([Document("a.txt", text)], size, 0, COUNT)
        assert "".join("".join(chunks.texts).split()) == "".join(text.split())
        assert (chunks.tokens <= size).all()


class TestBreakEven:
    @given(classes(), classes(), growth, st.integers(1, 36))
    def test_volume_makes_both_totals_equal(self, a, b, grows, months):
        """|C_a - C_b| < 1e-6 at V*, where a total is up to a million; relative beyond."""
        found = cost.horizon_break_even_volume(a, b, Traffic(0, grows, months))
        assume(found.volume is not None and found.volume <= 1e10)
        at = Traffic(found.volume, grows, months)
        one, other = (float(cost.total_usd(costs, at)) for costs in (a, b))
        assert abs(one - other) < 1e-6 * max(1.0, one / 1e6)

    @given(classes(), classes(), volumes, growth, st.integers(1, 36))
    def test_crossings_are_odd_in_number_exactly_when_the_sign_has_changed(self, a, b, volume, grows, months):
        traffic = Traffic(volume, grows, months)
        difference = cost.cumulative_usd(a, traffic) - cost.cumulative_usd(b, traffic)
        noise = 1e-9 * float(cost.total_usd(a, traffic) + cost.total_usd(b, traffic))
        assume(min(abs(difference[0]), abs(difference[-1])) > noise)
        crossings = cost.all_crossings(a, b, traffic)
        assert len(crossings) % 2 == int(np.sign(difference[0]) != np.sign(difference[-1]))

    @given(
        st.floats(0.0001, 0.01),
        st.floats(100, 5_000),
        st.floats(1e-7, 1e-5),
        st.tuples(st.floats(0, 2_000), st.floats(0, 50_000)),
        st.integers(1, 24),
    )
    def test_on_a_staircase_of_machines_the_sign_changes_at_the_volume(
        self, per_request, per_machine, load, fixed, months
    ):
        """One request less or more than V* and the other side is cheaper, or both cost the same."""
        machines = CostClasses(fixed[1], fixed[0], 0.0, machines=Machines(per_machine, load))
        tokens_only = CostClasses(0.0, 0.0, per_request)
        found = cost.horizon_break_even_volume(tokens_only, machines, Traffic(50_000, 0.0, months))
        assume(found.volume is not None)

        def lead(volume):
            at = Traffic(volume, 0.0, months)
            return float(cost.total_usd(tokens_only, at) - cost.total_usd(machines, at))

        below, above = lead(found.volume * (1 - 1e-9)), lead(found.volume * (1 + 1e-9))
        sign = 1 if found.status is cost.VolumeStatus.B_CHEAPER_ABOVE else -1
        assert below * sign <= 1e-6
        assert above * sign >= -1e-6
        money = float(cost.total_usd(tokens_only, Traffic(found.volume, 0.0, months)))
        if abs(above - below) < 1e-6 * money:  # no step here: both totals are equal
            assert abs(lead(found.volume)) < 1e-6 * max(1.0, money)


class TestScores:
    values = st.integers(1, 5).flatmap(
        lambda criteria: st.lists(
            st.lists(st.floats(0, 1), min_size=criteria, max_size=criteria), min_size=1, max_size=6
        )
    )

    @given(values, st.data(), st.floats(1e-3, 1e3))
    def test_lie_between_0_and_1_and_only_ratios_of_weights_count(self, values, data, factor):
        sized = st.lists(st.floats(0.01, 10), min_size=len(values[0]), max_size=len(values[0]))
        weights = data.draw(sized)
        scores = weighted_sum(values, weights)
        assert ((scores >= 0) & (scores <= 1 + 1e-12)).all()
        assert weighted_sum(values, np.array(weights) * factor) == pytest.approx(scores, abs=1e-12)

    @given(values, st.data())
    def test_never_put_a_dominated_alternative_strictly_first(self, values, data):
        sized = st.lists(st.floats(0.01, 10), min_size=len(values[0]), max_size=len(values[0]))
        places = ranks(weighted_sum(values, data.draw(sized)))
        for row, by in enumerate(dominators(values, np.ones(len(values[0])))):
            if by is not None:
                assert places[by] <= places[row]


@given(st.integers(1, 5_000), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_lies_within_0_and_1_and_holds_the_share_seen(trials, data, confidence):
    successes = data.draw(st.integers(0, trials))
    found = wilson_interval(successes, trials, confidence)
    assert 0 <= found.low <= successes / trials <= found.high <= 1


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5, unique=True), st.integers(0, 2**31))
def test_a_stream_depends_on_its_name_and_the_seed_alone(names, seed):
    """Adding an input leaves all other streams as they were, bit for bit."""
    alone = uniform_stream(seed, names[0], 50).tobytes()
    with_others = {name: uniform_stream(seed, name, 50).tobytes() for name in reversed(names)}
    assert with_others[names[0]] == alone
    assert len(set(with_others.values())) == len(names)
