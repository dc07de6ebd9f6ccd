"""Runs alone in a limited process: a PDF on standard input, its pieces of text as JSON lines out.

Imports nothing of ours, so that it starts fast and a hostile file meets as little as possible.
"""

from __future__ import annotations

import io
import json
import resource
import signal
import sys
from typing import Any

from pypdf import PdfReader

MEGABYTE = 1024 * 1024
MEMORY = 600 * MEGABYTE
SECONDS_TO_OPEN = 1.2  # of processor time, so a busy machine refuses no honest file
# A page may take a second once in a while, but honest files need a hundredth on average: what is
# left of the first second is used up within two by one whose every page is slow.
SECONDS_A_PAGE = 1.0
SECONDS_ADDED_BY_PAGE = 0.1
SECONDS_IN_ALL = 12
MOST_PIECES = 600_000

Piece = tuple[float, float, float, str]  # x, y from the bottom, size, text


def main(most_text: int, most_pages: int) -> None:
    """Say one JSON object a line: {"refused": …} or {"pages": n}, then one a page."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_IN_ALL, SECONDS_IN_ALL))
    _allow(SECONDS_TO_OPEN)
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted:
        return _say({"refused": "encrypted"})
    count = len(reader.pages)
    if count > most_pages:
        return _say({"refused": "long"})
    _say({"pages": count})
    return _read_pages(reader, most_text)


def _read_pages(reader: PdfReader, most_text: int) -> None:
    left = SECONDS_A_PAGE
    length = pieces_so_far = 0
    for page in reader.pages:
        _allow(left)
        pieces: list[Piece] = []
        page.extract_text(visitor_text=_collector(pieces))
        left = signal.getitimer(signal.ITIMER_PROF)[0] + SECONDS_ADDED_BY_PAGE
        left = min(left, SECONDS_A_PAGE)
        length += sum(len(piece[3]) for piece in pieces)
        pieces_so_far += len(pieces)
        if length > most_text or pieces_so_far > MOST_PIECES:
            return _say({"refused": "long"})
        _say({"pieces": pieces, "drawn": "/XObject" in (page.get("/Resources") or {})})
    return None


def _allow(seconds: float) -> None:
    """The system ends this process when it has worked that long without asking again."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.01))


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _collector(pieces: list[Piece]) -> Any:
    """A pypdf visitor that notes where each piece stands on the page, joined where they touch."""

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        words = text.replace("\n", "").replace("\r", "")
        if not words.strip():
            if words and pieces:
                x, y, scale, before = pieces[-1]
                pieces[-1] = (x, y, scale, before.rstrip(" ") + " ")
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = (tm[2] * cm[1] + tm[3] * cm[3]) or (tm[1] * cm[2]) or 1.0
        _add(pieces, (round(x, 1), round(y, 1), round(abs(height * size), 1), words))

    return visit


def _add(pieces: list[Piece], new: Piece) -> None:
    if pieces:
        x, y, size, before = pieces[-1]
        end = x + size * sum(1.0 if c > "\u2e7f" else 0.25 if c == " " else 0.5 for c in before)
        if abs(y - new[1]) < 0.5 and size == new[2] and abs(end - new[0]) < 0.35 * size:
            pieces[-1] = (x, y, size, before + new[3])
            return
    pieces.append(new)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
