"""Figures of one person: theirs wherever they were made, known or not, read as one may."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from gonghui.core.indicators.personal import (
    fits_person,
    of_persons,
    person_figures,
    unit_for_person,
)
from gonghui.core.indicators.registry import Indicator, Source, indicators
from gonghui.core.indicators.registry import declare as declared
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period
from tests.factories.archive import PieceFactory
from tests.factories.credits import CreditFactory
from tests.factories.organisation import PersonFactory

YEAR = Period.of_year(2026)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        yield


def earned(person: Person, amount: str, on: str, **more) -> None:
    facts = {"kind": "course", "unit": "class_hour", "org": person.org} | more
    CreditFactory(person=person, amount=Decimal(amount), on=date.fromisoformat(on), **facts)


def value(code: str, person: Person, among, period: Period = YEAR):
    return person_figures([indicators[code]], person, period, among=among)[code].value


def test_only_what_is_theirs_and_in_the_days_is_counted(cast):
    earned(cast.alice, "12", "2026-01-01")
    earned(cast.alice, "8.5", "2026-11-20")
    earned(cast.alice, "40", "2025-12-31")
    earned(cast.alice, "3", "2026-05-08", kind="learning", unit="hour")
    earned(cast.bob, "30", "2026-05-08")

    assert value("site.hours", cast.alice, cast.company) == Decimal("20.5")
    assert value("site.learning_hours", cast.alice, cast.company) == 3
    assert value("site.hours", cast.bob, cast.company) == 30


def test_records_made_elsewhere_come_along(cast):
    earned(cast.alice, "6", "2026-03-08", org=cast.other_company)

    assert value("site.hours", cast.alice, cast.company) == 6


def test_nothing_is_nought_where_such_records_are_kept_and_unknown_where_not(cast):
    assert value("archive.books", cast.alice, cast.company) is None

    PieceFactory(person=cast.bob, on=date(2026, 5, 8))

    assert value("archive.books", cast.alice, cast.company) == 0
    assert value("archive.books", cast.alice, cast.other_company) is None
    assert value("archive.books", cast.alice, cast.company, Period.of_year(2025)) is None
    assert value("archive.books", cast.alice, cast.company, Period.of_year(2027)) is None


def test_a_ratio_of_one_person_has_both_parts(cast):
    found = person_figures([indicators["training.pass_rate"]], cast.alice, YEAR, among=cast.city)

    assert set(found) == {"training.pass_rate"}
    assert found["training.pass_rate"].value is None


def test_what_counts_bodies_or_how_many_people_is_not_asked_of_one(cast):
    named = {one.code for one in of_persons()}

    assert len(named) >= 30
    assert {
        "participation.times", "records.contributions", "volunteering.hours", "site.hours",
        "site.books", "site.awards", "mentoring.taught",
    } <= named  # fmt: skip
    for code in (
        "membership.members", "membership.rate", "activities.held", "archive.people",
        "training.outsider_times", "archive.books_each",
    ):  # fmt: skip
        assert not fits_person(indicators[code]), code
    assert person_figures([indicators["membership.rate"]], cast.alice, YEAR, among=cast.city) == {}
    assert unit_for_person(indicators["participation.times"]) == "次"
    assert unit_for_person(indicators["site.hours"]) == "学时"


def test_a_personal_source_names_the_person():
    rows = indicators["membership.members"].source
    wrong = Source("personal.nobody", rows=rows.rows, rule=rows.rule, personal=True)

    with pytest.raises(ValueError, match=r"personal\.nobody"):
        declared(Indicator("personal.wrong", "错", "次", "membership", wrong))


def door(code: str, person: Person, **query: str) -> str:
    return reverse("indicators:person", args=[code, person.pk], query={"period": "2026", **query})


def test_the_person_and_who_looks_after_them_open_the_records(cast):
    earned(cast.alice, "12", "2026-03-08", words="焊工提高班")
    earned(cast.bob, "30", "2026-03-08", words="主席培训班")
    url = door("site.hours", cast.alice)

    pages = {name: cast.client(name).get(url) for name in cast.names}

    assert {name for name, page in pages.items() if page.status_code == 200} == {
        "alice", "bob", "carol", "erin", "frank", "grace",
    }  # fmt: skip
    shown = pages["alice"].content.decode()
    assert "焊工提高班" in shown
    assert "主席培训班" not in shown
    assert "共 1 条，合计 12 学时" in shown


def test_what_the_reader_may_not_see_is_counted_and_not_shown(cast):
    PieceFactory(person=cast.alice, on=date(2026, 5, 8), shown_to="me", title="只给自己看的书")

    mine = cast.client("alice").get(door("archive.books", cast.alice)).content.decode()
    theirs = cast.client("frank").get(door("archive.books", cast.alice)).content.decode()

    assert "只给自己看的书" in mine
    assert "另有" not in mine
    assert "只给自己看的书" not in theirs
    assert "另有 1 条计入" in theirs


def test_a_ratio_opens_to_its_parts_and_other_figures_to_nothing(cast):
    alice = cast.client("alice")

    page = alice.get(door("training.pass_rate", cast.alice)).content.decode()

    for code in ("training.passed", "training.judged"):
        assert reverse("indicators:person", args=[code, cast.alice.pk]) in page
    assert alice.get(door("membership.members", cast.alice)).status_code == 404
    assert alice.get(door("no.such", cast.alice)).status_code == 404
    stranger = PersonFactory(org=cast.other_company)
    assert alice.get(door("site.hours", stranger)).status_code == 404
