"""One process for one database: makes the kept figures anew, follows a day, reads a page."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

# Members of each union with all below it, activities held in a year, who took part in one: what
# one would write by hand, path by path.
UP = """
JOIN orgs_org u ON u.path IN (SUBSTR(o.path, 1, 5), SUBSTR(o.path, 1, 10), SUBSTR(o.path, 1, 15),
 SUBSTR(o.path, 1, 20), SUBSTR(o.path, 1, 25))
"""
MEMBERS = f"""
WITH counted AS (SELECT org_id, COUNT(*) AS n FROM people_membership
 WHERE standing = 'member' AND since <= %s AND (until IS NULL OR until >= %s) GROUP BY org_id)
SELECT u.id, SUM(counted.n) FROM counted JOIN orgs_org o ON o.id = counted.org_id {UP} GROUP BY u.id
"""
HELD = f"""
WITH counted AS (SELECT org_id, COUNT(*) AS n FROM activities_activity
 WHERE state IN ('held', 'recorded', 'filed') AND starts_at >= %s AND starts_at < %s
 GROUP BY org_id)
SELECT u.id, SUM(counted.n) FROM counted JOIN orgs_org o ON o.id = counted.org_id {UP} GROUP BY u.id
"""
PEOPLE = f"""
SELECT u.id, COUNT(DISTINCT a.person_id) FROM attendance_attendance a
JOIN activities_session s ON s.id = a.session_id JOIN activities_activity y ON y.id = s.activity_id
JOIN orgs_org o ON o.id = y.org_id {UP}
WHERE a.in_at IS NOT NULL AND s.starts_at >= %s AND s.starts_at < %s GROUP BY u.id
"""


def main(size: int, rounds: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever else is printed must not mix with the answers
    django.setup()
    from .counting_data import prepare  # noqa: PLC0415  # needs the settings above

    prepare(size)
    rows = [*_made(), *_read(rounds), *_beside_sql(rounds), _memory()]
    print(json.dumps(rows), file=answers, flush=True)


def _made() -> list[dict[str, Any]]:
    """Everything from scratch, and again after fifty thousand records of one day."""
    from django.utils import timezone  # noqa: PLC0415  # after the settings

    from gonghui.core.indicators.following import refresh  # noqa: PLC0415  # likewise
    from gonghui.core.indicators.models import Family, Line  # noqa: PLC0415  # likewise
    from gonghui.core.indicators.rolling import make_all  # noqa: PLC0415  # likewise

    from .counting_data import a_day  # noqa: PLC0415  # likewise

    Line.objects.all()._raw_delete("default")
    Family.objects.all().delete()
    first = _timed(make_all)
    slowest = Family.objects.order_by("-milliseconds").values_list("key", "milliseconds")[:8]
    for key, milliseconds in slowest:
        print(key, milliseconds, "ms", file=sys.stderr)
    lines = Line.objects.count()
    a_day(50_000)
    Family.objects.update(
        made_on=timezone.localdate(), fresh_at=timezone.now() - timedelta(hours=1)
    )
    return [
        {"name": "all figures from scratch", "times": [first]},
        {"name": "lines kept", "times": [lines], "unit": "lines"},
        {"name": "a day's 50,000 records", "times": [_timed(lambda: refresh(timezone.now()))]},
    ]


def _read(rounds: int) -> list[dict[str, Any]]:
    """Thirty figures of the root and of the units below it, as the page asks for them."""
    from django.utils import timezone  # noqa: PLC0415  # after the settings

    from gonghui.core.indicators.reading import table  # noqa: PLC0415  # likewise
    from gonghui.core.indicators.registry import Indicator, indicators  # noqa: PLC0415  # likewise
    from gonghui.core.orgs.models import Org  # noqa: PLC0415  # likewise
    from gonghui.kit.dates import Period  # noqa: PLC0415  # likewise

    root = Org.objects.get(parent=None)
    dated = [one for one in indicators if not isinstance(one, Indicator) or one.source.is_dated]
    thirty = [one for one in dated if one.area in ("membership", "activities")][:30]
    year = Period.of_year(timezone.localdate().year)
    times = [_timed(lambda: table(thirty, root, year)) for _ in range(rounds)]
    return [{"name": "a page of thirty for the root", "times": times}]


def _beside_sql(rounds: int) -> list[dict[str, Any]]:
    """One family of one indicator with every body's figure, and the statement for the same."""
    from django.db import connection  # noqa: PLC0415  # after the settings
    from django.utils import timezone  # noqa: PLC0415  # likewise

    from gonghui.core.indicators.conditions import midnight  # noqa: PLC0415  # likewise
    from gonghui.core.indicators.everywhere import everywhere  # noqa: PLC0415  # likewise
    from gonghui.core.indicators.registry import counted  # noqa: PLC0415  # likewise
    from gonghui.kit.dates import Period  # noqa: PLC0415  # likewise

    today = timezone.localdate()
    year = Period(today.replace(month=1, day=1), today)
    span = [midnight(year.start), midnight(year.end + timedelta(days=1))]
    rows = []
    for code, query, given in (
        ("membership.members", MEMBERS, [today, today]),
        ("activities.held", HELD, span),
        ("participation.people", PEOPLE, span),
    ):
        row: dict[str, Any] = {"name": f"{code} of every body", "times": [], "bare": []}
        found: list[Any] = [None, None]
        for _ in range(rounds):

            def bare(
                query: str = query, given: list[Any] = given, found: list[Any] = found
            ) -> None:
                with connection.cursor() as cursor:
                    cursor.execute(query, given)
                    found[0] = {pk: int(n) for pk, n in cursor.fetchall()}

            def ours(code: str = code, found: list[Any] = found) -> None:
                found[1] = everywhere(counted(code), year)

            row["bare"].append(_timed(bare))
            row["times"].append(_timed(ours))
        if {k: v for k, v in found[0].items() if v} != {k: v for k, v in found[1].items() if v}:
            raise SystemExit(f"{code}: the two do not agree")
        rows.append(row)
    return rows


def _memory() -> dict[str, Any]:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"name": "memory at most", "times": [most], "unit": "MB"}


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
