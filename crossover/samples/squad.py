"""SQuAD JSON: questions with the passage they were asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crossover.samples.reading import ColumnMapping, Grid, Upload
from crossover.samples.record_table import cell_text
from crossover.samples.types import Document

_COLUMNS = ("question", "answer", "context", "title", "id")


def is_squad(value: object) -> bool:
    """Whether a JSON value is {"data": [{"paragraphs": …}]}."""
    articles = value.get("data") if isinstance(value, Mapping) else None
    first = articles[0] if isinstance(articles, list) and articles else None
    return isinstance(first, Mapping) and isinstance(first.get("paragraphs"), list)


def squad_grid(value: object, upload: Upload) -> Grid:
    """One row per question: its first answer, the passage, the article's title, the id.

    `line` is the number of the question in the file: SQuAD files have no line per question.
    """
    rows = [_row(qa, passage, title) for title, passage, qa in _questions(value)]
    upload.content.facts["rows_read"] = len(rows)
    upload.content.facts["unanswerable"] = sum(
        qa.get("is_impossible") is True for _, _, qa in _questions(value)
    )
    mapping = ColumnMapping("question", "answer", "context", "id", "title")
    return Grid(_COLUMNS, rows, range(1, len(rows) + 1), header_row=0, mapping=mapping)


def squad_documents(value: object) -> tuple[Document, ...]:
    """One document per article, its passages joined."""
    return tuple(
        Document(title, "\n\n".join(cell_text(passage.get("context")) for passage in passages))
        for title, passages in _articles(value)
    )


def _articles(value: object) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    articles = value.get("data") if isinstance(value, Mapping) else None
    for number, article in enumerate(articles if isinstance(articles, list) else [], start=1):
        if isinstance(article, Mapping):
            passages = article.get("paragraphs")
            listed = passages if isinstance(passages, list) else []
            title = cell_text(article.get("title")) or f"article {number}"
            yield title, [passage for passage in listed if isinstance(passage, Mapping)]


def _questions(value: object) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    for title, passages in _articles(value):
        for passage in passages:
            asked = passage.get("qas")
            for qa in asked if isinstance(asked, list) else []:
                if isinstance(qa, Mapping):
                    yield title, cell_text(passage.get("context")), qa


def _row(qa: Mapping[str, object], passage: str, title: str) -> list[str]:
    return [
        cell_text(qa.get("question")),
        cell_text(qa.get("answers")),
        passage,
        title,
        cell_text(qa.get("id")),
    ]
