"""Who is reminded on a day: people before something is due, leaders of a count after it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from gonghui.core.orgs.models import Org

from ..engine.judging import State
from ..models import StudyRule
from .judged import Court, Stands
from .lives import Scope
from .told import Told, all_told


def due_soon(day: date) -> Iterator[Stands]:
    """Items that are still open and fall due so many days from now as their rule says."""
    for one in _wanted(day, Q(remind_days__isnull=False)):
        ahead = day + timedelta(days=one.kept.remind_days or 0)
        court = Court(Scope(path=one.rule.path), [one], day)
        for stands in court.stands():
            if stands.verdict.state == State.OPEN and stands.verdict.due == ahead:
                yield stands


def left_undone(day: date) -> dict[int, dict[int, set[int]]]:
    """Rule → body → the people who had left an item undone so many days after it was due."""
    found: dict[int, dict[int, set[int]]] = {}
    for one in _wanted(day, Q(leader_days__isnull=False)):
        due = day - timedelta(days=one.kept.leader_days or 0)
        court = Court(Scope(path=one.rule.path), [one], day)
        for stands in court.stands(closed=True):
            if stands.verdict.state == State.LATE and stands.verdict.due == due:
                bodies = found.setdefault(one.kept.pk, {})
                bodies.setdefault(stands.crowd.org, set()).add(stands.person)
    return found


def _wanted(day: date, where: Q) -> list[Told]:
    """Rules in force, or ended so lately that their last turn still matters."""
    lately = Q(until=None) | Q(until__gte=day - timedelta(days=60))
    return all_told(where & lately & Q(since__lte=day))


def bodies(wanted: set[int]) -> list[Org]:
    return list(Org.objects.filter(pk__in=wanted))


def rules_by(wanted: set[int]) -> dict[int, StudyRule]:
    return StudyRule.objects.in_bulk(wanted)
