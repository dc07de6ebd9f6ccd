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


def main(file: Path, size: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    answers = sys.stdout
    sys.stdout = sys.stderr
    django.setup()
    from .roster_work import Conversation, plain  # noqa: PLC0415  # needs the settings above

    told: dict[str, Any] = {}
    talk = Conversation(file)
    told["preview"] = _timed(talk.preview)
    told["read"] = _timed(talk.only_read)
    told["commit"] = _timed(talk.commit)
    told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told["again"] = _timed(talk.preview_again)
    told["rows"] = talk.rows()
    told["undo"] = _timed(talk.undo)
    told["write"] = talk.only_write()
    if size <= PLAIN_UP_TO:
        told["plain"] = _timed(lambda: plain(file))
    answers.write(json.dumps(told))


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
