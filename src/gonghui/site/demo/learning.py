"""Lays down the demo's study rules: the school's and the factory's, its terms, who is away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gonghui.apps.learning import api as learning
from gonghui.core.people.models import Person

from .lives import Lives

SCHOOL, FACTORY = "school", "machinery"
# The school's own figures, where its paper leaves them to the unit.
SPEAKS = {"在学习中发言": 4}
TRAINED = {"入职培训": 2}


def learn(lives: Lives) -> None:
    """Rules from the shipped templates; everybody's standing follows from the records."""
    begun = _school_year(lives.today)
    org, by = lives.seed.orgs[SCHOOL], lives.able("learning.write", SCHOOL)
    for kind, name, start, end in _seasons(begun):
        learning.keep_season(org, by=by, kind=kind, name=name, start=start, end=end)
    said: dict[str, Any] = {"since": date(begun, 9, 1), "basis": f"{begun} 年教职工大会通过"}
    learning.lay_down(org, "monograph", by=by, remind_days=14, leader_days=7, **said)
    learning.lay_down(org, "notes", by=by, remind_days=3, leader_days=3, **said)
    learning.lay_down(org, "weekly", by=by, gaps=SPEAKS, **said)
    learning.lay_down(org, "new_staff", by=by, gaps=TRAINED, **said)
    factory, chair = lives.seed.orgs[FACTORY], lives.able("learning.write", FACTORY)
    learning.lay_down(factory, "team", since=date(lives.today.year, 1, 1), by=chair)
    _people(lives)


def _school_year(today: date) -> int:
    return today.year if today.month >= 9 else today.year - 1


def _seasons(begun: int) -> tuple[tuple[str, str, date, date], ...]:
    year = f"{begun}—{begun + 1} 学年"
    return (
        ("school_year", year, date(begun, 9, 1), date(begun + 1, 7, 10)),
        ("term", f"{begun} 年秋季学期", date(begun, 9, 1), date(begun + 1, 1, 25)),
        ("term", f"{begun + 1} 年春季学期", date(begun + 1, 2, 24), date(begun + 1, 7, 10)),
    )


def _people(lives: Lives) -> None:
    """One on maternity leave, one who was ill, two who came this year."""
    by = lives.able("learning.write", SCHOOL)
    rows = Person.objects.active().filter(org=lives.seed.orgs["school-8"], posts=None)
    away, ill, new, newer = rows.order_by("pk")[:4]
    today = lives.today
    learning.note_leave(
        away,
        by=by,
        kind="maternity",
        since=today - timedelta(days=40),
        until=today + timedelta(days=118),
        evidence="学校准假单",
    )
    learning.note_leave(
        ill, by=by, kind="sick", since=today - timedelta(days=12), until=today - timedelta(days=3)
    )
    for person, days in ((new, 80), (newer, 200)):
        learning.note_hire(person, today - timedelta(days=days), by=by)
