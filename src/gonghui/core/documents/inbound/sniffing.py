"""Tells what a file really is from its bytes, whatever its name says."""

from __future__ import annotations

from gonghui.core.documents.inbound import refusals
from gonghui.core.documents.inbound.refusals import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
KNOWN_NAMES = frozenset(
    ("docx", "docm", "dotx", "dotm", "doc", "dot", "wps", "wpt", "pdf", "txt", "text", "rtf")
)
# Names that say plainly what the file is, so that the officer is told that and not a list.
NAMED = {
    **dict.fromkeys(("xlsx", "xls", "xlsm", "et", "csv"), refusals.SPREADSHEET),
    **dict.fromkeys(("pptx", "ppt", "dps"), refusals.SLIDES),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tar"), refusals.ARCHIVE),
    **dict.fromkeys(("htm", "html", "mht", "mhtml"), refusals.WEB_PAGE),
    **dict.fromkeys(("odt", "ods", "ofd"), refusals.OPEN_DOCUMENT),
    **dict.fromkeys(
        ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic"), refusals.IMAGE
    ),
}
MAGIC: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), refusals.IMAGE),
    ((b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh"), refusals.ARCHIVE),
    ((b"{\\rtf",), refusals.RICH_TEXT),
)
MARKUP: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"<!doctype html", b"<html", b"mime-version:", b"<head", b"<body"), refusals.WEB_PAGE),
    ((b"<?mso-application", b"<w:worddocument"), refusals.OLD_XML),
)


def kind_of(data: bytes, name: str) -> str:
    """``zip``, ``pdf`` or ``txt``; anything else is refused by what it is, then by its name."""
    _refuse_magic(data)
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix not in KNOWN_NAMES:
        raise Unreadable(NAMED.get(suffix, refusals.UNKNOWN_NAME))
    if data.startswith(ZIP):
        return "zip"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _text_or_refusal(data, suffix)


def _text_or_refusal(data: bytes, suffix: str) -> str:
    """Text may come under a text name only: a ``.docx`` that holds no zip is a broken file."""
    if suffix in ("txt", "text"):
        return "txt"
    if suffix == "pdf":
        raise Unreadable(refusals.CORRUPT_PDF)
    raise Unreadable(refusals.OLD_WORD if suffix in ("doc", "wps") else refusals.CORRUPT_WORD)


def _refuse_magic(data: bytes) -> None:
    if data.startswith(OLE):
        raise Unreadable(_inside_ole(data))
    for openings, sentence in MAGIC:
        if data.startswith(openings):
            raise Unreadable(sentence)
    if _is_other_image(data):
        raise Unreadable(refusals.IMAGE)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for openings, sentence in reversed(MARKUP):
        opens_with_tag = head.startswith(b"<") and any(o in head for o in openings)
        if opens_with_tag or head.startswith(openings):
            raise Unreadable(sentence)


def _is_other_image(data: bytes) -> bool:
    return (
        (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0")
        or data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif")
    )


def _inside_ole(data: bytes) -> str:
    """An OLE container is an encrypted .docx or an old binary file; its directory names it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refusals.ENCRYPTED_WORD
    if any(n.encode("utf-16-le") in data for n in ("Workbook", "PowerPoint Document")):
        return refusals.OLD_OFFICE
    return refusals.OLD_WORD
