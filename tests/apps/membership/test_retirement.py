"""When somebody is to retire by the rule of gradual delay, on each side of its edges."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gonghui.apps.membership.queries.retirement import retirements_of
from gonghui.core.people.models import Sex
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def months(born, sex):
    person = PersonFactory.build(birth_date=born, sex=sex)
    person.org = PersonFactory().org
    return [(one.month.year, one.month.month) for one in retirements_of(person, DAY)]


@pytest.mark.parametrize(
    ("born", "month"),
    [
        (date(1964, 12, 31), (2024, 12)),
        (date(1965, 1, 1), (2025, 2)),
        (date(1965, 4, 30), (2025, 5)),
        (date(1965, 5, 1), (2025, 7)),
        (date(1976, 8, 31), (2039, 7)),
        (date(1976, 9, 1), (2039, 9)),
        (date(1990, 3, 5), (2053, 3)),
    ],
)
def test_men_retire_a_month_later_for_every_four(born, month):
    assert months(born, Sex.MALE) == [month]


def test_women_retire_as_cadres_or_as_workers():
    """A month for every four from fifty-five, for every two from fifty, to five years."""
    assert months(date(1975, 1, 15), Sex.FEMALE) == [(2031, 5), (2025, 2)]
    assert months(date(1975, 3, 15), Sex.FEMALE) == [(2031, 7), (2025, 5)]
    assert months(date(1990, 1, 15), Sex.FEMALE) == [(2048, 1), (2045, 1)]


def test_nothing_is_said_of_who_left_retired_or_is_not_known(cast):
    day = date(1990, 1, 15)

    assert months(None, Sex.MALE) == []
    assert months(day, "") == []
    assert retirements_of(PersonFactory(birth_date=day, sex="male", left_on=DAY), DAY) == []
    assert (
        retirements_of(PersonFactory(birth_date=day, sex="male", work_status="retired"), DAY) == []
    )


def test_it_is_shown_as_worked_out_and_unproved(cast):
    type(cast.alice).objects.filter(pk=cast.alice.pk).update(birth_date="1990-03-05", sex="male")

    officer = cast.client("frank").get(f"/membership/person/{cast.alice.pk}/").content.decode()
    own = cast.client("alice").get(reverse("membership:own")).content.decode()

    assert "2053年3月（推算，待核实）" in officer
    assert "2053年3月（推算，待核实）" in own
