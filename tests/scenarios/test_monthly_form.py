"""The company's monthly form (001-2): its branches file, the chair sums, the city locks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from gonghui.apps.statistics.models import Collection, Filing, Form
from gonghui.core.notices.models import Notice
from tests.cast import Cast
from tests.factories.organisation import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _early_in_november():
    with time_machine.travel(datetime(2026, 11, 3, 2, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def monthly(cast: Cast) -> Collection:
    """The chair takes the shipped example, issues it, and asks both branches for October."""
    frank = cast.client("frank")
    head = {"title": "工会月报表", "cadence": "month", "start": "M01"}
    frank.post(reverse("statistics:form-create"), head | {"org": f"#{cast.company.pk}"})
    form = Form.objects.get()
    frank.post(reverse("statistics:form-transition", args=[form.pk, "issue"]))
    asked = {"period": "2026-10", "due_on": "2026-11-05", "every": "on"}
    frank.post(reverse("statistics:send", args=[form.pk]), asked)
    return Collection.objects.get()


def fill(client, filing: Filing, note: str = "", **figures: int) -> None:
    """As on the screen: the boxes of the cells one has something to say about."""
    cells = {one.code: one.pk for one in filing.collection.form.cells.all()}
    filing.refresh_from_db()
    said = {"edition": filing.edition}
    for code, value in figures.items():
        said |= {f"entered_{cells[code]}": value, f"note_{cells[code]}": note}
    assert client.post(reverse("statistics:fill", args=[filing.pk]), said).status_code == 302


NONE = dict.fromkeys(("B1", "B2", "B3", "C1", "C2"), 0)  # nothing of it on record anywhere


def step(client, filing: Filing, name: str, **said: str) -> str:
    client.post(reverse("statistics:filing-transition", args=[filing.pk, name]), said)
    filing.refresh_from_db()
    return filing.state


def test_october_is_filed_once_and_summed_without_asking_twice(cast: Cast, monthly) -> None:
    PersonFactory(org=cast.second_branch)
    frank, bob = cast.client("frank"), cast.client("bob")
    own, first, second = (
        Filing.objects.get(org=org) for org in (cast.company, cast.branch, cast.second_branch)
    )

    fill(bob, first, D1=4, D2=3, **NONE)
    assert step(bob, first, "confirm") == "confirmed"
    assert step(frank, first, "approve") == "approved"
    frank.post(reverse("statistics:remind", args=[monthly.pk]))
    fill(frank, second, D1=1, D2=2, **NONE)
    assert step(frank, second, "confirm") == "open"  # answered more than came
    fill(frank, second, D1=2, D2=2, **NONE)
    assert step(frank, second, "confirm") == "confirmed"
    assert step(frank, second, "approve") == "approved"
    fill(frank, own, D1=0, D2=0)
    assert step(frank, own, "confirm") == "confirmed"
    assert step(frank, own, "approve") == "approved"

    page = frank.get(reverse("statistics:filing-detail", args=[own.pk])).content.decode()
    kept = dict(own.amounts.values_list("cell__code", "value"))
    below = [first.amounts.get(cell__code="D1").value, second.amounts.get(cell__code="D1").value]
    assert (kept["D1"], kept["D2"], kept["A1"]) == (sum(below), 5, 5)
    assert kept["B1"] == 0
    assert "83.33%" in page
    assert not Notice.objects.filter(kind="reminder", person=cast.bob).exists()


def test_the_branch_sees_its_own_and_nobody_elses(cast: Cast, monthly) -> None:
    bob = cast.client("bob")
    first, second = (Filing.objects.get(org=one) for one in (cast.branch, cast.second_branch))

    statuses = [
        bob.get(reverse("statistics:filing-detail", args=[one.pk])).status_code
        for one in (first, second)
    ]

    assert statuses == [200, 404]
