"""A body's calendar: a month, a week, those below; festivals to come, last year's papers."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.activities.occasions import nearest, occasions_between
from gonghui.core.agenda.queries.days import week_of
from gonghui.kit.dates import festivals_of
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.core import AttachmentFactory

CALENDAR = reverse("agenda:calendar")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_september")]


@pytest.fixture
def _in_september():
    with time_machine.travel("2026-09-20T10:00:00+08:00"):
        yield


def held(org, said: str, **facts) -> Activity:
    start = timezone.make_aware(datetime.fromisoformat(said))
    activity = ActivityFactory(
        org=org, starts_at=start, ends_at=start + timedelta(hours=2), **{"state": "open"} | facts
    )
    SessionFactory(activity=activity, starts_at=start)
    return activity


def test_week_shows_where_and_only_its_days(cast):
    held(cast.company, "2026-09-22T18:30", title="周二打球", place="体育馆")
    held(cast.company, "2026-09-29T18:30", title="下周打球")

    page = cast.client("frank").get(CALENDAR, {"look": "week"}).content.decode()

    assert "2026 年 9 月 14 日至 9 月 20 日" in page
    page = cast.client("frank").get(CALENDAR, {"look": "week", "at": "2026-09-23"}).content.decode()
    assert "周二打球" in page
    assert "体育馆" in page
    assert "下周打球" not in page


def test_what_ends_at_midnight_is_of_one_day(cast):
    party = held(cast.company, "2026-09-22T22:00", title="跨夜")
    start = party.starts_at
    week = [len(day.sessions) for day in week_of(Activity.objects.all(), start.date())]
    assert sum(week) == 1

    party.sessions.update(ends_at=start + timedelta(hours=3))

    week = [len(day.sessions) for day in week_of(Activity.objects.all(), start.date())]
    assert sum(week) == 2


@pytest.mark.parametrize(("scope", "count"), [("own", 1), ("below", 2)])
def test_calendar_holds_those_below_on_demand(cast, scope, count):
    held(cast.company, "2026-09-22T18:30", title="公司的赛")
    held(cast.branch, "2026-09-23T18:30", title="分会的赛")

    page = cast.client("frank").get(CALENDAR, {"scope": scope}).content.decode()

    assert sum(name in page for name in ("公司的赛", "分会的赛")) == count
    assert ("下级办的，换到" in page) is (scope != "below")


@pytest.mark.parametrize("said", ["x", "2026-13-40", "99999-1-1", ""])
def test_a_day_that_is_none_shows_this_week(cast, said):
    page = cast.client("frank").get(CALENDAR, {"look": "week", "at": said}).content.decode()

    assert "9 月 20 日" in page


def test_every_kind_names_festivals_the_calendar_knows():
    known = {name for year in (2025, 2026) for _, name in festivals_of(year)}

    assert {name for kind in kinds for name in kind.suggested} <= known


@pytest.mark.parametrize(
    ("year", "name", "day"),
    [
        (2026, "春节", "2026-02-17"),
        (2026, "元宵节", "2026-03-03"),
        (2026, "端午节", "2026-06-19"),
        (2026, "中秋节", "2026-09-25"),
        (2025, "重阳节", "2025-10-29"),
        (2027, "春节", "2027-02-06"),
        (2026, "妇女节", "2026-03-08"),
        (2026, "劳动节", "2026-05-01"),
        (2026, "青年节", "2026-05-04"),
        (2026, "教师节", "2026-09-10"),
    ],
)
def test_festival_falls_on_its_day(year, name, day):
    assert (datetime.fromisoformat(day).date(), name) in festivals_of(year)


def test_festivals_something_is_offered_for_are_suggested(cast):
    page = cast.client("frank").get(CALENDAR).content.decode()

    names = [one.label for one in occasions_between(*_days("2026-09-20", "2026-10-30"))]
    assert names == ["中秋节", "国庆节", "重阳节"]
    for name in names:
        assert f"办活动：{name}" in page
    assert "办活动：教师节" not in page  # it is over


def _days(*said: str):
    return [datetime.fromisoformat(one).date() for one in said]


def test_door_of_a_festival_fills_in_kind_day_and_name(cast):
    answer = cast.client("frank").get(CALENDAR)
    door = next(
        one.plan_url for one in answer.context["suggestions"] if one.occasion.name == "重阳节"
    )

    asked = parse_qs(urlsplit(door).query)
    form = cast.client("frank").get(door).context["form"]

    assert asked["on"] == ["2026-10-18"]
    assert (form.initial["kind"], form.initial["occasion"]) == ("visit", "重阳节")
    assert f"{timezone.localtime(form.initial['starts_at']):%Y-%m-%d}" == "2026-10-18"


def test_last_years_is_offered_with_its_papers_and_this_years_is_shown(cast):
    old = held(cast.company, "2025-10-27T09:00", title="走访老人", occasion="重阳节", state="filed")
    AttachmentFactory(subject=old, name="方案.txt")
    held(cast.company, "2025-10-28T09:00", title="别的事", state="filed")
    held(cast.branch, "2025-10-28T09:00", title="分会的", occasion="重阳节", state="filed")
    held(cast.company, "2026-10-16T09:00", title="今年走访", occasion="重阳节", state="draft")

    answer = cast.client("frank").get(CALENDAR)
    ninth = next(one for one in answer.context["suggestions"] if one.occasion.name == "重阳节")
    form = cast.client("frank").get(reverse("activities:clone", args=[old.pk])).context["form"]

    assert [(one.activity, one.papers) for one in ninth.before] == [(old, 1)]
    assert [str(one) for one in ninth.planned] == ["今年走访"]
    assert "附件 1 份" in answer.content.decode()
    assert f"{form.initial['begins_on']}" == "2026-10-16"  # two days before the festival, as then


def test_who_only_reads_is_not_asked_to_plan(cast):
    assert cast.client("grace").get(CALENDAR).context["suggestions"] == []
    assert cast.client("alice").get(CALENDAR).context["suggestions"] == []


def test_a_festival_has_a_nearest_day_across_the_turn_of_the_year():
    assert str(
        nearest("春节", datetime(2025, 12, 31, tzinfo=timezone.get_current_timezone()).date())
    )
    assert nearest("无此节", _days("2026-01-01")[0]) is None
