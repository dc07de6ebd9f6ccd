"""Keeps lists sealed: the file as it came, and what was read from it, in pieces."""

from __future__ import annotations

import json
import os
import struct
import uuid
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from gonghui.kit.sealing import NONCE_BYTES, decrypt, encrypt, keys

PLACE = b"exchange"
PIECE = 1024 * 1024
_LENGTH = struct.Struct(">I")


def pack(things: Any) -> bytes:
    """Plain values as sealed bytes."""
    said = json.dumps(things, ensure_ascii=False, separators=(",", ":"))
    return _seal(zlib.compress(said.encode(), 1))


def unpack(sealed: Any) -> Any:
    return json.loads(zlib.decompress(_unseal(bytes(sealed))))


def resealed(sealed: Any) -> bytes:
    """The same bytes sealed with the current key."""
    return _seal(_unseal(bytes(sealed)))


def key_of(field: FieldFile) -> int | None:
    """With which key a stored file is sealed; an empty one with none."""
    with field.open("rb") as stored:
        head = stored.read(_LENGTH.size + 1)
    return head[_LENGTH.size] if len(head) > _LENGTH.size else None


def keep_again(field: FieldFile) -> None:
    """Store a kept file once more, sealed with the current key; the old one still lies there."""
    anew = b"".join(part for piece in pieces(field) for part in _framed(_seal(piece)))
    field.save(uuid.uuid4().hex, ContentFile(anew), save=False)


def keep(field: FieldFile, file: BinaryIO) -> None:
    """Store a file sealed, under a name of our own; nothing of it lies open on the disk."""
    file.seek(0)
    field.save(uuid.uuid4().hex, ContentFile(b"".join(_sealed_pieces(file))), save=False)


def _sealed_pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield from _framed(_seal(piece))


def _framed(sealed: bytes) -> tuple[bytes, bytes]:
    return _LENGTH.pack(len(sealed)), sealed


def pieces(field: FieldFile) -> Iterable[bytes]:
    """The file as it came, piece by piece."""
    with field.open("rb") as stored:
        while length := stored.read(_LENGTH.size):
            yield _unseal(stored.read(_LENGTH.unpack(length)[0]))


def _seal(data: bytes) -> bytes:
    """As ``kit.sealing`` seals a text, but for bytes."""
    held = keys()
    nonce = os.urandom(NONCE_BYTES)
    return bytes([held.current]) + nonce + encrypt(held.by_number[held.current], nonce, data, PLACE)


def _unseal(sealed: bytes) -> bytes:
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return decrypt(keys().by_number[sealed[0]], nonce, body, PLACE)
