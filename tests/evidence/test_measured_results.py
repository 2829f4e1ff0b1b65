"""Measured results against hand arithmetic and scipy: a winner where there is one, else none."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from crossover.cost import InvalidCostInput
from crossover.evidence import rows_paired
from crossover.evidence.correct_answer_cost import correct_answer_costs
from crossover.evidence.judged_table import judged_table
from crossover.evidence.measured_latency import fitted_latency, input_tokens
from crossover.evidence.measured_results import accuracy_interval, measured_results, success_shares_of
from crossover.evidence.paired_results import gap_interval
from crossover.evidence.words_results import cost_sentence, decision_sentences, pair_sentence
from crossover.figure import Kind
from crossover.samples.results_types import ResultRow, ResultSet


def result_set(*rows: ResultRow) -> ResultSet:
    names = dict.fromkeys(row.strategy for row in rows)
    return ResultSet(rows, tuple((name, name) for name in names), source="results.csv [0123abcd]")


def answers(strategy: str, scores, usd=None) -> list[ResultRow]:
    """One answer per score, to samples named by their place."""
    return [
        ResultRow(strategy, f"q{place}", float(score), place, cost_usd=usd)
        for place, score in enumerate(scores)
    ]


def two_by_two(both: int, only_rag: int, only_prompting: int, neither: int) -> ResultSet:
    """Prompting and RAG on the same samples, with these counts of right answers."""
    rag = [1] * (both + only_rag) + [0] * (only_prompting + neither)
    prompting = [1] * both + [0] * only_rag + [1] * only_prompting + [0] * neither
    return result_set(*answers("rag", rag), *answers("prompting", prompting))


def test_a_known_winner_is_named_with_its_gap():
    # 40 only RAG, 10 only prompting of 300: exact binomial p = P(|X - 25| >= 15), X ~ B(50, 1/2)
    found = measured_results(two_by_two(200, 40, 10, 50))
    assert found.winner == "rag"
    assert [each.accuracy_share for each in found.strategies] == [0.8, 0.7]  # 240 and 210 of 300
    (pair,) = found.pairs
    assert (pair.only_first, pair.only_second, pair.shared) == (40, 10, 300)
    assert pair.gap_share == pytest.approx(0.1)
    by_hand = 2 * sum(math.comb(50, k) for k in range(11)) / 2**50
    assert pair.p_value == pytest.approx(by_hand, rel=1e-9)
    assert "rag answers best" in decision_sentences(found, str)[0]


def test_a_gap_that_chance_could_explain_has_no_winner_and_says_how_many_more_would_tell():
    # 9 against 5 of 100: gap 4 points, 14 % differ; F7.3 asks for 682 shared samples, 582 more
    found = measured_results(two_by_two(70, 9, 5, 16))
    assert found.winner is None
    (pair,) = found.pairs
    spread = 1.959964 * math.sqrt(0.14) + 0.841621 * math.sqrt(0.14 - 0.04**2)
    assert pair.samples_needed == math.ceil((spread / 0.04) ** 2) == rows_paired(0.04, 0.14)
    sentences = decision_sentences(found, str)
    assert sentences[0].startswith("No winner: rag is 4 points")
    assert "About 590 more samples" in sentences[1]


def test_identical_strategies_have_no_winner():
    found = measured_results(two_by_two(80, 0, 0, 20))
    (pair,) = found.pairs
    assert found.winner is None
    assert (pair.gap_share, pair.p_value) == (0, 1)
    assert pair.interval.low < 0 < pair.interval.high  # never differing on 100 is no proof of equality
    assert "never differ on the 100 samples" in decision_sentences(found, str)[0]


def test_a_winner_beats_every_other_strategy():
    close = [1] * 82 + [0] * 18
    worse = [1] * 50 + [0] * 50
    rows = [*answers("rag", [1] * 84 + [0] * 16), *answers("tuning", close), *answers("prompting", worse)]
    found = measured_results(result_set(*rows))
    assert found.winner is None
    shown = {(pair.first, pair.second) for pair in found.pairs if pair.is_shown}
    assert shown == {("rag", "prompting"), ("tuning", "prompting")}
    assert decision_sentences(found, str)[0].startswith("No winner: rag")


def test_strategies_tried_on_different_samples_have_no_winner_however_wide_the_gap():
    other = [ResultRow("rag", f"other {n}", 1.0, n) for n in range(200)]
    found = measured_results(result_set(*other, *answers("prompting", [0] * 200)))
    assert found.pairs == ()
    assert found.winner is None
    assert "same samples" in decision_sentences(found, str)[0]


def test_only_shared_samples_enter_a_pair():
    rows = [*answers("rag", [1, 1, 0, 1]), *answers("prompting", [1, 0])]
    (pair,) = measured_results(result_set(*rows)).pairs
    assert (pair.shared, pair.only_first, pair.only_second) == (2, 1, 0)


def test_repeats_of_a_sample_count_once_with_their_mean():
    rows = [*answers("rag", [1, 0]), *answers("rag", [0, 0]), *answers("rag", [1, 0])]
    found = measured_results(result_set(*rows))
    (only,) = found.strategies
    assert only.accuracy_share == pytest.approx((2 / 3 + 0) / 2)
    assert (only.samples, only.answers, found.table.repeats) == (2, 6, 4)


def test_a_mean_that_most_samples_speak_against_shows_nothing():
    # on 16 samples RAG is wrong once in four tries (-1/4 each), on 5 only RAG is right (+1 each): mean +1/21
    rag, prompting = [1, 1, 1, 0] * 16 + [1] * 20, [1] * 64 + [0] * 20
    rows = [
        ResultRow(name, f"q{place // 4}", float(score), place)
        for name, scores in (("rag", rag), ("prompting", prompting))
        for place, score in enumerate(scores)
    ]
    found = measured_results(result_set(*rows))
    (pair,) = found.pairs
    assert (pair.first, pair.only_first, pair.only_second) == ("rag", 5, 16)
    assert pair.gap_share == pytest.approx(1 / 21)
    assert pair.p_value < 0.05
    assert not pair.is_shown
    assert found.winner is None


def test_accuracy_stands_with_the_wilson_interval_of_scipy():
    found = measured_results(result_set(*answers("rag", [1] * 80 + [0] * 20)))
    bounds = stats.binomtest(80, 100).proportion_ci(method="wilson")
    figure = found.strategies[0].figure(found.source)
    assert figure.ci == pytest.approx((bounds.low, bounds.high))  # 0.711171 to 0.866633 (W27)
    assert (figure.kind, figure.n, figure.value) == (Kind.MEASURED, 100, 0.8)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_the_interval_of_repeated_samples_holds_their_mean(shares):
    right = np.array(shares)
    bounds = accuracy_interval(right)
    assert bounds.low - 1e-9 <= right.mean() <= bounds.high + 1e-9


def test_the_gap_interval_is_that_of_bonett_and_price():
    # b = 9, c = 5, n = 100: p12 = 10/102, p21 = 6/102
    differences = np.array([1.0] * 9 + [-1.0] * 5 + [0.0] * 86)
    p12, p21 = 10 / 102, 6 / 102
    half = stats.norm.ppf(0.975) * math.sqrt((p12 + p21 - (p12 - p21) ** 2) / 102)
    found = gap_interval(differences)
    assert (found.low, found.high) == pytest.approx((p12 - p21 - half, p12 - p21 + half))


def test_the_gap_interval_covers_the_truth_about_as_often_as_it_says():
    generator = np.random.default_rng(3)
    truth, held, tries = 0.06, 0, 1000
    for _ in range(tries):
        differences = generator.choice([1.0, -1.0, 0.0], size=150, p=[0.13, 0.07, 0.8])
        bounds = gap_interval(differences)
        held += bounds.low <= truth <= bounds.high
    assert 0.93 <= held / tries <= 0.975


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=80))
def test_the_order_in_which_strategies_come_changes_nothing(pairs):
    one, other = zip(*pairs, strict=True)
    forward = measured_results(result_set(*answers("rag", one), *answers("tools", other)))
    back = measured_results(result_set(*answers("tools", other), *answers("rag", one)))
    assert forward.winner == back.winner
    assert forward.pairs[0].p_value == back.pairs[0].p_value
    assert forward.pairs[0].gap_share == back.pairs[0].gap_share >= 0


def test_graded_scores_are_right_from_the_threshold_on():
    rows = result_set(*answers("rag", [0.2, 0.5, 0.7, 1.0]))
    assert measured_results(rows).is_graded
    assert dict(success_shares_of(rows)) == {"rag": 0.75}
    assert dict(success_shares_of(rows, correct_from=0.7)) == {"rag": 0.5}
    with pytest.raises(InvalidCostInput):
        measured_results(rows, correct_from=0.0)


def test_only_strategies_of_ours_enter_the_scenario():
    rows = result_set(*answers("variant B", [1, 1]), *answers("tools", [1, 0]), *answers("rag", [1, 1]))
    assert success_shares_of(rows) == (("rag", 1.0), ("tools", 0.5))
    assert success_shares_of(ResultSet()) == ()


def test_no_results_have_no_winner_and_no_sentence():
    found = measured_results(ResultSet())
    assert (found.best, found.winner, found.pairs, decision_sentences(found, str)) == (None, None, (), ())


def test_cost_per_correct_answer_is_the_bill_by_the_right_answers():
    rows = result_set(*answers("rag", [1, 1, 1, 0], usd=0.003), *answers("prompting", [1, 0, 0, 0]))
    costs = correct_answer_costs(judged_table(rows), {"prompting": 0.002, "rag": 9.0})
    rag, prompting = costs.costs
    assert (rag.strategy, rag.usd, rag.is_billed) == ("rag", pytest.approx(4 * 0.003 / 3), True)
    assert (prompting.usd, prompting.is_billed) == (pytest.approx(4 * 0.002 / 1), False)
    assert rag.low <= rag.usd <= rag.high
    assert math.isinf(prompting.high)  # some resamples have no right answer of one in four


def test_the_cost_interval_agrees_with_the_wilson_interval_turned_over():
    # at a constant cost per request the interval is cost / accuracy at the ends of the accuracy's interval
    table = judged_table(result_set(*answers("rag", [1] * 240 + [0] * 60)))
    (cost,) = correct_answer_costs(table, {"rag": 0.01}).costs
    bounds = stats.binomtest(240, 300).proportion_ci(method="wilson")
    assert cost.usd == pytest.approx(0.0125)
    assert (cost.low, cost.high) == pytest.approx((0.01 / bounds.high, 0.01 / bounds.low), rel=0.015)


def test_resamples_are_shared_so_that_a_steady_difference_is_clear():
    # the same answers at one percent more: without shared samples the intervals overlap almost wholly
    scores = [1, 0, 1, 1, 0] * 20
    rows = result_set(*answers("rag", scores, usd=0.0101), *answers("prompting", scores, usd=0.01))
    costs = correct_answer_costs(judged_table(rows), {})
    cheap, dear = costs.costs
    assert cheap.strategy == "prompting"
    assert cheap.high > dear.low
    assert costs.is_clear
    assert "costs least with prompting" in cost_sentence(costs, str)


def test_a_difference_in_cost_that_samples_cannot_tell_is_said_so():
    generator = np.random.default_rng(5)
    rows = [*answers("rag", generator.random(60) < 0.8, 0.01)]
    rows += answers("tools", generator.random(60) < 0.8, 0.0101)
    costs = correct_answer_costs(judged_table(result_set(*rows)), {})
    assert not costs.is_clear
    assert "cannot tell" in cost_sentence(costs, str)


def test_the_same_seed_gives_the_same_cost_interval():
    table = judged_table(two_by_two(20, 5, 3, 10))
    prices = {"rag": 0.01, "prompting": 0.008}
    assert correct_answer_costs(table, prices, seed=7) == correct_answer_costs(table, prices, seed=7)
    assert correct_answer_costs(table, prices, seed=7) != correct_answer_costs(table, prices, seed=8)


def test_a_strategy_without_a_cost_is_left_out_of_the_cost_table():
    table = judged_table(two_by_two(20, 5, 3, 10))
    costs = correct_answer_costs(table, {"rag": 0.01})
    assert [cost.strategy for cost in costs.costs] == ["rag"]
    assert costs.lead_share is None
    assert correct_answer_costs(table, {}).costs == ()


def test_latency_is_fitted_as_scipy_fits_a_lognormal():
    seconds = np.random.default_rng(2).lognormal(0.3, 0.5, 400)
    rows = [ResultRow("rag", f"q{n}", 1.0, n, latency_seconds=float(each)) for n, each in enumerate(seconds)]
    found = fitted_latency(rows)
    shape, _, scale = stats.lognorm.fit(seconds, floc=0)
    # scipy's maximum likelihood divides by n, ours by n - 1
    assert found.p50_seconds == pytest.approx(scale)
    assert found.p95_seconds == pytest.approx(scale * math.exp(1.644854 * shape * math.sqrt(400 / 399)))
    assert not found.is_indicative


def test_few_timed_answers_are_indicative_and_one_has_no_spread():
    rows = [ResultRow("rag", f"q{n}", 1.0, n, latency_seconds=1.0 + n / 100) for n in range(59)]
    assert fitted_latency(rows[:58]).is_indicative
    assert not fitted_latency(rows).is_indicative  # 59: the slowest bounds the 95th percentile (F7.8)
    assert fitted_latency(rows[:1]) is None


def test_billed_tokens_stand_beside_ours_and_unknown_stays_unknown():
    rows = [ResultRow("rag", "a", 1, 1, input_tokens=90.0), ResultRow("rag", "b", 1, 2, input_tokens=110.0)]
    found = input_tokens(rows, ours=80.0)
    assert (found.measured, found.ratio, found.n) == (100, 1.25, 2)
    assert input_tokens([], ours=80.0).measured is None
    assert input_tokens(rows, ours=None).ratio is None


def test_a_pair_in_words_says_who_got_what_right():
    (pair,) = measured_results(two_by_two(200, 40, 10, 50)).pairs
    text = pair_sentence(pair, {"rag": "RAG", "prompting": "Prompting"}.get)
    assert "RAG is right 10 points (+5 to +14) more often than Prompting on the 300 samples" in text
    assert "40 only RAG got right, 10 only Prompting" in text
