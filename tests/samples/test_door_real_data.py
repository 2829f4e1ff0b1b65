"""Real files nobody here wrote: each lands in its slot by itself and gives what it holds."""

from pathlib import Path

import pytest

from crossover.samples import Slot, combine, read_upload

Q, C, K, T = Slot.QUESTIONS, Slot.CHATS, Slot.KNOWLEDGE, Slot.TOOLS

EXPECTED = {  # slot, what is counted, how many the README, wc -l or the file's own index says
    "rag/xquad_en/qa.csv": (Q, "rows_kept", 632),
    "rag/xquad_de/qa.csv": (Q, "rows_kept", 632),
    "rag/xquad_de/qa_with_context.jsonl": (Q, "rows_kept", 632),
    "rag/xquad_de/xquad_de.squad.json": (Q, "rows_kept", 632),
    "rag/covid_faq/faq_de_excel.csv": (Q, "rows_kept", 200),
    "rag/covid_faq/faq_de.xlsx": (Q, "rows_kept", 200),
    "rag/german_tqa/qa_repaired.csv": (Q, "rows_kept", 850),
    "rag/german_tqa/training_as_published_half.csv": (Q, "rows_kept", 843),
    "rag/autorag/qa.parquet": (Q, "rows_kept", 10),
    "rag/autorag/corpus.parquet": (K, "documents", 30),
    "rag/abcd/guidelines.json": (K, "documents", 1),
    "rag/nyc/nyc_text.txt": (K, "documents", 1),
    "rag/gesetze_de/burlg.md": (K, "documents", 1),
    "rag/policies/tau_retail_wiki.md": (K, "documents", 1),
    "rag/pdf/baseball_1.pdf": (K, "pages", 1),
    "rag/pdf/scotus_598us1r3.pdf": (K, "pages", 24),
    "rag/german_tqa/tables/11111-0002.csv": (K, "documents", 1),
    "classification/clinc150_val.csv": (Q, "rows_kept", 3100),
    "classification/support_triage.csv": (Q, "rows_kept", 20),
    "classification/xsid_de_valid.csv": (Q, "rows_kept", 300),
    "finetune/toy_chat_fine_tuning.jsonl": (C, "examples", 5),
    "finetune/drone_training_part1.jsonl": (C, "examples", 51),
    "finetune/xsid_de_valid_chat.jsonl": (C, "examples", 300),
    "chat/sharegpt_style_dummy.json": (C, "examples", 300),
    "chat/sgd_dev_dialogues_001.json": (C, "examples", 60),
    "chat/mt_bench_question.jsonl": (C, "examples", 40),
    "chat/tau_retail_few_shot.jsonl": (C, "examples", 69),
    "chat/abcd_sample.json": (C, "examples", 3),
    "tools/bfcl/BFCL_v4_simple_python.jsonl": (T, "tools", 200),
    "tools/openapi/petstore.yaml": (T, "operations", 3),
    "tools/openapi/uspto.yaml": (T, "operations", 3),
    "tools/openapi/jobsuche_de.yaml": (T, "operations", 5),
    "tools/openapi/open_assistant_inference.json": (T, "operations", 34),
    "tools/sgd/schema_dev.json": (T, "tools", 30),
}


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    return shared / "data"


@pytest.mark.parametrize("path", EXPECTED)
def test_a_real_file_sorts_itself_and_gives_what_it_holds(data, path):
    slot, fact, number = EXPECTED[path]
    reading = read_upload(Path(path).name, (data / path).read_bytes())
    assert (reading.slot, reading.refused) == (slot, False)
    assert reading.facts[fact] == number


def test_every_real_file_reads_without_exception_in_every_slot(data):
    files = [path for path in sorted(data.rglob("*")) if path.is_file() and "hostile" not in path.parts]
    assert len(files) > 90
    for path in (path for path in files if path.stat().st_size < 500_000):
        for slot in Slot:
            repr(read_upload(path.name, path.read_bytes(), slot=slot)).encode("utf-8")


def test_the_malformed_table_reads_like_the_repaired_one(data):
    broken = read_upload("a.csv", (data / "rag/german_tqa/training_as_published_half.csv").read_bytes())
    repaired = read_upload("b.csv", (data / "rag/german_tqa/qa_repaired.csv").read_bytes())
    assert {"nested_quotes"} <= {problem.kind for problem in broken.problems}
    as_rows = set(zip(repaired.qa.questions, repaired.qa.answers, strict=True))
    shared_rows = sum(row in as_rows for row in zip(broken.qa.questions, broken.qa.answers, strict=True))
    assert shared_rows > 0.9 * len(broken.qa)


def test_the_same_faq_as_csv_and_workbook_reads_the_same(data):
    table = read_upload("a.csv", (data / "rag/covid_faq/faq_de_excel.csv").read_bytes()).qa
    workbook = read_upload("a.xlsx", (data / "rag/covid_faq/faq_de.xlsx").read_bytes()).qa
    assert table.questions == workbook.questions
    assert [a.split() for a in table.answers] == [a.split() for a in workbook.answers]


def test_gold_documents_name_the_files_they_stand_in(data):
    table = read_upload("qa.csv", (data / "rag/xquad_de/qa.csv").read_bytes()).qa
    assert set(table.gold_documents) <= {path.name for path in (data / "rag/xquad_de/docs").iterdir()}


def test_a_folder_of_documents_and_questions_combine(data):
    folder = data / "rag/xquad_en"
    paths = [*sorted((folder / "docs").iterdir()), folder / "qa.csv"]
    samples = combine([read_upload(path.name, path.read_bytes()) for path in paths])
    assert (len(samples.documents), len(samples.qa), len(samples.files)) == (24, 632, 25)


def test_the_first_chat_with_tools_carries_them_in_openai_shape(data):
    chat = read_upload("a.jsonl", (data / "finetune/drone_training_part1.jsonl").read_bytes()).chats[0]
    assert len(chat.tools) == 16
    assert {"type", "function"} == set(chat.tools[0])
