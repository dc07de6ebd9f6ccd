"""A bare press does what signing up does, only quicker; where there is more to say it does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import history_of
from gonghui.core.people.models import Membership
from gonghui.core.signing.actions.pressing import press
from gonghui.core.signing.actions.signing import Signing, sign_up, withdraw
from gonghui.core.signing.models import Question, Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.signing import QuotaFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
OWN = ("id", "activity", "person", "signed_by", "signed_at", "ticket")


@pytest.fixture
def gala(cast) -> Activity:
    return ActivityFactory(org=cast.company, state="open", capacity=1)


def kept(registration: Registration) -> tuple[dict[str, object], list[tuple[str, object]]]:
    """All a registration says but whose it is, and its history."""
    fresh = Registration.objects.get(pk=registration.pk)
    said = {
        one.name: getattr(fresh, one.attname)
        for one in Registration._meta.local_concrete_fields
        if one.name not in OWN
    }
    return said, [(one.verb, one.changes) for one in history_of(fresh)]


def test_press_leaves_what_signing_up_leaves(cast, gala):
    """The first has a place, the second waits; pressed once more nothing changes."""
    other = ActivityFactory(org=cast.company, state="open", capacity=1, title=gala.title)
    for name in ("alice", "bob"):
        actor = cast.actor(name)
        (by_form,) = sign_up(other, [Signing(cast.person(name))], by=actor)
        by_press = press(gala.pk, by=actor)
        assert by_press == press(gala.pk, by=actor)
        assert kept(by_press) == kept(by_form)

    gala.refresh_from_db()
    assert (gala.seats_taken, gala.line, gala.registrations.count()) == (1, 1, 2)


def test_who_withdrew_presses_again_and_has_a_place(cast, gala):
    alice = cast.actor("alice")
    withdraw(press(gala.pk, by=alice), by=alice)

    again = press(gala.pk, by=alice)

    assert (again.status, gala.registrations.count()) == ("signed", 1)


@pytest.mark.parametrize(
    "asks",
    [
        lambda gala: QuotaFactory(activity=gala, name="老年组"),
        lambda gala: Question.objects.create(activity=gala, label="尺码"),
        lambda gala: Activity.objects.filter(pk=gala.pk).update(consent="请带水。"),
        lambda gala: Activity.objects.filter(pk=gala.pk).update(companions_allowed=1),
        lambda gala: Activity.objects.filter(pk=gala.pk).update(categories=["women"]),
        lambda gala: Activity.objects.filter(pk=gala.pk).update(state="closed"),
        lambda gala: Activity.objects.filter(pk=gala.pk).update(
            opens_at=timezone.now() + timedelta(hours=1)
        ),
    ],
)
def test_where_something_is_asked_or_it_is_not_open_a_press_does_nothing(cast, gala, asks):
    asks(gala)

    assert press(gala.pk, by=cast.actor("alice")) is None
    assert not Registration.objects.exists()


@pytest.mark.parametrize("who", ["dave", "mallory"])
def test_what_is_not_theirs_is_not_found(cast, gala, who):
    assert press(gala.pk, by=cast.actor(who)) is None
    page = reverse("signing:portal-activity", args=[gala.pk])
    assert cast.client(who).post(page).status_code == 404
    assert not Registration.objects.exists()


def test_places_kept_for_units_are_counted_by_a_press(cast, gala):
    Activity.objects.filter(pk=gala.pk).update(capacity=5)
    share = QuotaFactory(activity=gala, name="", org=cast.branch, capacity=1)

    statuses = [press(gala.pk, by=cast.actor(name)).status for name in ("alice", "bob")]

    share.refresh_from_db()
    assert (statuses, share.seats_taken) == (["signed", "waiting"], 1)


def test_closed_is_said_on_the_page(cast, gala):
    Activity.objects.filter(pk=gala.pk).update(closes_at=timezone.now() - timedelta(minutes=1))

    answer = cast.client("alice").post(reverse("signing:portal-activity", args=[gala.pk]))

    assert (answer.status_code, "报名已经截止" in answer.content.decode()) == (422, True)


def test_who_is_not_of_those_it_is_for_is_told_so(cast, gala):
    """What is refused leaves nothing behind."""
    Activity.objects.filter(pk=gala.pk).update(admits="meant")
    Membership.objects.filter(person=cast.alice).update(standing="worker")

    with pytest.raises(DomainError, match="在名册上不是会员"):
        press(gala.pk, by=cast.actor("alice"))
    answer = cast.client("alice").post(reverse("signing:portal-activity", args=[gala.pk]))
    assert (answer.status_code, "不是会员" in answer.content.decode()) == (422, True)
    assert not Registration.objects.exists()


def test_invited_by_name_presses_and_is_signed(cast, gala):
    RegistrationFactory(activity=gala, person=cast.alice, status="invited")

    cast.client("alice").post(reverse("signing:portal-activity", args=[gala.pk]))

    assert gala.registrations.get().status == "signed"
