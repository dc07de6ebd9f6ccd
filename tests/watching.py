"""Runs one check over everything and tells what is open, for the tests of checks."""

from __future__ import annotations

from datetime import date

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Membership, Person
from gonghui.core.watch.checking import Sight, checks
from gonghui.core.watch.models import Finding
from gonghui.core.watch.refreshing import run_check
from tests.factories.organisation import PersonFactory

DAY = date(2026, 11, 20)


def found(code: str, day: date = DAY) -> list[Finding]:
    """The open findings of a check after it ran for a day."""
    run_check(checks[code], Sight(day))
    return list(Finding.objects.open().filter(check_code=code).order_by("pk"))


def sentences(code: str, day: date = DAY) -> list[str]:
    return [finding.sentence for finding in found(code, day)]


def severities(code: str, day: date = DAY) -> list[str]:
    return [finding.severity for finding in found(code, day)]


def where(code: str, day: date = DAY) -> list[Org]:
    return [finding.org for finding in found(code, day)]


def on_books(org: Org, standing: str, *, employment: str = "", **person: object) -> Person:
    """A person who stands on a body's books so and is employed so."""
    made: Person = PersonFactory(org=org, **person)
    Membership.objects.filter(person=made).update(standing=standing, employment=employment)
    return made
