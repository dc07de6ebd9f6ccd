"""One roster on one database: read, written, read again and taken back, each beside its bound.

Started by ``roster.py``; says one JSON object of seconds and megabytes, and leaves no people.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PLAIN_UP_TO = 20_000  # rows the plain library is asked to do; it takes minutes for more
BY_HAND_UP_TO = 100_000  # rows kept in memory to be written by hand


def main(file: Path, size: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    answers = sys.stdout
    sys.stdout = sys.stderr
    django.setup()
    from .roster_work import Conversation, plain  # noqa: PLC0415  # needs the settings above

    told: dict[str, Any] = {}
    talk = Conversation(file)
    told["preview"] = _timed(talk.preview)
    reading = _megabytes(resource.RUSAGE_SELF) + _megabytes(resource.RUSAGE_CHILDREN)
    told["commit"] = _timed(talk.commit)
    told["memory"] = max(reading, _megabytes(resource.RUSAGE_SELF))
    told["read"] = _timed(talk.only_read)
    told["again"] = _timed(talk.preview_again)
    told["rows"] = talk.rows()
    if size <= BY_HAND_UP_TO:
        talk.remember()
    told["undo"] = _timed(talk.undo)
    if size <= BY_HAND_UP_TO:
        told["write"] = talk.only_write()
    if size <= PLAIN_UP_TO:
        told["plain"] = _timed(lambda: plain(file))
    answers.write(json.dumps(told))


def _megabytes(whose: int) -> float:
    """The most that was held so far; of children, of the largest: the one that reads the sheet."""
    return resource.getrusage(whose).ru_maxrss / 1024


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
