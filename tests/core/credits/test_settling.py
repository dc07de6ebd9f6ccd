"""Settling: what a record earns is given once, changed by withdrawing, and summed up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gonghui.core.credits.models import Credit
from gonghui.core.credits.queries import credits_of, totals
from gonghui.core.credits.settling import Earned, settle
from gonghui.core.history.trail import history_of
from gonghui.kit.amounts import plain
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


@pytest.fixture
def meeting(cast):
    return ActivityFactory(org=cast.company)


def give(cast, meeting, *amounts) -> None:
    people = [cast.alice, cast.bob]
    earned = [
        Earned(person.pk, "learning", Decimal(amount), DAY, "读书会")
        for person, amount in zip(people, amounts, strict=False)
    ]
    settle(meeting, cast.company, earned, by=cast.actor("frank"))


def test_given_twice_changes_nothing(cast, meeting):
    give(cast, meeting, "2", "1.5")
    give(cast, meeting, "2", "1.5")

    assert Credit.objects.count() == 2
    assert history_of(meeting).count() == 1
    assert Credit.objects.first().confirmed_by == cast.frank


def test_other_amount_withdraws_the_old(cast, meeting):
    give(cast, meeting, "2", "1.5")
    give(cast, meeting, "3")

    assert [one.amount for one in Credit.objects.standing()] == [Decimal("3.00")]
    gone = Credit.objects.exclude(withdrawn_at=None)
    assert {one.withdrawn_by for one in gone} == {cast.frank}


def test_nothing_is_no_credit(cast, meeting):
    give(cast, meeting, "0")

    assert not Credit.objects.exists()


def test_unknown_kind_is_a_fault_of_ours(cast, meeting):
    with pytest.raises(KeyError):
        settle(
            meeting, cast.company, [Earned(cast.alice.pk, "gold", Decimal(1), DAY, "")],
            by=cast.actor("frank"),
        )  # fmt: skip


def test_totals_are_by_kind_and_role(cast, meeting):
    give(cast, meeting, "2")
    give(cast, ActivityFactory(org=cast.company), "1.5")

    (total,) = totals(credits_of(cast.alice))

    assert (total.label, total.role, total.words) == ("学习培训", "参加", "3.5 小时")
    assert [plain(Decimal(n)) for n in ("100.00", "0.25")] == ["100", "0.25"]
