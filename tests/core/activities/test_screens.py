"""Activities through the door: planned, given places, signed up for, taken out of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity, Booking
from gonghui.core.notices.models import Notice
from tests.factories.activities import (
    ActivityFactory,
    ResourceFactory,
    SessionFactory,
)
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db


def said(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


@pytest.fixture
def tomorrow():
    return (timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)


@pytest.fixture
def match(cast) -> Activity:
    activity = ActivityFactory(org=cast.company, state="open", capacity=1, title="职工羽毛球赛")
    SessionFactory(activity=activity, starts_at=timezone.now() + timedelta(days=2))
    return activity


def portal(activity: Activity) -> str:
    return reverse("signing:portal-activity", args=[activity.pk])


def test_officer_plans_announces_and_opens(cast, tomorrow):
    frank = cast.client("frank")
    data = {
        "org": f"#{cast.company.pk}",
        "kind": "sport",
        "title": "职工羽毛球赛",
        "starts_at": said(tomorrow),
        "ends_at": said(tomorrow + timedelta(hours=2)),
        "capacity": 30,
        "companions_allowed": 0,
    }

    assert frank.post(reverse("activities:activity-create"), data).status_code == 302
    made = Activity.objects.get()
    assert (made.state, made.starts_at, made.sessions.count()) == ("draft", tomorrow, 1)
    assert made.capacity == 30
    edit = frank.get(reverse("activities:activity-update", args=[made.pk]))
    assert "capacity" not in edit.context["form"].fields  # more places let the line move up
    for step in ("announce", "open"):
        frank.post(reverse("activities:activity-transition", args=[made.pk, step]))
    made.refresh_from_db()
    assert made.state == "open"
    assert Notice.objects.filter(person=cast.alice, title="活动通知：职工羽毛球赛").count() == 1
    assert not Notice.objects.filter(person=cast.person("mallory")).exists()


def test_activity_without_a_time_is_not_announced(cast):
    draft = ActivityFactory(org=cast.company)
    url = reverse("activities:activity-transition", args=[draft.pk, "announce"])

    page = cast.client("frank").post(url, follow=True)

    assert "还没有排时间" in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize(("hours", "offered"), [(-1, True), (1, False)])
def test_what_has_not_begun_is_not_offered_as_held(cast, match, hours, offered):
    Activity.objects.filter(pk=match.pk).update(starts_at=timezone.now() + timedelta(hours=hours))
    step = reverse("activities:activity-transition", args=[match.pk, "hold"])

    page = cast.client("frank").get(reverse("activities:activity-detail", args=[match.pk]))

    assert (step in page.content.decode()) is offered


def test_what_is_over_offers_no_invitations_and_no_places(cast):
    match = ActivityFactory(org=cast.company, state="open")

    def doors() -> set[str]:
        page = cast.client("frank").get(reverse("activities:activity-detail", args=[match.pk]))
        return {label for label, _ in page.context["doors"]}

    assert doors() >= {"邀请", "名额和问题", "代表团", "场次"}
    Activity.objects.filter(pk=match.pk).update(state="held")
    assert doors() & {"邀请", "名额和问题", "代表团", "场次"} == {"代表团", "场次"}


def test_times_that_do_not_fit_are_said_beside_the_field(cast, tomorrow):
    data = {
        "org": f"#{cast.company.pk}",
        "kind": "sport",
        "title": "赛",
        "starts_at": said(tomorrow),
        "ends_at": said(tomorrow - timedelta(hours=1)),
        "companions_allowed": 0,
    }

    page = cast.client("frank").post(reverse("activities:activity-create"), data)

    assert page.status_code == 422
    assert "结束时间要晚于开始时间。" in page.content.decode()
    assert not Activity.objects.exists()


def test_draft_is_nobodys_business(cast):
    draft = ActivityFactory(org=cast.company)

    assert cast.client("alice").get(portal(draft)).status_code == 404


def session_rows(start, *resources) -> dict:
    return {
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-starts_at": said(start),
        "form-0-ends_at": said(start + timedelta(hours=2)),
        "form-0-resources": [one.pk for one in resources],
    }


def test_room_is_not_given_twice_at_one_time(cast, tomorrow):
    hall = ResourceFactory(org=cast.company, name="工会礼堂")
    first, second = ActivityFactory.create_batch(2, org=cast.company)
    frank = cast.client("frank")
    url = reverse("activities:sessions", args=[first.pk])

    assert frank.post(url, session_rows(tomorrow, hall)).status_code == 302
    url = reverse("activities:sessions", args=[second.pk])
    page = frank.post(url, session_rows(tomorrow + timedelta(hours=1), hall))

    begins = f"{timezone.localtime(tomorrow):%m月%d日 %H:%M}"
    assert page.status_code == 422
    assert f"「工会礼堂」{begins}" in page.content.decode()
    assert Booking.objects.count() == 1
    assert not second.sessions.exists()


def test_notice_of_who_has_left_can_still_be_put_right(cast):
    gone = PersonFactory(name="钱退休", org=cast.company, left_on=timezone.localdate())
    old = ActivityFactory(org=cast.company, organiser=gone, title="老活动")
    page = reverse("activities:activity-update", args=[old.pk])
    shown = cast.client("frank").get(page).context["form"]["organiser"].value()
    said = {"kind": "sport", "title": "老活动", "companions_allowed": 0, "theme": "改好了"}

    answer = cast.client("frank").post(page, said | {"organiser": str(shown)})

    old.refresh_from_db()
    assert (answer.status_code, old.theme, old.organiser) == (302, "改好了", gone)


def test_refused_room_names_no_draft_of_others(cast, tomorrow):
    """A branch may hold its union's hall, and learns who has it then but not what for."""
    hall = ResourceFactory(org=cast.company, name="工会礼堂")
    secret = ActivityFactory(org=cast.company, title="人事调整座谈")
    own = ActivityFactory(org=cast.branch)
    rows = session_rows(tomorrow, hall)
    cast.client("frank").post(reverse("activities:sessions", args=[secret.pk]), rows)

    page = cast.client("bob").post(reverse("activities:sessions", args=[own.pk]), rows)

    assert page.status_code == 422
    assert f"已由{cast.company}使用" in page.content.decode()
    assert "人事调整" not in page.content.decode()


def test_room_of_what_is_put_off_goes_to_nobody_else_once_it_has_a_new_day(cast, tomorrow):
    hall = ResourceFactory(org=cast.company, name="工会礼堂")
    late, other = ActivityFactory.create_batch(2, org=cast.company, state="announced")
    frank = cast.client("frank")
    rows = session_rows(tomorrow, hall)
    frank.post(reverse("activities:sessions", args=[late.pk]), rows)

    step = reverse("activities:activity-transition", args=[late.pk, "postpone"])
    frank.post(step, {"reason": "暴雨"})
    assert not Booking.objects.exists()
    frank.post(reverse("activities:sessions", args=[late.pk]), rows)
    page = frank.post(reverse("activities:sessions", args=[other.pk]), rows)

    assert page.status_code == 422
    assert Booking.objects.get().session.activity == late


def test_calendar_shows_the_month_and_leaves_out_what_is_off(cast, match):
    SessionFactory(
        activity__org=cast.company, activity__state="cancelled", activity__title="取消的"
    )
    at = timezone.localtime(match.sessions.get().starts_at)
    url = reverse("agenda:calendar")

    page = cast.client("frank").get(f"{url}?at={at:%Y-%m}").content.decode()

    assert "职工羽毛球赛" in page
    assert "取消了" not in page
