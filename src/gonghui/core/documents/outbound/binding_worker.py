"""Runs alone in a limited process: PDFs on standard input, the pages wanted as one PDF out.

Imports nothing of ours, so that it starts fast and a hostile file meets as little as possible.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

MEGABYTE = 1024 * 1024
MEMORY = 1200 * MEGABYTE
SECONDS = 60


def main(most_pages: int) -> None:
    """One line of JSON says what follows and what is made of it; see ``binding.bind``."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    said = json.loads(sys.stdin.buffer.readline())
    files = [PdfReader(io.BytesIO(sys.stdin.buffer.read(size))) for size in said["sizes"]]
    if any(one.is_encrypted or len(one.pages) > most_pages for one in files):
        raise SystemExit("locked or too long")
    book = PdfWriter()
    for which, first, last in said["pages"] or [[0, 0, len(files[0].pages)]]:
        for page in files[which].pages[first:last]:
            book.add_page(_plain(page))
    if said["folio"] is not None:
        for page, number in zip(book.pages, files[said["folio"]].pages, strict=True):
            page.merge_page(number)
    for title, at in said["outline"]:
        book.add_outline_item(title, at)
    book.add_metadata({"/Title": said["title"]})
    out = io.BytesIO()
    book.write(out)
    sys.stdout.buffer.write(out.getvalue())


def _plain(page: Any) -> Any:
    """A page without its links, forms and scripts."""
    for name in ("/Annots", "/AA"):
        page.pop(NameObject(name), None)
    return page


if __name__ == "__main__":
    main(int(sys.argv[1]))
