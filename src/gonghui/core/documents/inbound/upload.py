"""The one door for an uploaded document: size first, then what it really is, then its reader."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO, Literal

from gonghui.core.documents.inbound import refusals
from gonghui.core.documents.inbound.pdf import read_pdf
from gonghui.core.documents.inbound.plain import decode
from gonghui.core.documents.inbound.refusals import LARGEST_UPLOAD, Unreadable
from gonghui.core.documents.inbound.sniffing import kind_of
from gonghui.core.documents.inbound.word import read_word
from gonghui.kit.blocks import Block, plain_blocks, text_of

Kind = Literal["docx", "pdf", "txt"]


@dataclass(frozen=True, slots=True)
class Inbound:
    """A document that was read; ``text`` is all of its blocks, furniture included, in order."""

    blocks: tuple[Block, ...]
    text: str
    kind: Kind


def read_upload(file: BinaryIO, name: str) -> Inbound:
    """Read a .docx, .pdf or .txt by what it is, not by its name; raise ``Unreadable`` otherwise."""
    data = _bytes_of(file)
    found = kind_of(data, name)
    if found == "txt":
        text = decode(data)
        return Inbound(plain_blocks(text), text, "txt")
    kind: Kind = "docx" if found == "zip" else "pdf"
    blocks = read_word(data) if kind == "docx" else read_pdf(data)
    return Inbound(blocks, text_of(blocks), kind)


def _bytes_of(file: BinaryIO) -> bytes:
    """The whole file, never more than the limit: a larger one is refused before it is read."""
    if file.seekable():
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        if size > LARGEST_UPLOAD:
            raise Unreadable(refusals.TOO_LARGE)
    data = file.read(LARGEST_UPLOAD + 1)
    if len(data) > LARGEST_UPLOAD:
        raise Unreadable(refusals.TOO_LARGE)
    if not data:
        raise Unreadable(refusals.EMPTY)
    return data
