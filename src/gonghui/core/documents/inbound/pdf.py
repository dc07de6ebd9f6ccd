"""Reads a PDF by a limited process of its own and turns the answer into blocks."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from gonghui.core.documents.alone import run_alone
from gonghui.core.documents.inbound import refusals
from gonghui.core.documents.inbound.pdf_lines import Page, Piece, blocks_of
from gonghui.core.documents.inbound.refusals import MOST_PAGES, MOST_TEXT, Unreadable
from gonghui.kit.blocks import Block

WORKER = Path(__file__).with_name("pdf_worker.py")
LONGEST_WAIT = 30.0  # by the clock; the worker's own limits of processor time come long before
SCANNED_BELOW = 15  # characters a page with a picture: a stamp or a page number, no text
REFUSED = {"encrypted": refusals.ENCRYPTED_PDF, "long": refusals.TOO_LONG}
KILLED_BELOW = 0  # a negative return code is the signal that ended the process
TOO_MUCH = (b"MemoryError", b"LimitReachedError")  # ours, and pypdf's own limits


def read_pdf(data: bytes) -> tuple[Block, ...]:
    """The document's paragraphs, with page headers before and page numbers after them."""
    answers = _ask_worker(data)
    for answer in answers:
        if "refused" in answer:
            raise Unreadable(REFUSED[answer["refused"]])
    pages = [a for a in answers if "pieces" in a]
    text = "".join(piece[3] for page in pages for piece in page["pieces"])
    _refuse_unwritten(text, sum(1 for page in pages if page["drawn"]))
    return blocks_of([_page(answer) for answer in pages])


def _page(answer: dict[str, Any]) -> Page:
    return tuple(Piece(*piece) for piece in answer["pieces"])


def _refuse_unwritten(text: str, drawn_pages: int) -> None:
    """A scan has pictures and hardly a letter; a font without codes gives no real letters."""
    length = len("".join(text.split()))
    if length == 0 or length < SCANNED_BELOW * drawn_pages:
        raise Unreadable(refusals.SCAN if drawn_pages else refusals.NO_TEXT)
    strange = sum(1 for c in text if c == "\ufffd" or c < " " or "\ue000" <= c <= "\uf8ff")
    if strange > length * 0.1:
        raise Unreadable(refusals.GARBLED_PDF)


def _ask_worker(data: bytes) -> list[dict[str, Any]]:
    try:
        done = run_alone(WORKER, MOST_TEXT, MOST_PAGES, data=data, seconds=LONGEST_WAIT)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(refusals.SLOW_PDF) from error
    if done.returncode < KILLED_BELOW or any(name in done.stderr for name in TOO_MUCH):
        raise Unreadable(refusals.SLOW_PDF)
    if done.returncode:
        raise Unreadable(refusals.CORRUPT_PDF)
    return [json.loads(line) for line in done.stdout.splitlines()]
