"""A film for Chromium's make-believe camera: one code, held still before it."""

from __future__ import annotations

from pathlib import Path

import segno

WIDTH, HEIGHT, FRAMES = 640, 480, 4


def film_of(words: str, file: Path) -> Path:
    """A Y4M file of a few grey frames; the plainest film there is, written by hand."""
    light = _picture(words)
    colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F5:1 Ip A1:1 C420jpeg\n".encode()
    file.write_bytes(head + (b"FRAME\n" + light + colour) * FRAMES)
    return file


def _picture(words: str) -> bytes:
    code = segno.make(words, error="m", micro=False)
    rows = [[235 if not dark else 16 for dark in row] for row in code.matrix_iter(border=4)]
    scale = HEIGHT // len(rows)
    left = (WIDTH - scale * len(rows)) // 2
    white = bytes([235])
    picture = bytearray()
    for row in rows:
        inner = b"".join(bytes([one]) * scale for one in row)
        line = white * left + inner
        picture += (line + white * (WIDTH - len(line))) * scale
    return bytes(picture + white * (WIDTH * HEIGHT - len(picture)))
