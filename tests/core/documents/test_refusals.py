"""Every file that is not read is refused with a sentence, after bounded work."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pypdf
import pytest

from gonghui.core.documents.inbound import (
    LARGEST_UPLOAD,
    Unreadable,
    package,
    read_upload,
    refusals,
)
from gonghui.kit.errors import DomainError
from tests.core.documents.word_files import p, packed, tbl, tc, tr, word_file, word_parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"

NO_MAIN = {k: v for k, v in word_parts(p("a")).items() if k != "word/document.xml"}
NO_BODY = word_parts(p("a")) | {"word/document.xml": "<a/>"}
# An end record that points into nothing.
NOT_REALLY_ZIP = b"PK\x03\x04" + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 60, 9000, 0)


def refusal(data: bytes, name: str = "计划.docx") -> str:
    with pytest.raises(Unreadable) as caught:
        read_upload(io.BytesIO(data), name)
    return caught.value.sentence


def ole(directory: str) -> bytes:
    return OLE + directory.encode("utf-16-le") + b"\0" * 512


def workbook() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def pdf(pages: int = 1, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "计划.docx", refusals.EMPTY),
        (ole("WordDocument"), "计划.doc", refusals.OLD_WORD),
        (ole("WordDocument"), "计划.wps", refusals.OLD_WORD),
        (ole("WordDocument"), "计划.docx", refusals.OLD_WORD),
        (ole("EncryptedPackage"), "计划.docx", refusals.ENCRYPTED_WORD),
        (ole("Workbook"), "表.xls", refusals.OLD_OFFICE),
        (b"{\\rtf1\\ansi}", "计划.doc", refusals.RICH_TEXT),
        (b"<html><body>a</body></html>", "计划.doc", refusals.WEB_PAGE),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "计划.txt", refusals.WEB_PAGE),
        (b"MIME-Version: 1.0\r\n", "计划.doc", refusals.WEB_PAGE),
        (b"<?xml version='1.0'?><?mso-application?>", "计划.doc", refusals.OLD_XML),
        (b"\x89PNG\r\n\x1a\n", "计划.docx", refusals.IMAGE),
        (b"\xff\xd8\xff\xe0", "计划.jpg", refusals.IMAGE),
        (b"RIFF\0\0\0\0WEBP", "计划.pdf", refusals.IMAGE),
        (b"BM\0\0\0\0\0\0\0\0", "计划.bmp", refusals.IMAGE),
        (b"\0\0\0\x18ftypheic", "计划.heic", refusals.IMAGE),
        (b"Rar!\x1a\x07\x01\0", "计划.rar", refusals.ARCHIVE),
        ("年度计划".encode(), "计划.exe", refusals.UNKNOWN_NAME),
        ("年度计划".encode(), "计划", refusals.UNKNOWN_NAME),
        ("年度计划".encode(), "计划.xlsx", refusals.SPREADSHEET),
        ("年度计划".encode(), "计划.docx", refusals.CORRUPT_WORD),
        ("年度计划".encode(), "计划.doc", refusals.OLD_WORD),
        ("年度计划".encode(), "计划.pdf", refusals.CORRUPT_PDF),
        (workbook(), "表.xlsx", refusals.SPREADSHEET),
        (workbook(), "计划.docx", refusals.SPREADSHEET),
        (packed({"a.txt": "a"}), "计划.docx", refusals.ARCHIVE),
        (
            packed({"mimetype": "a", "META-INF/manifest.xml": "a"}),
            "计划.docx",
            refusals.OPEN_DOCUMENT,
        ),
        (packed({"word/document.xml": "a"}), "计划.docx", refusals.CORRUPT_WORD),
        (word_file(p("计划"))[:-40], "计划.docx", refusals.CORRUPT_WORD),
        (word_file(p("计划"), main_type=MACRO_TYPE), "计划.docm", refusals.MACROS),
        (
            packed(word_parts(p("计划")) | {"word/vbaProject.bin": "x"}),
            "计划.docx",
            refusals.MACROS,
        ),
        (word_file(p()), "计划.docx", refusals.NO_TEXT),
        (word_file(p("头") + '<w:altChunk w:id="a"/>'), "计划.docx", refusals.EMBEDDED),
        (word_file("<w:p>"), "计划.docx", refusals.CORRUPT_WORD),
        (packed(NO_MAIN), "计划.docx", refusals.CORRUPT_WORD),
        (packed(NO_BODY), "计划.docx", refusals.CORRUPT_WORD),
        (NOT_REALLY_ZIP, "计划.docx", refusals.CORRUPT_WORD),
        (pdf(), "计划.pdf", refusals.NO_TEXT),
        (pdf(password="秘密"), "计划.pdf", refusals.ENCRYPTED_PDF),
        (b"%PDF-1.7\nnothing follows", "计划.pdf", refusals.CORRUPT_PDF),
        (pdf(refusals.MOST_PAGES + 1), "计划.pdf", refusals.TOO_LONG),
        (b" \r\n\t", "计划.txt", refusals.NO_TEXT),
        (b"MZ\x90\0\x03\0\0\0", "计划.txt", refusals.NOT_A_DOCUMENT),
        (bytes(range(1, 32)) * 9, "计划.txt", refusals.NOT_A_DOCUMENT),
        (b"\xff\xfd\x80\x81" * 9, "计划.txt", refusals.GARBLED),
        ("\ue123\ue124计划".encode(), "计划.txt", refusals.GARBLED),
        (b"a" * (refusals.MOST_TEXT + 1), "计划.txt", refusals.TOO_LONG),
    ],
)
def test_wrong_files_are_refused_by_what_they_are(data, name, sentence):
    assert refusal(data, name) == sentence


def test_every_refusal_is_a_domain_error_with_something_to_do():
    sentences = [v for k, v in vars(refusals).items() if k.isupper() and isinstance(v, str)]

    assert issubclass(Unreadable, DomainError)
    assert len(sentences) == len(set(sentences))
    assert all("请" in s and s.endswith("。") for s in sentences)


class Huge(io.RawIOBase):
    """A file of any size that counts how much of it was read."""

    def __init__(self, size: int, *, can_seek: bool = True) -> None:
        self._size, self._can_seek, self.was_read = size, can_seek, 0

    def seekable(self) -> bool:
        return self._can_seek

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._size if whence == io.SEEK_END else offset

    def read(self, size: int = -1) -> bytes:
        self.was_read += min(size, self._size)
        return b"a" * min(size, self._size)


def test_a_huge_file_is_refused_unread():
    file = Huge(200 * refusals.MEGABYTE)

    with pytest.raises(Unreadable, match="20 MB"):
        read_upload(file, "计划.docx")

    assert file.was_read == 0


def test_a_huge_stream_is_read_no_further_than_the_limit():
    file = Huge(200 * refusals.MEGABYTE, can_seek=False)

    with pytest.raises(Unreadable, match="20 MB"):
        read_upload(file, "计划.docx")

    assert file.was_read == LARGEST_UPLOAD + 1


@pytest.fixture
def inflated(monkeypatch) -> list[int]:
    """How many bytes each read from inside a zip brought."""
    sizes: list[int] = []
    true_read = zipfile.ZipExtFile.read

    def read(self, n=-1):
        piece = true_read(self, n)
        sizes.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", read)
    return sizes


def test_a_bomb_is_refused_by_what_it_declares(inflated):
    bomb = packed(word_parts(p("计划")) | {"word/document.xml": b" " * 60_000_000})

    assert refusal(bomb) == refusals.BOMB
    assert sum(inflated) < 10_000


def test_a_steep_part_is_refused_by_what_it_declares(inflated):
    bomb = packed(word_parts(p("计划")) | {"word/document.xml": b" " * 8_000_000})

    assert refusal(bomb) == refusals.BOMB
    assert sum(inflated) < 10_000


def test_a_part_that_lies_about_its_size_is_stopped(inflated):
    honest = packed(word_parts(p("计划")) | {"word/document.xml": b" " * 60_000_000})
    lie = honest.replace(struct.pack("<I", 60_000_000), struct.pack("<I", 1000))

    assert refusal(lie) == refusals.CORRUPT_WORD
    assert sum(inflated) < package.LARGEST_PART


def test_all_parts_together_are_limited(monkeypatch, inflated):
    monkeypatch.setattr(package, "MOST_READ", 100_000)
    data = packed(word_parts(p("计划" * 60_000)))

    assert refusal(data) == refusals.BOMB
    assert sum(inflated) < 200_000


def test_too_many_entries_are_refused_before_they_are_listed(monkeypatch):
    data = packed({f"{n}.xml": "" for n in range(package.MOST_ENTRIES + 1)})
    monkeypatch.setattr(zipfile, "ZipFile", None)

    assert refusal(data) == refusals.BOMB


def test_all_that_is_declared_is_limited_pictures_too(monkeypatch, inflated):
    monkeypatch.setattr(package, "MOST_DECLARED", 100_000)
    data = packed(word_parts(p("计划")) | {"word/media/a.bmp": b"\0" * 100_000})

    assert refusal(data) == refusals.BOMB
    assert inflated == []


def test_encrypted_and_oddly_packed_entries_are_refused():
    plain = word_file(p("计划"))
    at = plain.index(b"PK\x01\x02")
    locked = plain[: at + 8] + b"\x01" + plain[at + 9 :]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as odd:
        odd.writestr("[Content_Types].xml", "<Types/>")

    assert refusal(locked) == refusals.ENCRYPTED_ZIP
    assert refusal(stream.getvalue()) == refusals.CORRUPT_WORD


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-le"])
def test_entities_are_never_expanded(encoding):
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="x"><w:body>&b;</w:body></w:document>'
    ).encode(encoding)

    assert refusal(packed(word_parts("") | {"word/document.xml": bomb})) == refusals.CORRUPT_WORD


def test_outside_files_are_never_opened():
    rels = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><Relationships/>'

    assert refusal(packed(word_parts(p("a")) | {"_rels/.rels": rels})) == refusals.CORRUPT_WORD


def test_more_tags_paragraphs_or_cells_than_a_person_writes_are_refused(monkeypatch):
    monkeypatch.setattr("gonghui.core.documents.inbound.word.MOST_PARAGRAPHS", 50)
    monkeypatch.setattr("gonghui.core.documents.inbound.word_tables.MOST_CELLS", 50)
    monkeypatch.setattr(package, "MOST_TAGS", 2000)
    wide = tc("宽", '<w:gridSpan w:val="9999999"/>')

    assert refusal(word_file("<w:p/>" * 51)) == refusals.TOO_LONG
    assert refusal(word_file(tbl(tr(wide, wide)))) == refusals.TOO_LONG
    assert refusal(word_file("<w:p/>" * 2001)) == refusals.TOO_LONG


def test_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr("gonghui.core.documents.inbound.word.MOST_TEXT", 50)

    assert refusal(word_file(p("字" * 51))) == refusals.TOO_LONG


def test_the_deepest_nesting_that_parses_is_read():
    """Three levels a table: as deep as the parser goes, and no deeper than Python's stack."""
    deep = "<w:tbl><w:tr><w:tc>" * 80 + p("底") + "</w:tc><w:tc/></w:tr></w:tbl>" * 80

    assert read_upload(io.BytesIO(word_file(deep)), "计划.docx").text.strip() == "底"


@pytest.mark.parametrize("depth", [260, 9000])
def test_endless_nesting_is_refused(depth):
    deep = "<w:sdt>" * depth + p("底") + "</w:sdt>" * depth

    assert refusal(word_file(deep)) == refusals.CORRUPT_WORD


def test_a_pdf_that_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr("gonghui.core.documents.inbound.pdf.LONGEST_WAIT", 0.0)

    assert refusal(pdf(), "计划.pdf") == refusals.SLOW_PDF
