"""What a body answers about itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gonghui.core.orgs.models import BELOW, Kind, Org
from tests.factories.organisation import OrgFactory


def test_a_body_is_called_by_its_short_name(cast):
    assert str(cast.city) == "安澜市总工会"
    assert str(Org(name="安澜市总工会", short_name="市总")) == "市总"


def test_active_asks_for_a_day(cast):
    Org.objects.filter(pk=cast.branch.pk).update(since="2020-01-01", until="2024-06-30")
    rows = Org.objects.filter(pk=cast.branch.pk)

    assert [rows.active(date(2024, 6, day)).exists() for day in (29, 30)] == [True, True]
    assert not rows.active(date(2024, 7, 1)).exists()
    assert not rows.active(date(2019, 12, 31)).exists()


def test_unions_leave_out_teams_and_committees(cast):
    OrgFactory(kind=Kind.TEAM, parent=cast.branch)
    OrgFactory(kind=Kind.COMMITTEE, parent=cast.company)

    assert set(Org.objects.unions()) == set(cast.orgs)
    assert cast.branch.is_union
    assert not Org(kind=Kind.COMMITTEE).is_union


def test_every_kind_says_what_may_stand_below_it():
    assert set(BELOW) == set(Kind)


@pytest.mark.parametrize(
    "wrong",
    [
        {"second_parent_id": "parent"},
        {"parent_id": "self"},
        {"since": date(2025, 1, 2), "until": date(2025, 1, 1)},
    ],
)
def test_the_database_refuses_what_must_never_be(cast, wrong):
    known = {"parent": cast.city.pk, "self": cast.company.pk}
    values = {name: known.get(value, value) for name, value in wrong.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Org.objects.filter(pk=cast.company.pk).update(**values)
