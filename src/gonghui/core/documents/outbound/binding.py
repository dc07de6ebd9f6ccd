"""Binds PDFs, also those handed in, into one; the work is done by a limited process of its own."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pypdf import PdfReader

from gonghui.core.documents.alone import run_alone

WORKER = Path(__file__).with_name("binding_worker.py")
LONGEST_WAIT = 90.0  # by the clock; the worker's own limit of processor time comes before
MOST_PAGES = 2000  # of a file of our own

Run = tuple[int, int, int]  # which file, from which page, up to which


class Unbindable(Exception):
    """A file is locked, broken, too long, or takes too much."""


def bind(
    files: Sequence[bytes],
    pages: Sequence[Run],
    *,
    title: str,
    outline: Sequence[tuple[str, int]] = (),
    folio: bytes = b"",
    most_pages: int = MOST_PAGES,
) -> bytes:
    """The runs of pages in their order; ``folio`` has a page to lay over each of them."""
    given = [*files, folio] if folio else list(files)
    said = {
        "sizes": [len(one) for one in given],
        "pages": list(pages),
        "outline": list(outline),
        "folio": len(files) if folio else None,
        "title": title,
    }
    data = b"\n".join([json.dumps(said).encode(), b"".join(given)])
    try:
        done = run_alone(WORKER, most_pages, data=data, seconds=LONGEST_WAIT)
    except subprocess.TimeoutExpired as error:
        raise Unbindable from error
    if done.returncode:
        raise Unbindable(done.stderr[-200:].decode(errors="replace"))
    return done.stdout


def cleaned(content: bytes, *, most_pages: int) -> tuple[bytes, int]:
    """A PDF that was handed in, written anew without links and scripts, and how long it is."""
    written = bind([content], [], title="", most_pages=most_pages)
    return written, page_count(written)


def page_count(ours: bytes) -> int:
    """How many pages a PDF has that we wrote."""
    return len(PdfReader(io.BytesIO(ours)).pages)
