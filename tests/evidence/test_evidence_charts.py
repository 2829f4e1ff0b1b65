"""Charts of the evidence: what hovers over a point, and axes in the language spoken."""

import pytest

from crossover.charts import evidence as charts
from crossover.charts.evidence import answerability_bars, hit_curve, learning_curve
from crossover.demo import load_demo
from crossover.evidence.classifier import classifier_baseline
from crossover.evidence.retrieval_evidence import retrieval_evidence
from crossover.evidence.shares import MeasuredShare
from crossover.profile import ProfileSettings, build_profile
from crossover.words import in_language


@pytest.fixture(scope="module")
def found():
    profile = build_profile(load_demo("en"), ProfileSettings())
    return retrieval_evidence(profile.samples, profile)


def titles(figure):
    return figure.layout.xaxis.title.text, figure.layout.yaxis.title.text


def test_one_chunk_and_several_hover_with_the_share_and_its_interval(found):
    quality = found.decisive
    curve = next(
        trace for trace in hit_curve(quality, found.recommended, 5).data if "markers" in (trace.mode or "")
    )
    assert curve.customdata[0] == f"1 chunk: {quality.hit(1)}"
    assert curve.customdata[4] == f"5 chunks: {quality.hit(5)}"


def test_the_curve_of_hits_speaks_german(found):
    english = hit_curve(found.decisive, found.recommended, 5)
    with in_language("de"):
        german = hit_curve(found.decisive, found.recommended, 5)
    assert titles(english) == ("Chunks sent with a request", "Share of questions")
    assert titles(german) == ("Abschnitte je Anfrage", "Anteil der Fragen")
    assert (english.layout.separators, german.layout.separators) == (".,", ",.")
    assert [list(trace.y) for trace in english.data] == [list(trace.y) for trace in german.data]
    assert "Gefunden" in {trace.name for trace in german.data}


def test_bars_name_place_and_share(found):
    (bars,) = answerability_bars(found.answers, 5).data
    assert [label.partition(":")[0] for label in bars.y] == [
        "In the documents",
        "In the best 5",
        "In 5 at random",
    ]
    with in_language("de"):
        (bars,) = answerability_bars(found.answers, 5).data
    assert [label.partition(":")[0] for label in bars.y] == [
        "In den Dokumenten",
        "In den besten 5",
        "In 5 zufälligen",
    ]


def test_points_of_the_learning_curve_say_how_many_rows_were_right():
    words = {0: "parcel late where", 1: "refund money back"}
    texts = [f"{words[row % 2]} {row}" for row in range(60)]
    baseline = classifier_baseline(texts, [row % 2 for row in range(60)], list(range(60)))
    with in_language("de"):
        points = learning_curve(baseline).data[0]
    first = baseline.sizes[0]
    assert points.customdata[0].startswith(f"{first.train_rows} Zeilen: ")
    assert points.name == "Gemessen, 95-%-Intervall"


def test_percent_axes_are_written_the_german_way_and_keep_their_zoom(found):
    english = hit_curve(found.decisive, found.recommended, 5)
    with in_language("de"):
        german = hit_curve(found.decisive, found.recommended, 5)
        bars = answerability_bars(found.answers, 5)
    least = min(found.decisive.hit(k).interval.low for k in range(1, 21))
    for figure in (english, german):
        axis = figure.layout.yaxis
        assert axis.tickformat is None and axis.range[0] == pytest.approx(max(0, least - 0.05))
        assert all(axis.range[0] <= value <= axis.range[1] for value in axis.tickvals)
        assert 2 <= len(axis.tickvals) <= 7 and axis.tickvals[-1] == 1
    assert english.layout.yaxis.ticktext[-1] == "100%"
    assert german.layout.yaxis.ticktext[-1] == "100\u00a0%"
    assert bars.layout.xaxis.ticktext[-1] == "100\u00a0%" and tuple(bars.layout.xaxis.range) == (0, 1.02)


def test_a_curve_high_up_still_has_signs_to_read(found):
    high = [MeasuredShare(n, 1000) for n in (970, 985, 990)]
    low, _ = charts._bounds(high)
    for least in (*low, 0.0, 0.5, 0.999):
        values = charts._zoomed(max(0.0, least - 0.05))["tickvals"]
        assert 3 <= len(values) <= 7, least
