"""Hours: credited when a record is finished, taken back when it is opened again, shown to whom."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.models import Activity
from gonghui.core.credits.models import Credit
from gonghui.core.records.engine.hours import hours, time_at
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.credits import CreditFactory
from tests.factories.organisation import PersonFactory
from tests.factories.records import ContributionFactory, RecordFactory
from tests.factories.signing import RegistrationFactory

NINE = timezone.make_aware(datetime(2026, 3, 3, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("came", "left", "minutes"),
    [
        (None, None, 120),
        (30, None, 90),
        (None, 60, 60),
        (30, 60, 30),
        (-30, 500, 120),
        (200, 300, 0),
    ],
)
def test_time_is_that_between_coming_and_leaving(came, left, minutes):
    def at(late):
        return None if late is None else NINE + timedelta(minutes=late)

    spent = time_at(NINE, NINE + timedelta(hours=2), came=at(came), left=at(left))

    assert spent == timedelta(minutes=minutes)


def test_hours_are_never_rounded_up():
    assert hours(timedelta(minutes=100)) == Decimal("1.66")
    assert hours(timedelta(minutes=90)) == Decimal("1.50")


@pytest.fixture
def lecture(cast) -> Activity:
    """Held, with a record, two hours; Alice came."""
    start = timezone.now() - timedelta(days=1)
    lecture = ActivityFactory(
        org=cast.company, kind="lecture", title="书法讲座", state="held", theme="书法",
        programme="讲一讲，写一写", starts_at=start, ends_at=start + timedelta(hours=2),
    )  # fmt: skip
    SessionFactory(activity=lecture, starts_at=start)
    RecordFactory(activity=lecture, gains="会写了")
    come(lecture, cast.alice)
    return lecture


def come(activity, person, *, role="participant", **more):
    registration = RegistrationFactory(activity=activity, person=person, role=role)
    session = activity.sessions.get()
    more = {"in_at": session.starts_at} | more
    AttendanceFactory(session=session, registration=registration, **more)
    return registration


def do(activity, name, cast) -> None:
    LIFE.perform(activity, name, by=cast.actor("frank"))


def earned(person) -> list[tuple[str, str, Decimal]]:
    rows = Credit.objects.standing().filter(person=person)
    return list(rows.values_list("kind", "role", "amount"))


def test_finished_record_credits_each_in_their_role(cast, lecture):
    come(lecture, cast.bob, role="teacher")
    helper = come(lecture, cast.frank)
    ContributionFactory(activity=lecture, registration=helper, kind="helped")
    late = lecture.sessions.get().starts_at + timedelta(minutes=30)
    come(lecture, cast.grace, status="late", in_at=late)
    RegistrationFactory(activity=lecture, person=cast.carol)

    do(lecture, "record", cast)

    assert earned(cast.alice) == [("learning", "attended", Decimal("2.00"))]
    assert earned(cast.bob) == [("learning", "taught", Decimal("2.00"))]
    assert earned(cast.frank) == [("learning", "helped", Decimal("2.00"))]
    assert earned(cast.grace) == [("learning", "attended", Decimal("1.50"))]
    assert earned(cast.carol) == []


def test_guests_earn_nothing_and_volunteers_serve(cast, lecture):
    Activity.objects.filter(pk=lecture.pk).update(kind="volunteer")
    guest = RegistrationFactory(activity=lecture, person=None, guest="来宾", org=cast.company)
    AttendanceFactory(
        session=lecture.sessions.get(), registration=guest, person=None, in_at=timezone.now()
    )

    do(lecture, "record", cast)

    assert earned(cast.alice) == [("service", "helped", Decimal("2.00"))]
    assert Credit.objects.count() == 1


def test_what_people_gave_is_credited_by_its_kind(cast, lecture):
    alice = lecture.registrations.get(person=cast.alice)
    bob = come(lecture, cast.bob)
    for one, kind in ((alice, "spoke"), (alice, "spoke"), (alice, "performed"), (bob, "taught")):
        ContributionFactory(activity=lecture, registration=one, kind=kind)
    ContributionFactory(activity=lecture, registration=bob, kind="placed", words="第二名")

    do(lecture, "record", cast)

    assert set(earned(cast.alice)) == {
        ("learning", "attended", Decimal("2.00")),
        ("contribution", "own", Decimal("2.00")),
        ("showing", "own", Decimal("1.00")),
    }
    assert set(earned(cast.bob)) == {
        ("learning", "taught", Decimal("2.00")),
        ("contribution", "own", Decimal("1.00")),
        ("contest", "own", Decimal("1.00")),
    }
    assert Credit.objects.get(kind="contest").words == "书法讲座（名次 第二名）"


def test_words_at_a_game_are_not_study_and_a_guests_are_nobodys(cast, lecture):
    Activity.objects.filter(pk=lecture.pk).update(kind="contest")
    alice = lecture.registrations.get(person=cast.alice)
    guest = RegistrationFactory(activity=lecture, person=None, guest="来宾", org=cast.company)
    for one in (alice, guest):
        ContributionFactory(activity=lecture, registration=one, kind="spoke")

    do(lecture, "record", cast)

    kinds = set(Credit.objects.values_list("person", "kind"))
    assert kinds == {(cast.alice.pk, "activity"), (cast.alice.pk, "showing")}


def test_open_again_takes_back_and_finished_anew_gives_once(cast, lecture):
    do(lecture, "record", cast)
    do(lecture, "reopen", cast)
    assert earned(cast.alice) == []

    come(lecture, cast.bob)
    do(lecture, "record", cast)

    assert len(earned(cast.alice)) == len(earned(cast.bob)) == 1
    assert Credit.objects.filter(person=cast.alice).count() == 2  # the withdrawn one is kept


def test_member_sees_own_hours_and_nobody_elses(cast, lecture):
    do(lecture, "record", cast)
    CreditFactory(person=cast.bob, org=cast.company, words="旁人的事")

    page = cast.client("alice").get(reverse("records:portal-credits")).content.decode()

    assert "书法讲座" in page
    assert "2 小时" in page
    assert "旁人的事" not in page
    empty = cast.client("mallory").get(reverse("records:portal-credits")).content.decode()
    assert "还没有学时" in empty


def test_person_page_and_list_show_hours_to_those_in_reach(cast, lecture):
    do(lecture, "record", cast)
    CreditFactory(
        person=PersonFactory(org=cast.other_company), org=cast.other_company, words="外市"
    )

    card = (
        cast.client("frank")
        .get(f"/membership/person/{cast.alice.pk}/?part=learning")
        .content.decode()
    )
    page = cast.client("frank").get(reverse("records:credit-list")).content.decode()

    assert "书法讲座" in card
    assert "书法讲座" in page
    assert "外市" not in page
    assert (
        "书法讲座" not in cast.client("dave").get(reverse("records:credit-list")).content.decode()
    )
