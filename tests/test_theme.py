"""The colours: told apart and read on both backgrounds (contrast by WCAG 2)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crossover.charts.style import STRATEGY_STYLES

ROOT = Path(__file__).resolve().parent.parent


def theme() -> dict[str, object]:
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        content: dict[str, object] = tomllib.load(file)["theme"]
    return content


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, 0..1 (WCAG 2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1..21 (WCAG 2)."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)  # (1 + 0.05) / (0 + 0.05)


def test_ten_chart_colours_stand_out_on_both_backgrounds():
    colours = theme()["chartCategoricalColors"]
    assert len(set(colours)) == len(colours) == 10  # with fewer, plotly figures fall back to their own
    grounds = [theme()[mode]["backgroundColor"] for mode in ("light", "dark")]
    assert min(contrast(colour, ground) for colour in colours for ground in grounds) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_can_be_read(mode):
    colours = theme()[mode]
    grounds = [colours["backgroundColor"], colours["secondaryBackgroundColor"]]
    words = [colours["textColor"], colours["linkColor"], colours["primaryColor"]]
    assert min(contrast(word, ground) for word in words for ground in grounds) >= 4.5
    assert contrast("#FFFFFF", colours["primaryColor"]) >= 3  # the tick, the switch and the day chosen


def test_a_strategy_has_the_same_colour_in_every_chart():
    drawn = [STRATEGY_STYLES[strategy].colour for strategy in ("prompting", "rag", "tools", "tuning")]
    assert drawn == theme()["chartCategoricalColors"][:4]
