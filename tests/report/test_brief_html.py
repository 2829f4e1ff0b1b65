"""The brief as a page: inert whatever it says, readable by everybody, complete."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from brief_samples import EVERYTHING, SCENARIO, demo
from lxml import html

from crossover.numbers import usd
from crossover.report.brief_charts import MOST_BARS, MOST_LINES
from crossover.report.brief_html import brief_html
from crossover.report.brief_pdf import brief_pdf

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"
_, BRIEF = demo(
    replace(SCENARIO, extra_strategies=EVERYTHING),
    title="Help desk",
    note="Decided on Tuesday.",
    contact="Ann, extension 12",
)
PAGE = brief_html(BRIEF)
TREE = html.document_fromstring(PAGE)


def texts(path, tree=TREE):
    return [" ".join(each.text_content().split()) for each in tree.xpath(path)]


def test_nothing_is_fetched_and_nothing_runs():
    assert not TREE.xpath("//script | //iframe | //object | //embed | //form | //link | //@src")
    assert not re.search(r"\bon\w+\s*=|@import|javascript:", PAGE)
    addresses = set(re.findall(r"url\(([^)]*)\)", PAGE))
    assert all(address.startswith("#") for address in addresses)


def test_the_policy_allows_the_page_its_own_style_and_nothing_else():
    policy = TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    [style] = TREE.xpath("//style/text()")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not TREE.xpath("//@style"), "the policy would strip styles of single elements"


def test_words_of_a_person_stay_words():
    _, brief = demo(title=HOSTILE, note=HOSTILE, contact=HOSTILE)
    rows = tuple(replace(row, label=HOSTILE, id='x"><b>') for row in brief.strategies)
    inputs = tuple(
        replace(given, name=HOSTILE, source="javascript:alert(1)", note=HOSTILE) for given in brief.inputs
    )
    page = html.document_fromstring(
        brief_html(replace(brief, strategies=rows, inputs=inputs, flips=(HOSTILE,)))
    )
    assert not page.xpath("//script | //img | //b")
    assert texts("//h1", page) == [HOSTILE]
    assert HOSTILE in texts("//section[h2[@id='contact']]/p", page)
    assert not page.xpath("//a")


def test_headings_stand_in_order():
    levels = [int(each.tag[1]) for each in TREE.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_name_their_columns_and_rows():
    for table in TREE.xpath("//table"):
        heads = table.xpath("./thead/tr/th[@scope='col']")
        assert table.xpath("./caption")
        for row in table.xpath("./tbody/tr"):
            assert len(row.xpath("./th[@scope='row']")) == 1
            assert len(row.xpath("./td")) == len(heads) - 1
            # on a telephone the head of its column stands before each cell
            assert [cell.get("data-head") for cell in row.xpath("./td")] == texts_of(heads[1:])


def texts_of(elements):
    return [element.text_content() for element in elements]


def test_charts_can_be_read_out():
    charts = TREE.xpath("//*[local-name()='svg' and @role='img']")
    assert len(charts) == 2
    for chart in charts:
        ids = chart.get("aria-labelledby").split()
        found = [chart.xpath(f".//*[@id='{each}']")[0].text_content() for each in ids]
        assert all(found)
    # the words under the first chart hold where every line ends
    ends = TREE.xpath("//*[@id='spent-text']")[0].text_content()
    assert all(usd(row.cost.total_usd) in ends for row in BRIEF.ranked[:MOST_LINES])


def test_no_two_lines_of_a_chart_look_alike_without_colour():
    chart = TREE.xpath("//*[local-name()='svg' and @role='img']")[0]
    groups, looks = chart.xpath("./*[local-name()='polyline']"), set()
    for line in groups:
        marker = line.getnext()
        corners = len(marker.get("points", "").split())
        looks.add((line.get("stroke-dasharray"), marker.tag, corners, marker.get("fill") == "none"))
    assert len(groups) == MOST_LINES
    assert len(looks) == MOST_LINES


def test_ids_are_unique():
    ids = TREE.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_everything_of_the_brief_stands_on_the_page():
    whole = TREE.text_content()
    for sentence in (BRIEF.headline, *BRIEF.reasons, *BRIEF.flips, BRIEF.note, BRIEF.contact):
        assert sentence in whole
    for row in BRIEF.strategies:
        assert row.label in whole
        assert all(gate.reason in whole for gate in row.gates)
    for given in BRIEF.inputs:
        assert given.name in whole
        assert given.source in whole
    assert len(TREE.xpath("//ol[@class='inputs']/li")) == len(BRIEF.inputs)
    assert len(TREE.xpath("//*[local-name()='rect' and @height='13' and not(@stroke)]")) == MOST_BARS


def test_sources_can_be_opened_and_only_pages_are_links():
    links = TREE.xpath("//a")
    assert {link.get("href") for link in links} == {given.source for given in BRIEF.prices}
    assert all("noopener" in link.get("rel") for link in links)


def test_a_price_read_long_before_says_so():
    old = [given for given in BRIEF.prices if (BRIEF.made_on - given.as_of).days > 90]
    assert PAGE.count("more than 90 days before") == len(old)


def test_demo_data_is_called_demo_data():
    assert "Demo data" in PAGE
    assert "Demo data" not in brief_html(replace(BRIEF, is_demo=False))


def _colours(style, scheme):
    block = style if scheme == "light" else style.split("prefers-color-scheme: dark", 1)[1]
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block.split("}", 1)[0]))


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return sum(weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "quiet", "link"])
@pytest.mark.parametrize("paper", ["page", "soft"])
def test_text_has_contrast(scheme, ink, paper):
    # WCAG 2.2, 1.4.3: (lighter + 0.05) / (darker + 0.05) is at least 4.5
    colours = _colours(TREE.xpath("//style/text()")[0], scheme)
    dark, light = sorted(map(_luminance, (colours[ink], colours[paper])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("horizon", [0, 1, 120])
def test_any_horizon_can_be_drawn(horizon):
    _, brief = demo(replace(SCENARIO, horizon_months=horizon))
    assert not re.search(r"\b(nan|inf)\b", brief_html(brief))


def test_nothing_to_rank_is_a_page_as_well():
    _, brief = demo(replace(SCENARIO, model="a model nobody sells", extra_strategies=()))
    assert not brief.ranked
    assert brief.headline in html.document_fromstring(brief_html(brief)).text_content()


def test_without_a_browser_the_print_dialogue_is_offered(tmp_path: Path):
    printed = brief_pdf(PAGE, browser=str(tmp_path / "no browser"))
    assert printed.pdf is None
    assert "choose Print" in printed.instead


def test_a_browser_that_hangs_is_given_up_with_all_it_started(tmp_path: Path):
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n(sleep 1; touch {tmp_path}/alive) &\nsleep 60\n", encoding="utf-8")
    browser.chmod(0o755)
    started = time.monotonic()
    assert brief_pdf(PAGE, str(browser), seconds=0.2).pdf is None
    assert time.monotonic() - started < 10
    time.sleep(1.2)
    assert not (tmp_path / "alive").exists()


def test_a_browser_that_prints_something_else_is_not_believed(tmp_path: Path):
    browser = tmp_path / "browser"
    target = '"${each#--print-to-pdf=}"'
    loop = f'for each; do case "$each" in --print-to-pdf=*) echo "<html>" > {target};; esac; done'
    browser.write_text(f"#!/bin/sh\n{loop}\n", encoding="utf-8")
    browser.chmod(0o755)
    assert brief_pdf(PAGE, str(browser)).pdf is None
