"""Laws of single strategies: what each adds to the prompt is what its formula in MODEL.md says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_worlds import (
    BOOK,
    BY_ID,
    PAGES,
    SHOP,
    TODAY,
    compared,
    hosts,
    measured,
    rows,
    scenarios,
    worlds,
)

from crossover import cost
from crossover.comparison import compare, profile_settings
from crossover.cost.estimate import retry_multiplier, traffic_of
from crossover.cost.machines import replica_count
from crossover.cost.quote import quote
from crossover.gates import Status
from crossover.profile import ProfileSettings, build_profile
from crossover.samples import SampleSet
from crossover.strategies import Part, plan_of
from crossover.tokens import model_facts
from crossover.whatif import gap_split

few = settings(max_examples=25)
shares = st.floats(0, 1).map(lambda value: round(value, 3))


def profile_of(world, scenario):
    return measured(world, profile_settings(scenario, model_facts(scenario.model)))


def per_request(comparison, strategy):
    return comparison.outcome(strategy).cost.per_request.value


def own(scenario, **assumptions):
    for name, value in assumptions.items():
        scenario = scenario.with_override(name, value)
    return scenario


class TestRouter:
    @few
    @given(st.sampled_from(["shop", "intents"]), scenarios(), shares)
    def test_costs_the_mixture_of_its_two_ways(self, world, scenario, easy):
        """sum of w_i cost_i per request (MODEL.md 2.0)."""
        comparison = compared(
            world, own(scenario, router_easy_share=easy), ids=("router", "prompting", "rag")
        )
        mixed = easy * per_request(comparison, "prompting") + (1 - easy) * per_request(comparison, "rag")
        assert per_request(comparison, "router") == pytest.approx(mixed, rel=1e-9)

    @few
    @given(scenarios(), shares)
    def test_takes_tools_for_the_long_way_where_there_are_no_documents(self, scenario, easy):
        comparison = compared(
            "chats", own(scenario, router_easy_share=easy), ids=("router", "prompting", "tools")
        )
        mixed = easy * per_request(comparison, "prompting") + (1 - easy) * per_request(comparison, "tools")
        assert per_request(comparison, "router") == pytest.approx(mixed, rel=1e-9)


class TestAgentLoop:
    @few
    @given(st.floats(0.01, 0.99), st.integers(1, 20))
    def test_sends_and_writes_what_the_expectation_over_rounds_says(self, chance, most):
        """F2.9, W12: B and d from the plan itself, the sum over rounds from the formula."""
        scenario = own(TODAY, agent_continue_share=chance, agent_rounds_at_most=most)
        plan = BY_ID["agent"].plan(measured("shop", ProfileSettings()), scenario)
        base, after_one = (
            plan.calls[0],
            next(call for call in plan.calls if call.previous_prompt_tokens is not None),
        )
        growth = after_one.input_tokens - base.input_tokens
        expected = cost.expected_loop_input_tokens(base.input_tokens, growth, chance, most)
        assert plan.expected_input_tokens() == pytest.approx(expected, rel=1e-9)
        asked = scenario.value("tool_arguments_tokens")
        answer = next(call.written_tokens for call in plan.calls if call.output_part is Part.OUTPUT)
        written = cost.expected_loop_output_tokens(asked, answer, chance, most)
        reasoned = sum(call.probability * call.reasoning_tokens for call in plan.calls)
        assert plan.expected_output_tokens() == pytest.approx(written + reasoned, rel=1e-9)

    @given(st.floats(0.01, 0.99), st.integers(2, 20))
    def test_costs_more_than_the_mean_number_of_rounds_suggests(self, chance, most):
        """The input is convex in the rounds: never plug the mean in (MODEL.md 2.9)."""
        mean = cost.expected_loop_rounds(chance, most)
        assert cost.expected_loop_input_tokens(900, 150, chance, most) >= cost.rounds_input_tokens(
            900, 150, mean
        )


class TestConversation:
    @few
    @given(
        st.integers(2, 12), st.booleans(), st.sampled_from(["prompting", "rag"]), hosts, st.integers(1, 3000)
    )
    def test_of_equal_turns_sends_the_total_of_the_closed_form(self, turns, keeps, strategy, host, words):
        """F2.7, W10: T (S + 4 + 3) + u' T(T+1)/2 + a' T(T-1)/2 + ctx T, or ctx T(T+1)/2 where kept.

        Whether the instructions are shorter than the passages or longer.
        """
        scenario = replace(
            TODAY,
            host=host[0],
            model=host[1],
            turns_per_conversation=turns,
            keep_passages=keeps,
            few_shot_examples=0,
        )
        asked = rows(["Where is it?"] * 3, ["It is on its way."] * 3)
        one_text = SampleSet(qa=asked, documents=PAGES[:1], instructions="word " * words)
        profile = build_profile(one_text, profile_settings(scenario, model_facts(scenario.model)))
        plan = plan_of(BY_ID[strategy], profile, scenario)
        single = plan_of(BY_ID[strategy], profile, replace(scenario, turns_per_conversation=1))
        parts = dict(single.calls[0].parts)
        context = float(parts[Part.CONTEXT][0]) if Part.CONTEXT in parts else 0.0
        question, answer = float(profile.question_tokens[0]), float(profile.answer_tokens[0])
        priming = profile.settings.priming_tokens
        static = float(parts[Part.INSTRUCTIONS][0]) - 4
        expected = cost.constant_turns_input_tokens(turns, static, (question, answer), context, keeps)
        expected += turns * (
            priming - 3
        )  # the closed form primes with 3 tokens, some families with another number
        assert turns * plan.expected_input_tokens()[0] == pytest.approx(expected, rel=1e-12)

    @few
    @given(worlds, scenarios(), st.integers(2, 30))
    def test_makes_every_turn_equally_likely_and_all_of_them_certain(self, world, scenario, turns):
        scenario = replace(scenario, turns_per_conversation=turns)
        profile = profile_of(world, scenario)
        for strategy in BY_ID.values():
            single = plan_of(strategy, profile, replace(scenario, turns_per_conversation=1))
            calls = plan_of(strategy, profile, scenario).calls
            whole = sum(call.probability for call in single.calls)
            assert sum(call.probability for call in calls) == pytest.approx(whole, rel=1e-12)
            for turn in {call.turn for call in calls}:
                part = sum(call.probability for call in calls if call.turn == turn)
                assert part == pytest.approx(whole / len({call.turn for call in calls}), rel=1e-12)

    @few
    @given(st.integers(2, 12), hosts)
    def test_never_costs_less_than_its_first_turn_each_time(self, turns, host):
        scenario = replace(TODAY, host=host[0], model=host[1], prompt_caching=False)
        for name in ("prompting", "rag", "tools", "agent"):
            once, long = (
                per_request(compared("shop", replace(scenario, turns_per_conversation=n), ids=(name,)), name)
                for n in (1, turns)
            )
            assert long >= once


class TestRagAsTool:
    @few
    @given(scenarios(turns_per_conversation=1, prompt_caching=False))
    def test_that_never_searches_is_one_call_with_one_tool_and_no_passage(self, scenario):
        profile = profile_of("shop", scenario)
        plan = BY_ID["rag_tool"].plan(profile, own(scenario, search_call_share=0.0))
        assert [(call.probability, call.output_part) for call in plan.calls] == [(1.0, Part.OUTPUT)]
        rag = BY_ID["rag"].plan(profile, scenario)
        without = rag.calls[0].input_tokens - dict(rag.calls[0].parts)[Part.CONTEXT]
        assert plan.calls[0].input_tokens == pytest.approx(without + profile.search_tool_tokens)
        assert plan.embedding_tokens.sum() == 0

    @few
    @given(scenarios(turns_per_conversation=1))
    def test_that_always_searches_is_two_calls_with_the_passages_of_rag_in_the_second(self, scenario):
        """F2.8 with R = 1: 2 B + d, d = asked + 7 + passages + 4."""
        profile = profile_of("shop", scenario)
        plan = BY_ID["rag_tool"].plan(profile, own(scenario, search_call_share=1.0))
        rag = BY_ID["rag"].plan(profile, scenario)
        passages, base = dict(rag.calls[0].parts)[Part.CONTEXT], plan.calls[0].input_tokens
        growth = scenario.value("tool_arguments_tokens") + 7 + passages + 4
        assert plan.expected_input_tokens() == pytest.approx(2 * base + growth)
        assert sum(call.probability for call in plan.calls) == 2.0
        assert plan.embedding_tokens == pytest.approx(rag.embedding_tokens)

    @few
    @given(scenarios(turns_per_conversation=1), shares)
    def test_costs_in_between_by_the_share_that_searches(self, scenario, share):
        some, never, always = (
            per_request(
                compared("shop", own(scenario, search_call_share=each), ids=("rag_tool",)), "rag_tool"
            )
            for each in (share, 0.0, 1.0)
        )
        assert some == pytest.approx((1 - share) * never + share * always, rel=1e-9)


class TestRetrievedExamples:
    @settings(max_examples=20)
    @given(
        st.lists(
            st.sampled_from(["Where is it?", "WHERE  is it?", "Send it back", "Is it new?"]),
            min_size=1,
            max_size=12,
        ),
        st.lists(st.text("abc xyz", min_size=1, max_size=12).filter(str.strip), max_size=10),
        st.integers(1, 8),
    )
    def test_never_contain_the_row_itself_or_one_with_the_same_question(self, repeated, single, k):
        questions = [*repeated, *single]
        samples = SampleSet(qa=rows(questions, ["Answer."] * len(questions)))
        nearest = build_profile(samples, ProfileSettings()).nearest
        plain = [" ".join(question.casefold().split()) for question in questions]
        for row in range(len(questions)):
            shown = nearest.rows_of(row, k)
            assert len(shown) <= k
            assert len(set(shown)) == len(shown)
            assert all(plain[other] != plain[row] for other in shown)


class TestLongContext:
    @settings(max_examples=8)
    @given(st.integers(1, 250))
    def test_fails_the_window_exactly_when_a_prompt_and_its_answer_do_not_fit(self, thousands):
        """G2, E10: never cut, and never failed for what fits."""
        samples = replace(SHOP, documents=(PAGES[0], replace(PAGES[1], text="word " * 1000 * thousands)))
        scenario = replace(TODAY, chunk_tokens=8000)
        profile = build_profile(samples, profile_settings(scenario, model_facts(scenario.model)))
        outcome = compare(samples, scenario, BOOK, (BY_ID["long_context"],), lambda *_: profile).outcomes[0]
        needed = max(float((call.input_tokens + call.output_tokens).max()) for call in outcome.plan.calls)
        is_over = needed > model_facts(scenario.model).window
        assert is_over == any(gate.id == "G2" and gate.status is Status.FAIL for gate in outcome.gates)
        assert outcome.is_ranked == (not is_over)


class TestMachines:
    @few
    @given(worlds, scenarios(host="self-hosted", model="gpt-oss-20b", growth_per_month_share=0.0))
    def test_cost_whole_replicas_by_the_month(self, world, scenario):
        """W19: replicas x price x 730 h, at least one, as many as the busiest second needs."""
        gpu = quote(BOOK, scenario).gpu.usd_per_gpu_hour
        for outcome in compared(world, scenario, ids=("prompting", "rag", "agent", "lora")).outcomes:
            if outcome.cost is None or not outcome.plan.calls:
                continue
            plan, value = outcome.plan, scenario.value
            serving = cost.GpuServing(
                value("gpu_prefill_tokens_per_second"),
                value("gpu_decode_tokens_per_second"),
                gpu,
                value("gpu_utilisation_share"),
            )
            seconds = cost.gpu_seconds(
                serving, plan.expected_input_tokens().mean(), plan.expected_output_tokens().mean()
            )
            peak = scenario.requests_per_month / (730 * 3600) * value("peak_factor")
            replicas = float(cost.replicas(serving, peak, float(seconds)))
            line = next(each for each in outcome.cost.lines if each.name == "GPUs")
            assert line.figure.value == pytest.approx(
                cost.self_hosted_usd_per_month(serving, replicas), rel=1e-9
            )
            assert replicas == replica_count(outcome.cost.classes.machines, [scenario.requests_per_month])[0]

    @few
    @given(
        scenarios(host="self-hosted", model="gpt-oss-20b"), st.integers(1, 24), st.integers(20_000, 60_000)
    )
    def test_break_even_with_a_host_by_token_is_verified_by_plugging_it_back(self, scenario, months, speed):
        """GPUs fast enough to pay off at all, against a dearer model by the token."""
        scenario = own(
            replace(scenario, horizon_months=months),
            gpu_prefill_tokens_per_second=float(speed),
            gpu_decode_tokens_per_second=8_000.0,
        )
        by_token = replace(scenario, host="openai", model="gpt-4.1", prompt_caching=False)
        at_home, hosted = (
            compared("shop", each, ids=("prompting",)).outcomes[0] for each in (scenario, by_token)
        )
        a, b = hosted.cost.classes, at_home.cost.classes
        found = cost.horizon_break_even_volume(a, b, traffic_of(scenario))
        assert found.volume is not None
        growth = scenario.growth_per_month_share

        def lead(volume):
            at = cost.Traffic(volume, growth, months)
            return float(cost.total_usd(a, at) - cost.total_usd(b, at))

        sign = 1 if found.status is cost.VolumeStatus.B_CHEAPER_ABOVE else -1
        assert lead(found.volume * (1 - 1e-9)) * sign <= 1e-6
        assert lead(found.volume * (1 + 1e-9)) * sign >= -1e-6


class TestBatch:
    @few
    @given(
        worlds, scenarios(host="azure", model="gpt-4o-mini", prompt_caching=False, turns_per_conversation=1)
    )
    def test_halves_the_tokens_where_the_discount_is_half(self, world, scenario):
        """The list price inside a batch job is half of both prices; embedding and reranking stay."""
        price = BOOK.inference("azure", "gpt-4o-mini", scenario.price_date)
        assert price.batch.input_mtok * 2 == price.price.input_mtok
        assert price.batch.output_mtok * 2 == price.price.output_mtok
        plain, batch = (compared(world, replace(scenario, batch=each)) for each in (False, True))
        beside = {Part.EMBEDDING, Part.RERANK}
        for before in plain.outcomes:
            after = batch.outcome(before.strategy.id)
            if before.cost is None or after.cost is None or before.plan.tuned:
                continue
            for part, usd in before.cost.by_part.items():
                now = after.cost.by_part[part]
                assert now == pytest.approx(usd if part in beside else usd / 2, rel=1e-9)


class TestRetries:
    @few
    @given(worlds, scenarios(turns_per_conversation=1), st.floats(0, 0.99), st.integers(1, 8), shares)
    def test_multiply_the_request_by_what_the_formula_says(self, world, scenario, failing, attempts, billed):
        """F2.6, W13: (1 - f^m) + b (attempts - (1 - f^m)), attempts = (1 - f^m) / (1 - f)."""
        success = 1 - failing**attempts
        multiplier = success + billed * (success / (1 - failing) - success)
        retried = own(
            scenario,
            failed_attempt_share=failing,
            attempts_at_most=attempts,
            failed_attempt_billed_share=billed,
        )
        assert retry_multiplier(retried) == pytest.approx(multiplier, rel=1e-12)
        never_fails = own(scenario, failed_attempt_share=0.0)
        ids = ("prompting", "tools", "rag")
        once, more = (compared(world, each, ids=ids) for each in (never_fails, retried))
        for outcome in once.outcomes:
            if outcome.cost is not None:
                expected = multiplier * outcome.cost.per_request.value
                assert per_request(more, outcome.strategy.id) == pytest.approx(expected, rel=1e-9, abs=1e-15)


class TestGap:
    @few
    @given(
        st.sampled_from(["prompting", "rag", "tools"]),
        st.sampled_from(["prompting", "rag", "tools", "long_context"]),
        st.sampled_from([("openai", "gpt-6-luna"), ("google", "gemini-2.5-flash"), ("azure", "gpt-4o-mini")]),
        scenarios(host="azure", model="gpt-oss-20b"),
    )
    def test_between_two_models_is_split_into_parts_that_add_up_and_swap_sign(
        self, one, other, model, scenario
    ):
        assume(one != other)
        mixed = scenario.with_strategy_model(other, *model)
        comparison = compared("shop", mixed, ids=(one, other))
        a, b = comparison.outcome(one), comparison.outcome(other)
        there, back = gap_split(a, b), gap_split(b, a)
        assert there.gap_usd == pytest.approx(b.total_usd - a.total_usd)
        assert there.model_usd + there.strategy_usd == pytest.approx(there.gap_usd, abs=1e-6)
        assert back.gap_usd == pytest.approx(-there.gap_usd)
        assert back.model_usd == pytest.approx(-there.model_usd, abs=1e-6)
        assert back.strategy_usd == pytest.approx(-there.strategy_usd, abs=1e-6)
