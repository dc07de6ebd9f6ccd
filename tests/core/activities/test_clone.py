"""An earlier activity is done again: its day, its papers, its places, and not its people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.actions.activities import clone_activity
from gonghui.core.activities.models import Activity
from gonghui.core.activities.occasions import same_day_next
from gonghui.core.files.store import attachments_of
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.core import AttachmentFactory
from tests.factories.organisation import OrgFactory
from tests.factories.signing import QuestionFactory, QuotaFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(cast) -> Activity:
    zone = timezone.get_current_timezone()
    start = datetime(2025, 5, 1, 8, 0, tzinfo=zone)
    activity = ActivityFactory(
        org=cast.company, title="五一运动会", state="filed", capacity=50, organiser=cast.alice,
        starts_at=start, closes_at=start - timedelta(days=3),
    )  # fmt: skip
    for day in (0, 1):
        begin = start + timedelta(days=day)
        SessionFactory(activity=activity, starts_at=begin, ends_at=begin + timedelta(hours=4))
    return activity


def test_clone_has_days_papers_places_and_no_people(cast, old):
    AttachmentFactory(subject=old, name="方案.txt")
    QuotaFactory(activity=old)
    QuestionFactory(activity=old)
    RegistrationFactory(activity=old, person=cast.alice)

    made = clone_activity(old, date(2026, 5, 1), by=cast.actor("frank"))

    hours = [timezone.localtime(one.starts_at) for one in made.sessions.all()]
    assert [(h.date(), h.hour) for h in hours] == [(date(2026, 5, 1), 8), (date(2026, 5, 2), 8)]
    assert (made.state, made.capacity, made.copied_from, made.seats_taken) == ("draft", 50, old, 0)
    assert timezone.localdate(made.closes_at) == date(2026, 4, 28)
    assert [one.name for one in attachments_of(made)] == ["方案.txt"]
    assert (made.quotas.count(), made.questions.count(), made.registrations.count()) == (1, 1, 0)


def test_clone_keeps_when_and_where_members_sign_in_and_forgets_bodies_that_are_gone(cast, old):
    second = old.sessions.order_by("starts_at").last()
    second.doors_before, second.latitude, second.longitude, second.radius = 30, 26.5, 106.7, 200
    second.save()
    gone = OrgFactory(parent=cast.company, until=date(2025, 12, 31))
    old.audience.set([cast.branch, gone])
    old.partners.set([cast.other_company, gone])

    made = clone_activity(old, date(2026, 5, 1), by=cast.actor("frank"))

    doors = made.sessions.order_by("starts_at").values_list("doors_before", "radius")
    assert list(doors) == [(120, None), (30, 200)]
    assert list(made.audience.all()) == [cast.branch]
    assert list(made.partners.all()) == [cast.other_company]


def test_officer_clones_by_the_door_and_a_stranger_cannot(cast, old):
    url = reverse("activities:clone", args=[old.pk])
    detail = reverse("activities:activity-detail", args=[old.pk])

    assert "照此新建" in cast.client("frank").get(detail).content.decode()
    assert cast.client("dave").get(url).status_code == 404
    assert "2025 年 5 月 1 日" in cast.client("frank").get(url).content.decode()
    assert cast.client("frank").post(url, {"begins_on": ""}).status_code == 422
    page = cast.client("frank").post(url, {"begins_on": "2027-05-01"}, follow=True)
    assert "已照此新建" in page.content.decode()
    assert Activity.objects.filter(copied_from=old).count() == 1


def test_day_offered_is_the_same_festival_or_weekday():
    assert same_day_next(date(2025, 5, 1), 2026) == date(2026, 5, 1)
    assert same_day_next(date(2025, 10, 29), 2026) == date(2026, 10, 18)  # 重阳节
    again = same_day_next(date(2025, 6, 18), 2026)
    assert (again.weekday(), abs((again - date(2026, 6, 18)).days) <= 3) == (2, True)
