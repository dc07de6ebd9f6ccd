"""PDFs are bound by a process of its own, which takes nothing that is locked, broken or endless."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from gonghui.core.documents.outbound.binding import Unbindable, bind, cleaned

pytestmark = pytest.mark.slow


def pdf(*widths: int, password: str = "") -> bytes:
    """A PDF with a page of each width, every page with a link on it."""
    book = PdfWriter()
    for width in widths:
        book.add_blank_page(width, 100)
        book.add_uri(len(book.pages) - 1, "https://example.org", [0, 0, 50, 50])
    if password:
        book.encrypt(password)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def widths_of(content: bytes) -> list[int]:
    return [int(page.mediabox.width) for page in PdfReader(io.BytesIO(content)).pages]


def test_pages_come_in_the_order_asked_for_with_their_bookmarks():
    runs = [(1, 0, 1), (0, 1, 2), (1, 1, 2)]
    folio = pdf(10, 10, 10)

    bound = bind([pdf(11, 12), pdf(21, 22)], runs, title="册", outline=[("后", 1)], folio=folio)

    book = PdfReader(io.BytesIO(bound))
    assert widths_of(bound) == [21, 12, 22]
    assert [
        (str(one["/Title"]), book.get_destination_page_number(one)) for one in book.outline
    ] == [("后", 1)]


def test_what_was_handed_in_loses_its_links():
    written, count = cleaned(pdf(11, 12), most_pages=5)

    assert count == 2
    assert all("/Annots" not in page for page in PdfReader(io.BytesIO(written)).pages)


@pytest.mark.parametrize(
    "content",
    [pdf(11, password="secret"), pdf(11, 12, 13), b"%PDF-1.7 and nothing more", b""],
    ids=["locked", "too long", "broken", "empty"],
)
def test_what_cannot_be_bound_is_refused(content):
    with pytest.raises(Unbindable):
        cleaned(content, most_pages=2)
