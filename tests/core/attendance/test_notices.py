"""Who is reminded the day before: those expected at a session that takes place."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.attendance.notices import tell_of_tomorrow
from gonghui.core.notices.models import Notice
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.signing import ChoiceFactory, QuotaFactory, RegistrationFactory
from tests.factories.volunteering import ShiftFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def on(day: int, activity: Activity, **facts):
    start = datetime(2026, 11, day, 9, tzinfo=timezone.get_current_timezone())
    return SessionFactory(activity=activity, starts_at=start, **facts)


@pytest.fixture
def service(cast) -> Activity:
    return ActivityFactory(
        org=cast.company, kind="volunteer", state="open", title="义务家教", place="社区"
    )


def told(person) -> list[str]:
    rows = Notice.objects.filter(person=person).order_by("pk")
    return [f"{one.title} {one.body}" for one in rows]


def test_who_has_a_place_is_reminded_once_with_time_and_place(cast, service):
    on(21, service)
    RegistrationFactory(activity=service, person=cast.alice)
    RegistrationFactory(activity=service, person=cast.bob, status="withdrawn")

    tell_of_tomorrow(TODAY)
    tell_of_tomorrow(TODAY)

    assert told(cast.alice) == ["明天的活动：义务家教 11月21日 09:00，社区"]
    assert told(cast.bob) == []


@pytest.mark.parametrize("state", ["postponed", "cancelled", "draft"])
def test_nobody_is_sent_to_what_does_not_take_place(cast, service, state):
    Activity.objects.filter(pk=service.pk).update(state=state)
    on(21, service)
    RegistrationFactory(activity=service, person=cast.alice)

    tell_of_tomorrow(TODAY)

    assert told(cast.alice) == []


def test_each_meeting_is_told_of_and_days_on_end_once(cast, service):
    for day in (21, 22, 25):
        on(day, service)
    RegistrationFactory(activity=service, person=cast.alice)

    for step in range(6):
        tell_of_tomorrow(TODAY + timedelta(days=step))

    assert told(cast.alice) == [
        "明天的活动：义务家教 11月21日 09:00，社区",
        "明天的活动：义务家教 11月25日 09:00，社区",
    ]


def test_volunteer_is_reminded_of_their_own_shift(cast, service):
    """Also where somebody else serves on the day before."""
    shifts = []
    for day, name in ((21, "周六"), (22, "周日")):
        quota = QuotaFactory(activity=service, name=name)
        shifts.append(ShiftFactory(session=on(day, service), quota=quota))
    for person, shift in zip((cast.alice, cast.bob), shifts, strict=True):
        place = RegistrationFactory(activity=service, person=person)
        ChoiceFactory(registration=place, quota=shift.quota)

    tell_of_tomorrow(TODAY)
    assert (len(told(cast.alice)), told(cast.bob)) == (1, [])
    tell_of_tomorrow(TODAY + timedelta(days=1))

    assert len(told(cast.alice)) == 1
    assert told(cast.bob) == ["明天的活动：义务家教 11月22日 09:00，社区"]
