"""One process with the database in its environment: does what ``activities_data`` is asked for."""

from __future__ import annotations

import json
import os
import sys

import django


def main(said: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever else is printed must not mix with the answers
    django.setup()
    from .activities_data import prepare, truth  # noqa: PLC0415  # needs the settings above

    numbers = [int(one) for one in said[1:]]
    told = prepare(*numbers) if said[0] == "prepare" else [truth(one) for one in numbers]
    print(json.dumps(told, ensure_ascii=False), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
