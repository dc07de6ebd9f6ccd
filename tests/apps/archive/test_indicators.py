"""What is counted of archives: pieces by kind, hours that were confirmed, people each once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gonghui.apps.archive.api import Given, lay_in
from gonghui.core.credits.models import Credit
from gonghui.core.history.trail import history_of
from gonghui.core.indicators.counting import figures
from gonghui.core.indicators.registry import indicators
from gonghui.kit.dates import Period
from tests.factories.archive import PieceFactory

pytestmark = pytest.mark.django_db
CODES = ("books", "reflections", "notes", "hours", "people", "shown")


def counted(org, period: Period) -> dict[str, object]:
    asked = [indicators[f"archive.{code}"] for code in CODES]
    found = figures(asked, org, period)
    return {code: found[f"archive.{code}"].value for code in CODES}


def test_pieces_are_counted_and_drafts_are_not(cast):
    day = date(2026, 5, 8)
    for kind, state in (("book", "written"), ("book", "draft"), ("reflection", "written")):
        PieceFactory(person=cast.alice, kind=kind, state=state, on=day, shown_to="union")
    PieceFactory(person=cast.bob, kind="book", on=day)
    PieceFactory(person=cast.bob, kind="book", on=date(2025, 5, 8))
    PieceFactory(person=cast.bob, kind="course", state="confirmed", amount=Decimal("6.5"), on=day)
    PieceFactory(person=cast.bob, kind="course", state="handed_in", amount=Decimal(9), on=day)

    assert counted(cast.company, Period.of_year(2026)) == {
        "books": 2, "reflections": 1, "notes": 0, "hours": Decimal("6.5"), "people": 2, "shown": 2,
    }  # fmt: skip


def test_what_was_kept_before_comes_in_with_its_credits_and_its_entry(cast):
    given = [
        Given(cast.alice, cast.company, "book", "红岩", date(2026, 5, 8), shown_to="me"),
        Given(cast.bob, cast.company, "course", "安全", date(2026, 5, 9), amount=Decimal(8),
              state="handed_in", paper=b"%PDF-1.4 x"),
    ]  # fmt: skip

    book, course = lay_in(given, by=cast.actor("frank"))

    credit = Credit.objects.get()
    assert (credit.words, credit.record, credit.confirmed_by) == ("读书", book, cast.alice)
    assert [one.verb for one in history_of(course)] == ["create"]
