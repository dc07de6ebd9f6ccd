"""Pictures are known by more than their first bytes, and lose what a phone wrote into them."""

from __future__ import annotations

import struct
import zlib

import pytest

from gonghui.kit.pictures import MOST_PIXELS, PNG, NoPicture, read_picture

PLACE = b"Exif\x00\x00GPS 30.27N 120.15E"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 40, height: int = 30, *, tells: bytes = PLACE) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    drawn = segment(0xE0, b"JFIF\x00") + segment(0xE1, tells) + segment(0xFE, b"note")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\x34"
    return b"\xff\xd8" + drawn + segment(0xC0, frame) + scan + b"\xff\xd9"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 40, height: int = 30) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"\x00" * (min(width, 99) + 1) * min(height, 99))
    return PNG + head + chunk(b"eXIf", PLACE) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("content", "kind"), [(jpeg(), "image/jpeg"), (png(), "image/png")])
def test_picture_keeps_what_draws_it_and_tells_no_place(content, kind):
    found = read_picture(content)

    assert (found.kind, found.width, found.height) == (kind, 40, 30)
    assert b"GPS" not in found.content
    assert read_picture(found.content).content == found.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff" + b"nothing of a picture" * 9,
        PNG + b"nothing of a picture" * 9,
        b"%PDF-1.7",
        b"<html>",
        jpeg()[:-2],
        jpeg()[:40],
        jpeg().replace(b"\xff\xc0", b"\xff\xfe"),
        png()[:-6],
        png().replace(b"IDAT", b"IDAX"),
        png()[: png().index(b"IDAT") - 4] + chunk(b"IEND", b""),
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xfe\x00\x02no marker",
        b"\xff\xd8\xff\xfe\xff\xffshort",
    ],
)
def test_what_only_begins_like_a_picture_is_none(content):
    with pytest.raises(NoPicture):
        read_picture(content)


@pytest.mark.parametrize("size", [(0, 30), (40, 0), (MOST_PIXELS, 2), (60_000, 60_000)])
def test_size_no_camera_takes_is_refused(size):
    width, height = size

    with pytest.raises(NoPicture):
        read_picture(png(width, height))


def test_filling_bytes_before_a_marker_are_passed_over():
    content = jpeg().replace(b"\xff\xc0", b"\xff\xff\xff\xc0")

    assert read_picture(content).width == 40
