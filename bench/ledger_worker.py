"""One process for one database: what is asked of the ledger, in turn with what bounds it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import django

LONG = 2.0  # seconds; what takes longer is measured once


def main(size: int, rounds: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever else is printed must not mix with the answers
    django.setup()
    from .data import prepare  # noqa: PLC0415  # needs the settings above
    from .ledger_work import Ledger  # noqa: PLC0415  # likewise

    prepare(size)
    told = [_measured(name, *both, rounds) for name, both in Ledger().works().items()]
    print(json.dumps(told), file=answers, flush=True)


def _measured(
    name: str, work: Callable[[], object], bare: Callable[[], object], rounds: int
) -> dict[str, Any]:
    """Each in turn, so that a busy moment of the machine hits both alike."""
    times: list[float] = []
    bares: list[float] = []
    for _ in range(rounds):
        bares.append(_timed(bare))
        times.append(_timed(work))
        if times[-1] > LONG:
            break
    return {"name": name, "times": times, "bare": bares}


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
