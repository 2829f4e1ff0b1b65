"""PDF as text, page by page, under a time limit."""

from __future__ import annotations

import io
import logging

from pypdf import PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from crossover.samples.problems import Deadline, Refused, repaired
from crossover.samples.reading import Upload
from crossover.samples.types import Document
from crossover.words import listed, mark, say

# pypdf logs what it repairs, with pieces of the file; what people drop is never logged.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_DAMAGED = mark("A damaged PDF: its pages cannot be read.")
_ACTIVE = (
    (b"/JavaScript", mark("scripts")),
    (b"/Launch", mark("scripts")),
    (b"/EmbeddedFile", mark("attached files")),
)
_DAMAGED_REMEDY = mark("Open it in a viewer, print it to a new PDF and drop that.")


def read_pdf(upload: Upload) -> Document:
    """All pages of a PDF as one text, a blank line between pages. Raises Refused.

    Scripts, forms and attachments are ignored. Blank pages count as pages and give no text.
    """
    deadline = Deadline.after(min(upload.limits.pdf_seconds, upload.limits.seconds))
    try:
        with apply_configuration(
            zlib_maximum_output_length=upload.limits.page_bytes,
            stream_parsing_work_maximum_count=upload.limits.page_operations,
            page_tree_maximum_entries=2 * upload.limits.pages + 1,
        ):
            reader = PdfReader(io.BytesIO(upload.data), strict=False)
            _unlock(reader)
            _check_page_tree(reader, upload.limits.pages)
            _note_active_parts(upload)
            texts = _page_texts(reader, deadline, upload)
    except Refused:
        raise
    except Exception:  # pypdf raises nearly anything on damaged files; each means the same to a person
        raise Refused("damaged_pdf", say(_DAMAGED), say(_DAMAGED_REMEDY)) from None
    return Document(upload.name, repaired("\n\n".join(text for text in texts if text)), len(texts))


def _unlock(reader: PdfReader) -> None:
    """Open PDFs that only restrict printing (empty user password); refuse the others."""
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except Exception:  # a cipher that is not installed reads the same as a missing password
        opened = False
    if not opened:
        raise Refused(
            "password",
            say("The PDF is password-protected."),
            say("Save a copy without password and drop that."),
        )


def _check_page_tree(reader: PdfReader, limit: int) -> None:
    """Walk the page tree once, so that a tree that contains itself never reaches the page loop."""
    root = reader.trailer["/Root"].get_object()
    waiting = [root.get("/Pages")] if isinstance(root, DictionaryObject) else []
    seen: set[int] = set()
    pages = 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                raise Refused(
                    "damaged_pdf", say("A damaged PDF: its page tree refers to itself."), say(_DAMAGED_REMEDY)
                )
            seen.add(node.idnum)
            node = node.get_object()
        if not isinstance(node, DictionaryObject):
            continue
        kids = node.get("/Kids")
        kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
        if isinstance(kids, ArrayObject):
            waiting += list(kids)
        else:
            pages += 1
        if pages > limit:
            what = say("The PDF has more than {most:,} pages, the limit for one file.", most=limit)
            raise Refused("too_many_pages", what, say("Split it into several files."))


def _note_active_parts(upload: Upload) -> None:
    """Note scripts and attached files; neither is opened."""
    found = [say(part) for sign, part in _ACTIVE if sign in upload.data]
    if found:
        what = say("The PDF holds {parts}; only its text was read.", parts=listed(list(dict.fromkeys(found))))
        upload.log.note("active_parts", what, say("Nothing to do."))


def _page_texts(reader: PdfReader, deadline: Deadline, upload: Upload) -> list[str]:
    texts: list[str] = []
    unreadable: list[int] = []
    for number, page in enumerate(reader.pages, start=1):
        deadline.check()

        def watch(*_: object) -> None:
            deadline.check()

        try:
            texts.append(page.extract_text(visitor_operand_before=watch).strip())
        except Refused:
            raise
        except Exception:  # one broken page does not lose the others
            texts.append("")
            unreadable.append(number)
    _note_unreadable(unreadable, texts, upload)
    return texts


def _note_unreadable(unreadable: list[int], texts: list[str], upload: Upload) -> None:
    if unreadable and len(unreadable) == len(texts):
        raise Refused("damaged_pdf", say(_DAMAGED), say(_DAMAGED_REMEDY))
    for number in unreadable:
        upload.log.skip(
            "bad_page",
            say(
                "Page {page} cannot be read, or draws more than {most:,} operations.",
                page=number,
                most=upload.limits.page_operations,
            ),
            say(_DAMAGED_REMEDY),
        )
    blank = [number for number, text in enumerate(texts, start=1) if not text and number not in unreadable]
    if blank and len(blank) < len(texts):
        what = say("{blank} of {pages} pages have no text.", blank=len(blank), pages=len(texts))
        upload.log.note("blank_pages", what, say("If they are scans, run text recognition (OCR) first."))
