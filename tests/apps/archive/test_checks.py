"""Checks of the archive: which units have most archives empty, and what waits too long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gonghui.apps.archive.checks import empty, unconfirmed
from gonghui.core.watch.checking import Sight
from tests.factories.archive import PieceFactory
from tests.factories.credits import CreditFactory
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sight() -> Sight:
    return Sight(timezone.localdate())


def of(hits, org) -> list[str]:
    return [hit.sentence for hit in hits if hit.org == org.pk]


def test_unit_with_most_archives_empty_is_named_by_counts_alone(cast, sight):
    CreditFactory(person=cast.alice, org=cast.company)

    (words,) = of(empty(sight), cast.company)

    assert words.startswith("会员 4 人，近一年有 3 人的学习档案没有内容")
    assert "艾丽" not in words


def test_half_of_the_members_is_enough_and_last_year_is_not(cast, sight):
    for person in (cast.alice, cast.bob):
        CreditFactory(person=person, org=cast.company)
    old = timezone.localdate() - timedelta(days=366)
    CreditFactory(person=cast.mallory, org=cast.other_company, on=old)

    assert of(empty(sight), cast.company) == []
    assert len(of(empty(sight), cast.other_company)) == 1


def test_what_waits_longer_than_it_may_is_found_without_a_name(cast, sight):
    today = timezone.localdate()
    late = PieceFactory(
        person=PersonFactory(org=cast.branch, name="陈晨"), kind="award", state="handed_in",
        handed_in_on=today - timedelta(days=11),
    )  # fmt: skip
    PieceFactory(kind="award", state="handed_in", handed_in_on=today - timedelta(days=10))
    PieceFactory(kind="award", state="confirmed", handed_in_on=today - timedelta(days=99))

    (hit,) = [hit for hit in unconfirmed(sight) if hit.about == late.pk]

    assert (hit.org, hit.about) == (cast.company.pk, late.pk)
    assert hit.sentence.startswith("有一条“荣誉”")
    assert "陈晨" not in hit.sentence
    assert len(list(unconfirmed(sight))) == 1
