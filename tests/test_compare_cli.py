"""`python -m crossover compare`: the page's comparison without a page, and one line for bad input."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crossover.cli import main
from crossover.compare_cli import files
from crossover.comparison import compare
from crossover.demo import DEMO_FOLDER, load_demo
from crossover.numbers import usd
from crossover.prices import load_price_book, market_json
from crossover.report import csv_text, json_text
from crossover.samples import Slot, combine, read_uploads
from crossover.scenario import Scenario
from crossover.strategies import ALL_STRATEGIES
from crossover.tokens import count_tokens
from crossover.verdict import verdict
from crossover.whatif import sureness

DAY = "2026-11-22"
TODAY = Scenario(price_date=date.fromisoformat(DAY))
BOOK = load_price_book()


@pytest.fixture
def company(tmp_path):
    """A team's files: those of the demo company, which the command cannot tell from anybody's."""
    folder = tmp_path / "company"
    shutil.copytree(DEMO_FOLDER / "en", folder)
    return folder


@pytest.fixture
def run(capsys):
    """The command's exit code and what it wrote to standard output and standard error."""

    def go(*arguments):
        try:
            code = main(["compare", *map(str, arguments)])
        except SystemExit as stop:
            code = stop.code
        written = capsys.readouterr()
        return code, written.out, written.err

    return go


def files_of(company):
    return (
        "--qa",
        company / "questions.csv",
        "--chat",
        company / "training_chats.jsonl",
        "--docs",
        company / "knowledge",
        "--tools",
        company / "tools.json",
        "--instructions",
        company / "instructions.md",
    )


def samples_of(company):
    """The same files through the door, as the page reads them."""
    knowledge = sorted((company / "knowledge").glob("*.md"))
    uploads = [
        (company / "questions.csv", Slot.QUESTIONS),
        (company / "training_chats.jsonl", Slot.CHATS),
        *((page, Slot.KNOWLEDGE) for page in knowledge),
        (company / "tools.json", Slot.TOOLS),
        (company / "instructions.md", Slot.INSTRUCTIONS),
    ]
    return combine(
        [
            reading
            for path, slot in uploads
            for reading in read_uploads(
                f"knowledge/{path.name}" if slot is Slot.KNOWLEDGE else path.name,
                path.read_bytes(),
                slot=slot,
                count_tokens=count_tokens,
            )
        ]
    )


# ---------------------------------------------------------------- the same numbers


def test_the_command_prints_byte_for_byte_what_compare_finds_in_the_same_files(company, run, tmp_path):
    scenario = replace(TODAY, requests_per_month=20_000, seed=7, horizon_months=18)
    (tmp_path / "s.json").write_text(scenario.to_json(), encoding="utf-8")
    asked = ("--scenario", tmp_path / "s.json", *files_of(company), "--json")
    code, printed, errors = run(*asked)
    assert (code, errors) == (0, "")
    comparison = compare(samples_of(company), scenario, BOOK)
    assert printed == json_text(comparison)
    assert run(*asked)[1] == printed
    assert json.loads(printed)["demo"] is False


def test_two_processes_print_the_same_bytes(root):
    command = [sys.executable, "-m", "crossover", "compare", "--date", DAY, "--json"]
    runs = [
        subprocess.run(
            command, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["demo"] is True


def test_files_hold_the_same_as_the_page_downloads(company, run, tmp_path):
    code, printed, _ = run(
        *files_of(company), "--date", DAY, "--json", tmp_path / "c.json", "--csv", tmp_path / "c.csv"
    )
    comparison = compare(samples_of(company), TODAY, BOOK)
    sure = sureness(comparison)
    assert code == 0
    assert (tmp_path / "c.json").read_text(encoding="utf-8") == json_text(comparison, sure)
    assert (tmp_path / "c.csv").read_bytes() == csv_text(comparison, sure).encode("utf-8-sig")
    assert comparison.leader.strategy.label in printed


def test_the_page_is_the_brief_of_the_same_comparison(company, run, tmp_path):
    code, _, _ = run(*files_of(company), "--date", DAY, "--html", tmp_path / "brief.html")
    assert code == 0
    comparison = compare(samples_of(company), TODAY, BOOK)
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert html.escape(verdict(comparison).headline) in page
    for outcome in comparison.outcomes:
        assert usd(outcome.total_usd) in page
    assert "questions.csv" not in page


def test_without_files_it_is_the_demo_data_and_says_so(run):
    code, printed, errors = run("--date", DAY, "--json")
    assert code == 0
    assert printed == json_text(compare(load_demo("en"), TODAY, BOOK))
    assert "demo data" in errors
    assert run("--date", DAY)[1].startswith("Demo data")


def test_without_a_date_prices_are_those_of_today(run, tmp_path):
    (tmp_path / "s.json").write_text('{"requests_per_month": 1000}', encoding="utf-8")
    before = datetime.now(UTC).date().isoformat()
    days = {
        json.loads(run("--json")[1])["day"],
        json.loads(run("--scenario", tmp_path / "s.json", "--json")[1])["day"],
    }
    assert days <= {before, datetime.now(UTC).date().isoformat()}


def test_date_and_seed_replace_those_of_the_scenario(run, tmp_path):
    (tmp_path / "s.json").write_text(TODAY.to_json(), encoding="utf-8")
    found = json.loads(
        run("--scenario", tmp_path / "s.json", "--date", "2024-07-23", "--seed", 5, "--json")[1]
    )
    assert (found["day"], found["seed"]) == ("2024-07-23", 5)
    assert found["scenario"]["price_date"] == "2024-07-23"


def test_the_scenario_in_the_output_can_be_given_back(run, tmp_path):
    first = run("--date", DAY, "--strategies", "rag,agent,prompting,tools,tuning", "--json")[1]
    (tmp_path / "s.json").write_text(json.dumps(json.loads(first)["scenario"]), encoding="utf-8")
    assert run("--scenario", tmp_path / "s.json", "--json")[1] == first


def test_strategies_are_chosen_by_id_or_all_at_once(run):
    two = json.loads(run("--date", DAY, "--strategies", "rag, tuning", "--json")[1])
    assert {each["id"] for each in two["outcomes"]} == {"rag", "tuning"}
    everyone = json.loads(run("--date", DAY, "--strategies", "all", "--json")[1])
    assert {each["id"] for each in everyone["outcomes"]} == {each.id for each in ALL_STRATEGIES}


def test_a_folder_a_zip_of_it_and_its_files_give_the_same_numbers(company, run, tmp_path):
    pages = sorted((company / "knowledge").glob("*.md"))
    (company / "knowledge" / ".hidden").write_text("not a document", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "knowledge.zip", "w") as archive:
        for page in pages:
            archive.write(page, page.name)
    found = []
    for docs in ([company / "knowledge"], [tmp_path / "knowledge.zip"], pages):
        code, printed, errors = run(
            "--qa", company / "questions.csv", "--docs", *docs, "--date", DAY, "--json"
        )
        assert (code, errors) == (0, "")
        found.append(
            {
                each["id"]: each["cost"] and each["cost"]["cumulative_usd"]
                for each in json.loads(printed)["outcomes"]
            }
        )
    assert found[0] == found[1] == found[2]
    assert found[0]["rag"]


def test_lines_the_door_left_out_are_short_notes_beside_the_output(company, run):
    table = company / "questions.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, "one cell"]), encoding="utf-8")
    code, printed, errors = run("--qa", table, "--date", DAY, "--json")
    assert code == 0
    json.loads(printed)
    (note,) = errors.splitlines()
    assert note.startswith(f"Note: questions.csv, line {len(lines) + 1}: ")


def test_many_notes_are_cut_short(company, run, monkeypatch):
    monkeypatch.setattr(files, "MOST_NOTES", 2)
    broken = company / "knowledge"
    for number in range(5):
        (broken / f"x{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([number] * 40))
    code, _, errors = run("--qa", company / "questions.csv", "--docs", broken, "--date", DAY, "--json")
    assert code == 0
    assert len(errors.splitlines()) == 3
    assert "3 more" in errors.splitlines()[-1]


# ---------------------------------------------------------------- bad input


def bad_scenarios():
    """Scenario files nothing can be computed from, with a word the reason must hold."""
    return {
        "not_json": ("{", "JSON"),
        "a_list": ("[1]", "JSON object"),
        "unknown_field": ('{"surprise": 1}', "surprise"),
        "wrong_kind": ('{"horizon_months": "twelve"}', "horizon_months"),
        "out_of_range": ('{"horizon_months": 500}', "horizon_months"),
        "bad_day": ('{"price_date": "yesterday"}', "price_date"),
        "not_a_number": ('{"requests_per_month": NaN}', "requests_per_month"),
        "hundreds_of_digits": ('{"requests_per_month": ' + "9" * 400 + "}", "requests_per_month"),
        "hundreds_of_digits_in_an_override": ('{"overrides": {"day_rate_usd": ' + "9" * 400 + "}}", "s.json"),
        "thousands_of_digits": ('{"requests_per_month": ' + "9" * 5000 + "}", "s.json"),
        "very_deep": ("[" * 100_000, "JSON"),
        "very_large": ('{"a": "' + "x" * 1_000_000 + '"}', "larger than"),
        "unknown_strategy": ('{"extra_strategies": ["magic"]}', "magic"),
        "line_break_in_a_name": ('{"a\\nb\\u001b[31m": 1}', "Unknown"),
        "half_a_character": ('{"\\ud800": 1}', "Unknown"),
    }


@pytest.mark.parametrize("name", bad_scenarios())
def test_a_scenario_that_cannot_be_used_is_one_line_and_exit_code_2(name, run, tmp_path):
    text, word = bad_scenarios()[name]
    (tmp_path / "s.json").write_text(text, encoding="utf-8")
    assert_refused(run("--scenario", tmp_path / "s.json", "--json"), word)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--qa", "missing.csv"), "missing.csv"),
        (("--docs", "missing"), "missing"),
        (("--qa", "."), "folder"),
        (("--scenario", "."), "not a file"),
        (("--qa", "odd\nname\x1b[2J.csv"), "not a file"),
        (("--strategies", "rag,magic"), "magic"),
        (("--strategies", ""), "choose from"),
        (("--date", "tomorrow"), "tomorrow"),
        (("--seed", "-1"), "seed"),
        (("--seed", "9" * 400), "seed"),
        (("--seed", "x"), "seed"),
        (("--surprise",), "surprise"),
        (("--html", "no/such/folder/b.html"), "cannot be written"),
        (("--csv", "no/such/folder/c.csv"), "cannot be written"),
        (("--json", "no/such/folder/c.json"), "cannot be written"),
    ],
)
def test_arguments_that_cannot_be_used_are_one_line_and_exit_code_2(
    arguments, word, run, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert_refused(run(*arguments), word)


def assert_refused(result, word):
    code, printed, errors = result
    assert (code, printed) == (2, "")
    assert errors.startswith("crossover: ")
    assert errors.endswith("\n")
    assert len(errors.splitlines()) == 1
    assert len(errors) < 700
    assert errors.strip().isprintable()
    assert word in errors
    assert "Traceback" not in errors


def test_a_file_the_door_refuses_is_named_with_the_way_out(run, tmp_path):
    for name, content in (("empty.csv", b""), ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(40))):
        (tmp_path / name).write_bytes(content)
        assert_refused(run("--qa", tmp_path / name), name)


def test_a_file_larger_than_the_door_takes_is_not_read_whole(run, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "_LIMITS", replace(files._LIMITS, file_bytes=100))
    (tmp_path / "large.csv").write_bytes(b"question,answer\n" + b"why,so\n" * 50)
    assert_refused(run("--qa", tmp_path / "large.csv"), "smaller part")


def test_documents_alone_are_nothing_to_compare(company, run):
    assert_refused(run("--docs", company / "knowledge"), "--qa")


def test_an_empty_folder_and_one_with_too_many_files_are_refused(run, tmp_path, monkeypatch):
    folder = tmp_path / "docs"
    folder.mkdir()
    assert_refused(run("--docs", folder), "holds no files")
    monkeypatch.setattr(files, "_LIMITS", replace(files._LIMITS, zip_entries=1))
    for name in ("a.md", "b.md"):
        (folder / name).write_text("text", encoding="utf-8")
    assert_refused(run("--docs", folder), "more than 1 files")
    monkeypatch.setattr(files, "_LIMITS", replace(files._LIMITS, zip_entries=2, zip_bytes=7))
    assert_refused(run("--docs", folder), "name a part of it")


def test_one_file_of_a_folder_that_is_too_large_is_a_note_and_the_others_are_read(company, run, monkeypatch):
    largest = max(path.stat().st_size for path in company.rglob("*") if path.is_file())
    monkeypatch.setattr(files, "_LIMITS", replace(files._LIMITS, file_bytes=largest))
    (company / "knowledge" / "large.md").write_text("word " * largest, encoding="utf-8")
    asked = ("--qa", company / "questions.csv", "--docs", company / "knowledge", "--date", DAY, "--json")
    code, printed, errors = run(*asked)
    assert code == 0
    assert errors.startswith("Note: knowledge/large.md: ")
    (company / "knowledge" / "large.md").unlink()
    assert run(*asked)[1] == printed


def test_a_file_nobody_may_read_is_refused(company, run, monkeypatch):
    def closed(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", closed)
    assert_refused(run("--qa", company / "questions.csv"), "cannot be read: Permission denied")


def test_nothing_is_written_when_the_input_is_refused(company, run, tmp_path):
    assert_refused(run("--docs", company / "knowledge", "--csv", tmp_path / "c.csv"), "--qa")
    assert not (tmp_path / "c.csv").exists()


# ---------------------------------------------------------------- the tuning market


def test_prices_market_prints_where_tuning_can_be_bought(capsys):
    assert main(["prices", "market", "--date", DAY]) == 0
    assert json.loads(capsys.readouterr().out) == market_json(BOOK, TODAY.price_date)


def keys_of(content):
    """The names of everything in a JSON value, in order."""
    if isinstance(content, dict):
        return {name: keys_of(value) for name, value in content.items()}
    return [keys_of(value) for value in content] if isinstance(content, list) else type(content).__name__


def test_another_language_says_the_same_with_the_same_names(run, tmp_path):
    written = {}
    for code in ("en", "de"):
        page, table = tmp_path / f"{code}.html", tmp_path / f"{code}.csv"
        exit_code, out, err = run("--date", DAY, "--language", code, "--json", "--html", page, "--csv", table)
        assert exit_code == 0
        written[code] = json.loads(out), page.read_text(), table.read_text("utf-8-sig"), err
    (english, _, en_table, _), (german, page, de_table, note) = written["en"], written["de"]
    assert keys_of(english) == keys_of(german)
    assert english["scenario"] == german["scenario"]
    assert [each["cost"]["total"]["value"] for each in english["outcomes"]] == [
        each["cost"]["total"]["value"] for each in german["outcomes"]
    ]
    assert german["verdict"]["headline"] != english["verdict"]["headline"]
    assert html.escape(german["verdict"]["headline"]) in page
    assert '<html lang="de">' in page
    assert en_table.splitlines()[0] == de_table.splitlines()[0]
    assert len(en_table.splitlines()) == len(de_table.splitlines())
    assert note.startswith("Hinweis: ")


def test_a_summary_counts_and_dates_as_its_language_does(run):
    _, out, _ = run("--date", DAY, "--language", "de")
    assert "Preise vom 22.11.2026, 60 Datenzeilen" in out


def test_what_is_wrong_with_a_file_is_said_in_the_language_asked_for(run, tmp_path):
    code, _, err = run("--language", "de", "--qa", tmp_path / "nothing.csv")
    assert code == 2
    assert err.rstrip().endswith("ist keine Datei: Prüfen Sie den Namen.")


def test_a_language_that_is_not_spoken_is_refused(run):
    code, out, err = run("--language", "tlh")
    assert (code, out) == (2, "")
    assert "tlh" in err
