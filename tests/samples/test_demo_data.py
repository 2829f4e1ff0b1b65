"""The company in data/demo keeps its promises; read with plain json and csv, not through the door."""

import csv
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_GERMAN
from jsonschema import Draft202012Validator

from crossover.tokens import count_tokens

DEMO = Path(__file__).parents[2] / "data" / "demo"
LANGUAGES = ("en", "de")
STOP_WORDS = {"en": frozenset(STOPWORDS_EN), "de": frozenset(STOPWORDS_GERMAN)}
DESCRIPTIVE = {"description"}
CITY_NAMES = {"Hannover": "Hanover"}
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
SENTENCE_END = re.compile(rf"(?<=[.!?])[“”\"]?\s+(?!(?:{MONTHS})\b)(?=[A-ZÄÖÜ„\"\d])")
GREETING = re.compile(
    r"(hi|hello|hey|dear|thanks?|hallo|hallihallo|moin|danke|vielen dank|liebe[rs]?|guten)\b", re.I
)

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def questions(language: str) -> list[dict[str, str]]:
    with (DEMO / language / "questions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def pages(language: str) -> dict[str, str]:
    found = sorted((DEMO / language / "knowledge").glob("*.md"))
    return {page.name: page.read_text(encoding="utf-8") for page in found}


def tools(language: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DEMO / language / "tools.json").read_text(encoding="utf-8"))
    return found


def chats(language: str) -> list[dict[str, Any]]:
    lines = (DEMO / language / "training_chats.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def instructions(language: str) -> str:
    return (DEMO / language / "instructions.md").read_text(encoding="utf-8")


def everything(language: str) -> str:
    files = sorted(path for path in (DEMO / language).rglob("*") if path.is_file())
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def numbers(text: str) -> set[str]:
    """Numbers as they are written, separators kept, leading zeros dropped (09:00 and 9:00 agree)."""
    return {number.lstrip("0") or "0" for number in re.findall(r"\d+(?:[.,]\d+)*", text)}


def number_counts(text: str, language: str) -> Counter[float]:
    """Every number of a text by value: 1,497 in English is 1.497 in German."""
    thousands, decimal = (",", ".") if language == "en" else (".", ",")
    plain = re.sub(rf"(?<=\d)\{thousands}(?=\d{{3}}\b)", "", text)
    return Counter(
        float(found.replace(decimal, ".")) for found in re.findall(rf"\d+(?:\{decimal}\d+)?", plain)
    )


def content_words(text: str, language: str) -> set[str]:
    """Words and numbers without stop words, as MODEL.md 7.2 matches answers."""
    words = re.findall(r"\d+(?:[.,:]\d+)*|[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())
    return set(words) - STOP_WORDS[language]


def sentences(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE_END.split(text.strip()) if sentence]


def users_turns(chat: dict[str, Any]) -> list[str]:
    return [message["content"] for message in chat["messages"] if message["role"] == "user"]


def taught_answers(chat: dict[str, Any]) -> list[str]:
    """What training would imitate: the assistant's texts, without turns of weight 0."""
    said = [message for message in chat["messages"] if message["role"] == "assistant"]
    return [message["content"] for message in said if message.get("weight", 1) and message["content"]]


def tool_calls(chat: dict[str, Any]) -> list[dict[str, Any]]:
    return [call for message in chat["messages"] for call in message.get("tool_calls", [])]


def without_descriptions(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_descriptions(part) for key, part in value.items() if key not in DESCRIPTIVE}
    if isinstance(value, list):
        return [without_descriptions(part) for part in value]
    return CITY_NAMES.get(value, value) if isinstance(value, str) else value


@in_each_language
def test_sixty_questions_of_which_48_stand_on_a_page_6_need_a_look_up_and_6_a_person(language):
    rows = questions(language)
    assert list(rows[0]) == ["id", "question", "answer", "page"]
    assert Counter(row["id"].partition("-")[0] for row in rows) == {"page": 48, "live": 6, "hand": 6}
    assert all(bool(row["page"]) == row["id"].startswith("page-") for row in rows)
    assert all(row["question"].strip() and row["answer"].strip() for row in rows)


@in_each_language
def test_no_question_answer_or_id_appears_twice(language):
    rows = questions(language)
    for column in ("id", "question", "answer"):
        assert len({row[column].casefold() for row in rows}) == len(rows)


@in_each_language
def test_questions_vary_in_length_and_answers_have_one_to_four_sentences(language):
    rows = questions(language)
    lengths = sorted(len(row["question"].split()) for row in rows)
    assert lengths[0] <= 9
    assert lengths[-1] >= 30
    assert all(1 <= len(sentences(row["answer"])) <= 4 for row in rows)


@in_each_language
def test_every_page_is_asked_about_four_times(language):
    named = Counter(row["page"] for row in questions(language) if row["page"])
    assert named == dict.fromkeys(pages(language), 4)


@in_each_language
def test_every_number_in_an_answer_stands_literally_on_its_page(language):
    texts = pages(language)
    missing = {
        row["id"]: absent
        for row in questions(language)
        if row["page"] and (absent := numbers(row["answer"]) - numbers(texts[row["page"]]))
    }
    assert missing == {}


@in_each_language
def test_four_fifths_of_an_answers_content_words_stand_on_its_page(language):
    texts = pages(language)
    for row in questions(language):
        if row["page"]:
            words = content_words(row["answer"], language)
            share = len(words & content_words(texts[row["page"]], language)) / len(words)
            assert share >= 0.8, (row["id"], sorted(words - content_words(texts[row["page"]], language)))


@in_each_language
def test_answers_that_need_a_person_name_no_figure_of_their_own(language):
    for row in questions(language):
        if row["id"].startswith("hand-"):
            assert numbers(row["answer"]) <= numbers(row["question"]), row["id"]


@in_each_language
def test_twelve_pages_of_350_to_900_words_with_headings_and_a_table(language):
    texts = pages(language)
    assert len(texts) == 12
    for name, text in texts.items():
        assert 350 <= len(text.split()) <= 900, name
        assert len(re.findall(r"^# ", text, re.M)) == 1, name
        assert len(re.findall(r"^## ", text, re.M)) >= 4, name
        assert re.search(r"^\|---", text, re.M), name
        assert len(numbers(text)) >= 10, name


@in_each_language
def test_no_sentence_is_used_twice_in_the_pages(language):
    prose = re.sub(r"^[|#].*$", "", "\n".join(pages(language).values()), flags=re.M)
    found = [sentence.strip() for block in prose.split("\n") for sentence in sentences(block)]
    long = Counter(sentence for sentence in found if len(sentence.split()) >= 5)
    assert [sentence for sentence, times in long.items() if times > 1] == []


@in_each_language
def test_instructions_have_500_to_900_tokens(language):
    assert 500 <= count_tokens(instructions(language)) <= 900


@in_each_language
def test_six_tools_have_valid_schemas_and_helpful_descriptions(language):
    definitions = [tool["function"] for tool in tools(language)]
    assert len({definition["name"] for definition in definitions}) == 6
    for definition in definitions:
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", definition["name"])
        assert len(definition["description"].split()) >= 10
        Draft202012Validator.check_schema(definition["parameters"])
        assert set(definition["parameters"]["required"]) <= set(definition["parameters"]["properties"])


@in_each_language
def test_the_tools_show_enums_arrays_and_nested_objects(language):
    properties = [
        p for tool in tools(language) for p in tool["function"]["parameters"]["properties"].values()
    ]
    assert any("enum" in prop for prop in properties)
    assert {"string", "boolean", "array", "object"} <= {prop["type"] for prop in properties}


@in_each_language
def test_forty_chats_of_which_a_third_have_several_turns_and_eight_call_tools(language):
    found = chats(language)
    assert len(found) == 40
    assert 12 <= sum(len(users_turns(chat)) > 1 for chat in found) <= 15
    assert sum(bool(tool_calls(chat)) for chat in found) == 8
    assert all(("tools" in chat) == bool(tool_calls(chat)) for chat in found)
    assert all(chat["tools"] == tools(language) for chat in found if "tools" in chat)


@in_each_language
def test_chats_start_with_the_system_end_with_the_assistant_and_alternate(language):
    for chat in chats(language):
        roles = [message["role"] for message in chat["messages"]]
        assert roles[:2] == ["system", "user"]
        assert roles[-1] == "assistant"
        spoken = [message["role"] for message in chat["messages"][1:] if message.get("content")]
        talk = [role for role in spoken if role != "tool"]
        assert talk == ["user", "assistant"] * (len(talk) // 2)


@in_each_language
def test_some_early_turns_have_weight_0_and_never_the_last(language):
    weights = [
        [m.get("weight") for m in chat["messages"] if m["role"] == "assistant"] for chat in chats(language)
    ]
    assert sum(0 in chat for chat in weights) >= 2
    assert all(chat[-1] != 0 for chat in weights)


@in_each_language
def test_tool_calls_fit_their_schemas_and_each_is_answered(language):
    parameters = {tool["function"]["name"]: tool["function"]["parameters"] for tool in tools(language)}
    for chat in chats(language):
        for call in tool_calls(chat):
            schema = parameters[call["function"]["name"]]
            Draft202012Validator(schema).validate(json.loads(call["function"]["arguments"]))
        answered = [message["tool_call_id"] for message in chat["messages"] if message["role"] == "tool"]
        assert answered == [call["id"] for call in tool_calls(chat)]
        assert all(json.loads(m["content"]) for m in chat["messages"] if m["role"] == "tool")


@in_each_language
def test_every_tool_is_called_at_least_once(language):
    called = {call["function"]["name"] for chat in chats(language) for call in tool_calls(chat)}
    assert called == {tool["function"]["name"] for tool in tools(language)}


@in_each_language
def test_taught_answers_keep_the_house_style(language):
    for chat in chats(language):
        for answer in taught_answers(chat):
            assert len(sentences(answer)) <= 3, answer
            assert not GREETING.match(answer), answer
            assert "**" not in answer


@in_each_language
def test_the_style_check_would_notice_the_turns_that_are_not_taught(language):
    untaught = [m["content"] for chat in chats(language) for m in chat["messages"] if m.get("weight") == 0]
    assert any(GREETING.match(text) and len(sentences(text)) > 3 for text in untaught)


@in_each_language
def test_taught_numbers_come_from_the_pages_or_from_the_conversation(language):
    known = numbers("\n".join(pages(language).values()))
    for chat in chats(language):
        heard = " ".join(m["content"] for m in chat["messages"] if m["role"] in {"user", "tool"})
        for answer in taught_answers(chat):
            assert numbers(answer) <= known | numbers(heard), answer


@in_each_language
def test_training_chats_do_not_repeat_the_questions(language):
    asked = {row["question"].casefold() for row in questions(language)}
    answered = {row["answer"].casefold() for row in questions(language)}
    for chat in chats(language):
        assert not asked & {turn.casefold() for turn in users_turns(chat)}
        assert not answered & {answer.casefold() for answer in taught_answers(chat)}


@in_each_language
def test_contact_details_are_example_addresses_only(language):
    text = everything(language)
    assert {address.partition("@")[2] for address in re.findall(r"[\w.+-]+@[\w-]+\.\w+", text)} == {
        "example.com"
    }
    assert re.findall(r"https?://|www\.", text) == []
    assert re.findall(r"\+\d{2,}|\b0\d{2,5}[ /-]\d{4,}", text) == []


def test_both_languages_ask_the_same_questions_in_the_same_order():
    english, german = questions("en"), questions("de")
    assert [row["id"] for row in english] == [row["id"] for row in german]
    assert [row["page"][:3] for row in english] == [row["page"][:3] for row in german]
    for one, other in zip(english, german, strict=True):
        assert set(number_counts(one["answer"], "en")) == set(number_counts(other["answer"], "de")), one["id"]


def test_both_languages_give_the_same_figures_on_each_page():
    for english, german in zip(pages("en").items(), pages("de").items(), strict=True):
        assert english[0][:3] == german[0][:3]
        assert number_counts(english[1], "en") == number_counts(german[1], "de"), english[0]


def test_both_languages_have_the_same_tools_but_for_the_words():
    assert without_descriptions(tools("en")) == without_descriptions(tools("de"))


def test_both_languages_train_on_the_same_conversations():
    for one, other in zip(chats("en"), chats("de"), strict=True):
        shape = [(message["role"], message.get("weight")) for message in one["messages"]]
        assert shape == [(message["role"], message.get("weight")) for message in other["messages"]]
        calls = [[call["function"]["name"] for call in tool_calls(chat)] for chat in (one, other)]
        assert calls[0] == calls[1]


def test_the_readme_says_that_the_company_is_invented_and_under_which_licence():
    readme = (DEMO / "README.md").read_text(encoding="utf-8")
    assert "does not exist" in readme
    assert "MIT" in readme
