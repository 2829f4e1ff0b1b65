"""What others measured: every row can be quoted, and none of it reaches a score."""

import re

import pytest

from crossover.evidence.literature import WORDED_MODELS, InvalidLiterature, literature
from crossover.words import in_language

HEADER = "id,citation,task,model,date,setting,prompt,rag,tuning,both,unit,url,note\n"


def test_every_row_has_a_date_an_address_and_says_what_it_is():
    results = literature()
    assert len(results) >= 30 and len({result.id for result in results}) == len(results)
    for result in results:
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", result.date), result.id
        assert result.url.startswith("https://"), result.id
        assert result.citation and result.task and result.model and result.note.endswith("."), result.id
        assert bool(result.unit) == result.has_numbers, result.id


def test_an_arxiv_number_agrees_with_address_and_date():
    for result in literature():
        number = re.search(r"arXiv (\d\d)(\d\d)\.(\d{5})", result.citation)
        if number:
            year, month, running = number.groups()
            assert result.url == f"https://arxiv.org/abs/{year}{month}.{running}"
            assert result.date == f"20{year}-{month}"


def test_shares_of_a_hundred_stay_within_it():
    for result in literature():
        values = (result.prompt, result.rag, result.tuning, result.both)
        assert all(0 <= value <= 100 for value in values if value is not None), result.id


def test_names_of_models_stay_in_german_and_words_do_not():
    assert set(WORDED_MODELS) <= {result.model for result in literature()}
    for result in literature():
        with in_language("de"):
            model = result.model
        assert (model == result.model) == (result.model not in WORDED_MODELS), model
        assert result.model in WORDED_MODELS or not re.search(r"\b(and|models?|many|an?)\b", model), model


def test_a_row_without_an_address_is_refused(tmp_path):
    file = tmp_path / "literature.csv"
    file.write_text(HEADER + "x,Somebody 2024,A task,A model,2024-01,,1,,,,%,,A note.\n", encoding="utf-8")
    with pytest.raises(InvalidLiterature, match="url"):
        literature(file)


def test_an_empty_cell_is_unknown_and_not_zero(tmp_path):
    file = tmp_path / "literature.csv"
    row = "x,Somebody 2024,A task,A model,2024-01,,0,,,,%,https://example.org,A note.\n"
    file.write_text(HEADER + row, encoding="utf-8")
    (result,) = literature(file)
    assert result.prompt == 0 and result.rag is None
