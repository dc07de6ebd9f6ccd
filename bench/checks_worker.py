"""One process for one database: runs all checks anew and again, and two beside their SQL."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

# What the checks come to when somebody writes them by hand, with the figures typed in.
OVERDUE = """
SELECT t.org_id, t.number, COALESCE(t.extended_to, t.due_on)
FROM elections_term t JOIN orgs_org o ON o.id = t.org_id
WHERE t.ended_on IS NULL AND o.until IS NULL AND COALESCE(t.extended_to, t.due_on) < %s
"""
NO_WOMENS_COMMITTEE = """
WITH counted AS (
 SELECT m.org_id, COUNT(*) AS women FROM people_membership m
 JOIN people_person p ON p.id = m.person_id AND p.sex = 'female'
 WHERE m.standing = 'member' AND m.since <= %s AND (m.until IS NULL OR m.until >= %s)
 GROUP BY m.org_id)
SELECT u.id, SUM(counted.women) FROM counted JOIN orgs_org o ON o.id = counted.org_id
JOIN orgs_org u ON u.path IN (SUBSTR(o.path, 1, 5), SUBSTR(o.path, 1, 10), SUBSTR(o.path, 1, 15),
 SUBSTR(o.path, 1, 20), SUBSTR(o.path, 1, 25), SUBSTR(o.path, 1, 30))
 AND u.kind = 'grassroots' AND u.until IS NULL
WHERE NOT EXISTS (SELECT 1 FROM orgs_org w
 WHERE w.parent_id = u.id AND w.function = 'women' AND w.until IS NULL)
GROUP BY u.id HAVING SUM(counted.women) >= 10
"""


def main(size: int, kind: str, rounds: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever else is printed must not mix with the answers
    django.setup()
    if kind == "unions":
        from .nation import prepare  # noqa: PLC0415  # needs the settings above
    else:
        from .data import prepare  # noqa: PLC0415  # likewise
    prepare(size)
    print(json.dumps([*_whole(), *_beside_sql(rounds)]), file=answers, flush=True)


def _whole() -> list[dict[str, Any]]:
    """All checks on an empty table, on the day after, and on a day on which much has changed."""
    from django.utils import timezone  # noqa: PLC0415  # after the settings

    from gonghui.core.watch.models import Finding  # noqa: PLC0415  # likewise
    from gonghui.core.watch.refreshing import refresh  # noqa: PLC0415  # likewise

    today = timezone.localdate()
    Finding.objects.all().delete()
    first = _timed(lambda: refresh(day=today))
    found = Finding.objects.count()
    again = _timed(lambda: refresh(day=today + timedelta(days=1)))
    return [
        {"name": "all checks, the first time", "times": [first], "found": found},
        {"name": "all checks, a day later", "times": [again]},
    ]


def _beside_sql(rounds: int) -> list[dict[str, Any]]:
    from django.db import connection  # noqa: PLC0415  # after the settings
    from django.utils import timezone  # noqa: PLC0415  # likewise

    from gonghui.core.watch.checking import Sight, checks  # noqa: PLC0415  # likewise

    today = timezone.localdate()
    rows = []
    for code, query, days in (("R-447", OVERDUE, 1), ("ORG-14", NO_WOMENS_COMMITTEE, 2)):
        row: dict[str, Any] = {"name": f"{code} beside its SQL", "times": [], "bare": []}
        for _ in range(rounds):
            find = checks[code].find
            row["times"].append(_timed(lambda find=find: list(find(Sight(today)))))

            def bare(query: str = query, days: int = days) -> None:
                with connection.cursor() as cursor:
                    cursor.execute(query, [today] * days)
                    cursor.fetchall()

            row["bare"].append(_timed(bare))
        rows.append(row)
    return rows


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
