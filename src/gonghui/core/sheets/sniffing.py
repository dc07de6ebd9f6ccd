"""Tells what a sheet really is, whatever its name says, and refuses what should not be read."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import BinaryIO, Literal

from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.documents.inbound.sniffing import OLE, ZIP

from . import refusals
from .refusals import LARGEST_SHEET, MEGABYTE

Kind = Literal["xlsx", "xls", "text"]

HEAD = 64 * 1024
TEXT_NAMES = frozenset({"csv", "txt", "tsv", "text"})
BOOK_NAMES = frozenset({"xlsx", "xls", "et", "xlsm", "xlt", "xltx", "ett"})
NAMED = {
    **dict.fromkeys(("doc", "docx", "wps"), refusals.WORD),
    **dict.fromkeys(("ppt", "pptx", "dps"), refusals.SLIDES),
    **dict.fromkeys(("zip", "rar", "7z", "gz"), refusals.ARCHIVE),
    **dict.fromkeys(("htm", "html", "mht", "xml"), refusals.WEB_PAGE),
    **dict.fromkeys(("ods", "xlsb"), refusals.OTHER_BOOK),
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "bmp", "webp"), refusals.IMAGE),
    "pdf": refusals.PDF,
}
MAGIC: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM6"), refusals.IMAGE),
    ((b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh"), refusals.ARCHIVE),
    ((b"{\\rtf",), refusals.RICH_TEXT),
    ((b"%PDF-",), refusals.PDF),
)
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<meta", b"mime-version:")
# What the parts of a package are called says what it is.
PARTS = (
    ("xl/vbaproject.bin", refusals.MACROS),
    ("xl/macrosheets/", refusals.MACROS),
    ("xl/workbook.bin", refusals.OTHER_BOOK),
    ("word/", refusals.WORD),
    ("ppt/", refusals.SLIDES),
    ("meta-inf/manifest.xml", refusals.OTHER_BOOK),
)
MOST_ENTRIES = 3000
MOST_DIRECTORY = 1 * MEGABYTE
MOST_DECLARED = 3000 * MEGABYTE  # a million rows of thirty columns are about two thousand
STEEPEST = 400  # times smaller than its content; a sheet of one repeated row is about 200
STEEP_FROM = 8 * MEGABYTE
END = b"PK\x05\x06"


def kind_of(file: BinaryIO, name: str) -> Kind:
    """``xlsx``, ``xls`` or ``text``; anything else is refused."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > LARGEST_SHEET:
        raise Unreadable(refusals.TOO_LARGE)
    head = file.read(HEAD)
    if not head:
        raise Unreadable(refusals.EMPTY)
    _refuse_magic(head)
    if head.startswith(OLE):
        return _old_book(file)
    if head.startswith(ZIP):
        return _package(file, size)
    return _text(head, name)


def _refuse_magic(head: bytes) -> None:
    for openings, sentence in MAGIC:
        if head.startswith(openings):
            raise Unreadable(sentence)
    opening = head[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(MARKUP):
        raise Unreadable(refusals.WEB_PAGE)


def _text(head: bytes, name: str) -> Kind:
    """Text may come under a text name only: an ``.xlsx`` that holds no package is broken."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending in BOOK_NAMES:
        # Programs that write tabs between the cells and call it .xls are honest enough.
        if b"\0" in head or b"\t" not in head:
            raise Unreadable(refusals.CORRUPT)
        return "text"
    if ending not in TEXT_NAMES:
        raise Unreadable(NAMED.get(ending, refusals.UNKNOWN_NAME))
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and head[:200].count(0) > 120:
        raise Unreadable(refusals.NOT_A_SHEET)
    return "text"


def _old_book(file: BinaryIO) -> Kind:
    """An OLE container: its directory names what is in it, wherever the directory lies."""
    file.seek(0)
    data = file.read()
    if _names(data, "EncryptedPackage"):
        raise Unreadable(refusals.ENCRYPTED)
    if _names(data, "_VBA_PROJECT"):
        raise Unreadable(refusals.MACROS)
    if _names(data, "PowerPoint Document"):
        raise Unreadable(refusals.SLIDES)
    if _names(data, "Workbook") or _names(data, "Book"):
        return "xls"
    raise Unreadable(refusals.WORD if _names(data, "WordDocument") else refusals.NOT_A_SHEET)


def _names(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data


def _package(file: BinaryIO, size: int) -> Kind:
    _check_directory(file, size)
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Unreadable(refusals.CORRUPT) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(refusals.ENCRYPTED)
    names = [entry.filename.lower().lstrip("/") for entry in entries]
    for part, sentence in PARTS:
        if any(name.startswith(part) for name in names):
            raise Unreadable(sentence)
    if "xl/workbook.xml" not in names:
        known = any(name.startswith("xl/") for name in names)
        raise Unreadable(refusals.CORRUPT if known else refusals.ARCHIVE)
    if sum(e.file_size for e in entries) > MOST_DECLARED or any(map(_is_steep, entries)):
        raise Unreadable(refusals.BOMB)
    return "xlsx"


def _is_steep(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > STEEP_FROM and entry.file_size > STEEPEST * entry.compress_size


def _check_directory(file: BinaryIO, size: int) -> None:
    """Bound the central directory before zipfile builds an object for each of its entries."""
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise Unreadable(refusals.CORRUPT)
    entries, length = struct.unpack_from("<HI", tail, at + 10)
    zip64 = tail[max(0, at - 20) : at].startswith(b"PK\x06\x07")
    if zip64 or entries > MOST_ENTRIES or length > MOST_DIRECTORY:
        raise Unreadable(refusals.BOMB)
