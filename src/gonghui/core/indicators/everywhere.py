"""One indicator of every body there is, each with all below it, by one question."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, F, Sum

from gonghui.core.orgs.models import STEP, Org
from gonghui.kit.dates import Period

from .conditions import held, is_asked_in_time
from .counting import Number
from .families import PEOPLE, Plan
from .registry import Indicator
from .working import UP, ancestors, said


def everywhere(one: Indicator, period: Period) -> dict[int, Number]:
    """Body → figure, of those that have any; sums go up the paths, people are counted anew."""
    if not is_asked_in_time(one.source, period):
        return {}
    return _people(one, period) if one.people else _sums(one, period)


def _sums(one: Indicator, period: Period) -> dict[int, Number]:
    rows = one.source.rows().filter(held(one.source, period)).order_by()
    rows = rows.filter(one.condition(period)).annotate(org_=F(one.source.org or "pk"))
    what = Sum(one.sum) if one.sum else Count("pk")
    own = dict(rows.values("org_").annotate(n_=what).values_list("org_", "n_"))
    bodies = dict(Org.objects.order_by().values_list("path", "pk"))
    paths = {pk: path for path, pk in bodies.items()}
    found: dict[int, Number] = {}
    for org, number in own.items():
        path = paths[org]
        for end in range(STEP, len(path) + 1, STEP):
            above = bodies[path[:end]]
            found[above] = found.get(above, 0) + (number or 0)
    return found


def _people(one: Indicator, period: Period) -> dict[int, Number]:
    sql, params = said(Plan("", one.source, PEOPLE, (one,)).question(period))
    asked = (
        f"SELECT u.above, COUNT(DISTINCT CASE WHEN s.v0 = 1 THEN s.person_ END) FROM ({sql}) s"
        f" JOIN {UP} u ON u.org = s.org_ GROUP BY u.above"
    )
    with ancestors(), connection.cursor() as cursor:
        cursor.execute(asked, params)
        return {org: number for org, number in cursor.fetchall() if number}
