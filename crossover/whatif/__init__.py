"""What if: how sure the answer is, what would change it, and what the difference is worth."""

from crossover.whatif.gap import GapSplit, gap_sentence, gap_split, gap_splits
from crossover.whatif.joint import SUCCESS, all_flips, flip_words
from crossover.whatif.map import StrategyMap, strategy_map
from crossover.whatif.sureness import DRAWS, Sureness, rivals, sureness, tornado_bars
from crossover.whatif.worth import Worth, quality_figures, token_worth, worth_sentences

__all__ = [
    "DRAWS",
    "SUCCESS",
    "GapSplit",
    "StrategyMap",
    "Sureness",
    "Worth",
    "all_flips",
    "flip_words",
    "gap_sentence",
    "gap_split",
    "gap_splits",
    "quality_figures",
    "rivals",
    "strategy_map",
    "sureness",
    "token_worth",
    "tornado_bars",
    "worth_sentences",
]
