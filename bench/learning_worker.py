"""One process for one database: ten rules and everybody's credits, judged and taken away again."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable

import django

LONG = 2.0  # seconds; what takes longer is measured at most twice


def main(size: int, rounds: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever else is printed must not mix with the answers
    django.setup()
    from django.db import transaction  # noqa: PLC0415  # needs the settings above

    from .data import prepare  # noqa: PLC0415  # likewise
    from .learning_work import Learning  # noqa: PLC0415  # likewise

    prepare(size)
    with transaction.atomic():  # the other subjects find the data as it was
        told = [_measured(name, work, rounds) for name, work in Learning().works().items()]
        transaction.set_rollback(True)
    print(json.dumps(told), file=answers, flush=True)


def _measured(name: str, work: Callable[[], object], rounds: int) -> dict[str, object]:
    times: list[float] = []
    work()  # once unmeasured: Django writes its SQL for the first time
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
        if times[-1] > LONG:
            break
    return {"name": name, "times": times}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
