"""Looks into JPEG and PNG files far enough to know they are pictures, and takes out what they tell.

A phone writes into a photo where and when it was taken, and with which phone. Only the parts that
draw the picture are kept.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n"
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # start of frame, of any coding
# Colours and the frame of the file draw the picture; comments and the rest of APPn only tell of it.
DRAWS_APP = {0xE0, 0xE2, 0xEE}
TELLS_APP = frozenset(range(0xE0, 0xF0)) - DRAWS_APP | {0xFE}
DRAWS_CHUNK = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"}
MOST_PIXELS = 60_000_000  # what a good phone takes; more is meant to break whoever opens it


class NoPicture(ValueError):
    """The file is not a JPEG or PNG picture, or it is broken off."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without what it tells: its type, its size in pixels and its bytes."""

    kind: str
    width: int
    height: int
    content: bytes


def read_picture(content: bytes) -> Picture:
    """The picture a file holds; a file with the right beginning alone is not one."""
    try:
        if content.startswith(PNG):
            found = _png(content)
        elif content.startswith(b"\xff\xd8\xff"):
            found = _jpeg(content)
        else:
            raise NoPicture("neither JPEG nor PNG")
    except (struct.error, IndexError) as broken:
        raise NoPicture("broken off") from broken
    if not 0 < found.width * found.height <= MOST_PIXELS:
        raise NoPicture(f"{found.width} × {found.height} pixels")
    return found


def _jpeg(content: bytes) -> Picture:
    kept, size, at = [b"\xff\xd8"], None, 0
    for marker, at, end in _segments(content):
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            size = width, height
        if marker not in TELLS_APP:
            kept.append(content[at:end])
        if marker == SOS:
            break
    if size is None or content.rfind(b"\xff\xd9", at) < 0:
        raise NoPicture("no frame, or no end")
    return Picture("image/jpeg", *size, b"".join(kept))


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, begin and end of each segment; the scan takes all that is left."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise NoPicture("no marker where one must stand")
        marker = content[at + 1]
        if marker == 0xFF:  # a filling byte
            at += 1
            continue
        if marker in (SOI, EOI):
            raise NoPicture("ends before the picture")
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise NoPicture("a segment longer than the file")
        yield marker, at, len(content) if marker == SOS else end
        at = end


def _png(content: bytes) -> Picture:
    at, kept, size = len(PNG), [PNG], None
    names: set[bytes] = set()
    while b"IEND" not in names:
        length, name = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        body = content[at + 4 : end - 4]
        if struct.unpack(">I", content[end - 4 : end])[0] != zlib.crc32(body):
            raise NoPicture("a chunk that does not agree with its sum")
        if name == b"IHDR":
            width, height = struct.unpack(">II", body[4:12])
            size = width, height
        if name in DRAWS_CHUNK:
            kept.append(content[at:end])
        names.add(name)
        at = end
    if size is None or b"IDAT" not in names:
        raise NoPicture("nothing drawn")
    return Picture("image/png", *size, b"".join(kept))
