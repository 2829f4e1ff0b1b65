"""RAG as a tool: the model decides whether to search, and gets the passages as a tool's result."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.figure import measured
from crossover.profile import SEARCH_TOOL, TokenProfile
from crossover.scenario import Scenario
from crossover.strategies.documents import context_tokens, shown_context, with_index
from crossover.strategies.pieces import column, common_quantities, system_message, turn_messages
from crossover.strategies.plan import Part, UsagePlan
from crossover.strategies.rounds import Rounds, round_calls
from crossover.strategies.strategy import Named, SentRequest
from crossover.strategies.tools import called_round, tool_base
from crossover.tokens.messages import CALL_OVERHEAD, MESSAGE_OVERHEAD
from crossover.words import mark, say


@dataclass(frozen=True, slots=True)
class RagAsTool(Named):
    """One search tool; a request that searches makes two calls, the others one."""

    id: str = "rag_tool"
    name: str = mark("RAG as a tool")

    def plan(self, profile: TokenProfile, scenario: Scenario) -> UsagePlan:
        """Instructions and one tool; the measured chunks as its result (MODEL.md 2.0, F2.8)."""
        share = scenario.assumption("search_call_share")
        asked = scenario.assumption("tool_arguments_tokens")
        echoed = (asked.value or 0) + CALL_OVERHEAD + MESSAGE_OVERHEAD
        rounds = Rounds(
            base=tool_base(profile, profile.search_tool_tokens, None),
            call_share=share.value or 0.0,
            round_shares=(1.0,),
            asked_tokens=asked.value or 0.0,
            grows_by=(
                (Part.CALLS, column(profile, echoed)),
                (Part.CONTEXT, context_tokens(profile, scenario)),
            ),
        )
        definition = measured(
            profile.search_tool_tokens,
            "tokens",
            say("one search tool with one argument"),
            None,
            name=say("Search tool"),
        )
        plan = UsagePlan(
            self.id,
            tuple(round_calls(rounds, profile, scenario)),
            len(profile),
            quantities=(*common_quantities(profile, scenario), definition, share, asked),
        )
        return with_index(plan, profile, scenario, share.value or 0.0)

    def request(self, profile: TokenProfile, scenario: Scenario, row: int) -> SentRequest:
        """System message, the sample and the search tool; then the round with its passages."""
        messages = (system_message(profile), *turn_messages(profile, row))
        found = called_round("search_documents", '{"query": "…"}', shown_context(profile, scenario, row))
        return SentRequest(messages, (SEARCH_TOOL,), found)
