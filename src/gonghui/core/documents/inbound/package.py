"""Opens the zip of a Word file so that nothing in it can cost more than it should."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from gonghui.core.documents.inbound import refusals
from gonghui.core.documents.inbound.refusals import MEGABYTE, Unreadable

MOST_ENTRIES = 3000
MOST_DIRECTORY = 1 * MEGABYTE  # bytes of central directory; zipfile builds an object per entry
MOST_DECLARED = 400 * MEGABYTE  # pictures included, which are never inflated
LARGEST_PART = 16 * MEGABYTE  # a hundred pages of Word are two to four
MOST_READ = 40 * MEGABYTE  # all parts of one file together
STEEPEST = 300  # times smaller than its content; honest XML stays below 100
STEEP_FROM = 4 * MEGABYTE
MOST_TAGS = 1_200_000
CHUNK = 64 * 1024

TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
END = b"PK\x05\x06"
PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
Element = Any  # lxml ships no types


class Package:
    """The parts of a Word file, each inflated only when asked for and only up to a limit."""

    def __init__(self, data: bytes) -> None:
        _check_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise Unreadable(refusals.CORRUPT_WORD) from error
        self._names = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
        self._left = MOST_READ
        self._check_declared()

    def _check_declared(self) -> None:
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable(refusals.ENCRYPTED_ZIP)
        if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_DECLARED:
            raise Unreadable(refusals.BOMB)

    def names(self) -> set[str]:
        return set(self._names)

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or None if there is no such part."""
        info = self._names.get(name.lstrip("/").lower())
        if info is None:
            return None
        steep = info.file_size > STEEP_FROM and info.file_size > STEEPEST * info.compress_size
        if info.file_size > LARGEST_PART or steep:
            raise Unreadable(refusals.BOMB)
        if info.compress_type not in PLAIN_METHODS:
            raise Unreadable(refusals.CORRUPT_WORD)
        return self._inflate(info)

    def _inflate(self, info: zipfile.ZipInfo) -> bytes:
        """Count what really comes out: the declared size may be a lie."""
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    self._left -= len(piece)
                    if size > LARGEST_PART or self._left < 0:
                        raise Unreadable(refusals.BOMB)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Unreadable(refusals.CORRUPT_WORD) from error
        return b"".join(pieces)

    def xml(self, name: str) -> Element | None:
        """A part parsed without entities, network or document type, or None if it is missing."""
        data = self.read(name)
        return None if data is None else parse(data)

    def relations(self, name: str) -> list[tuple[str, str]]:
        """What a part refers to inside the package: (last word of the type, part name)."""
        folder, _, file = name.lstrip("/").rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: list[tuple[str, str]] = []
        for relation in [] if root is None else root.iter(RELATION):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                path = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                found.append((kind, posixpath.normpath(path).lstrip("/")))
        return found


def parse(data: bytes) -> Element:
    """OOXML never has a document type; one that has is an attack or no Word file."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<\0!\0" in data or b"\0<\0!" in data:
        raise Unreadable(refusals.CORRUPT_WORD)
    if max(data.count(b"<"), data.count(b"=")) > MOST_TAGS:
        raise Unreadable(refusals.TOO_LONG)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,  # no deeper than 256, which the readers bear
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.replace(STRICT, TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(refusals.CORRUPT_WORD) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(refusals.CORRUPT_WORD)
    return root


def _check_directory(data: bytes) -> None:
    """Bound the central directory before zipfile reads it; zip64 has no place in 20 MB."""
    at = data.rfind(END, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22 or data[max(0, at - 20) : at].startswith(b"PK\x06\x07"):
        raise Unreadable(refusals.CORRUPT_WORD)
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if entries > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise Unreadable(refusals.BOMB)
