"""One process for one database: says what it will measure, then does a round for every line in.

It is started by ``fleet.py`` with the database in its environment and answers in JSON lines.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django


def main(size: int, subject: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever else is printed must not mix with the answers
    django.setup()
    from .data import prepare  # noqa: PLC0415  # needs the settings above
    from .pages import Visit, all_pages  # noqa: PLC0415  # likewise

    prepare(size)
    visit = Visit([page for page in all_pages() if page.subject == subject])
    visit.learn()
    _answer(answers, [_told(page) for page in visit.pages])
    for _ in sys.stdin:
        visit.round()
        _answer(answers, [[page.times[-1], page.bare_times[-1]] for page in visit.pages])


def _told(page: Any) -> dict[str, Any]:
    names = ("name", "rows", "count", "queries", "bare_queries", "most")
    return {name: getattr(page, name) for name in names}


def _answer(stream: Any, said: Any) -> None:
    print(json.dumps(said, ensure_ascii=False), file=stream, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
