"""``python -m bench [SUBJECT …]``: measure, print the table, keep it in ``bench/latest.json``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from . import activities, checks, counting, fleet, learning, ledger, places, reader, roster
from .figures import Figure
from .table import table

LATEST = Path(__file__).with_name("latest.json")


def main() -> None:
    asked = _arguments()
    figures: list[Figure] = []
    for name in asked.subjects + asked.only or SUBJECTS:
        figures += SUBJECTS[name](asked)
    LATEST.write_text(json.dumps([f.row() for f in figures], ensure_ascii=False, indent=1) + "\n")
    print(table(figures))


Subject = Callable[[argparse.Namespace], Iterable[Figure]]
SUBJECTS: dict[str, Subject] = {
    "reader": lambda asked: reader.measure(),
    "pages": lambda asked: fleet.measure("pages", _places(asked), asked.rounds),
    "people": lambda asked: fleet.measure("people", _places(asked), asked.rounds),
    "activities": lambda asked: activities.measure(_places(asked)),
    "checks": lambda asked: checks.measure(_places(asked), large=asked.large),
    "counting": lambda asked: counting.measure(_places(asked)),
    "learning": lambda asked: learning.measure(_places(asked)),
    "ledger": lambda asked: ledger.measure(_places(asked)),
    "roster": lambda asked: roster.measure(_places(asked)),
    "finding": lambda asked: fleet.measure("finding", _places(asked), asked.rounds),
}


def _places(asked: argparse.Namespace) -> list[places.Place]:
    return list(places.places(asked.size, large=asked.large))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    say = parser.add_argument
    say("subjects", nargs="*", metavar="SUBJECT", help=f"of {', '.join(SUBJECTS)}; without, all")
    say("--only", action="append", default=[], choices=[*SUBJECTS], help="the same, by name")
    say("--size", action="append", default=[], type=int, help="people; may be given again")
    say("--large", action="store_true", help="make a city of a million where there is none yet")
    say("--rounds", type=int, default=fleet.ROUNDS)
    asked = parser.parse_args()
    if unknown := set(asked.subjects) - set(SUBJECTS):
        parser.error(f"nothing called {', '.join(sorted(unknown))} is measured")
    return asked


if __name__ == "__main__":
    main()
