"""What statistics puts on the desk of an officer: forms to hand in, and those to look through."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.sockets import Line, desk_lines

from .models import Filing, FilingState
from .queries.filings import on_desk, to_hand_in

MOST = 5


def _lines(actor: Actor, org: Org, day: date) -> list[Line]:
    asked, waiting = on_desk(org)
    found = []
    if asked and actor.can("statistics.write", at=org):
        found += _own(org, day, asked)
    if waiting and actor.can("statistics.review", at=org):
        url = _listed(org, "below", state=FilingState.CONFIRMED.value, reviewer=org.pk)
        found.append(Line("审核下级上报的报表", f"{waiting} 份待审核", url, "doing"))
    return found


def _own(org: Org, day: date, count: int) -> list[Line]:
    """What is due first; the rest are counted and stand in the list."""
    found = [_line(one, day) for one in to_hand_in(org)[:MOST]]
    if count > MOST:
        url = _listed(org, "own", state="missing")
        found.append(Line("全部要报的报表", f"共 {count} 张", url, "wait"))
    return found


def _line(filing: Filing, day: date) -> Line:
    due, is_returned = filing.collection.due_on, filing.state == FilingState.RETURNED
    words = "被退回" if is_returned else f"{due:%Y-%m-%d} 前上报"
    url = reverse("statistics:filing-detail", args=[filing.pk])
    tone = "late" if is_returned or due < day else "wait"
    return Line(f"填报：{filing.collection}", words, url, tone)


def _listed(org: Org, scope: str, **said: str | int) -> str:
    query: dict[str, str | int] = {"org": org.pk, "scope": scope, **said}
    return f"{reverse('statistics:filing-list')}?{urlencode(query)}"


desk_lines.add("statistics", _lines)
