"""What speaks against a time is said to who may still change it: people, places, days off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.clashes import warnings_of
from tests.factories.activities import (
    ActivityFactory,
    BookingFactory,
    ResourceFactory,
    SessionFactory,
)
from tests.factories.signing import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_september")]
AT = "2026-09-22T14:00"


@pytest.fixture
def _in_september():
    with time_machine.travel("2026-09-20T10:00:00+08:00"):
        yield


def planned(org, title: str, said: str = AT, **facts) -> Activity:
    start = timezone.make_aware(datetime.fromisoformat(said))
    activity = ActivityFactory(
        org=org,
        title=title,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        **{"state": "open"} | facts,
    )
    SessionFactory(activity=activity, starts_at=start)
    return activity


def said(cast, activity: Activity, who: str = "frank") -> list[str]:
    return warnings_of(activity, cast.actor(who))


def test_nothing_speaks_against_a_free_day(cast):
    planned(cast.company, "一小时以后的", "2026-09-22T16:00")
    planned(cast.company, "草稿", state="draft")
    planned(cast.company, "取消的", state="cancelled")
    planned(cast.other_company, "别家的")

    assert said(cast, planned(cast.company, "我的")) == []


def test_same_body_same_organiser_and_same_place_are_named(cast):
    planned(cast.company, "本会的")
    planned(cast.branch, "同一负责人", organiser=cast.alice)
    planned(cast.second_branch, "同一地点", place="职工礼堂")

    lines = said(cast, planned(cast.company, "我的", organiser=cast.alice, place="职工礼堂"))

    assert lines == [
        "09月22日 14:00还有「本会的」。",
        "09月22日 14:00还有「同一负责人」。",
        "09月22日 14:00还有「同一地点」，也在职工礼堂。",
    ]


def test_what_one_may_not_read_is_not_named(cast):
    planned(cast.other_company, "别家的会", place="市体育馆")

    lines = said(cast, planned(cast.company, "我的", place="市体育馆"))

    assert lines == ["09月22日 14:00还有其他组织的活动，也在市体育馆。"]


def test_people_who_signed_up_twice_are_counted(cast):
    mine, other = planned(cast.company, "我的"), planned(cast.city, "市里的")
    for person in (cast.alice, cast.bob):
        RegistrationFactory(activity=mine, person=person)
    RegistrationFactory(activity=other, person=cast.alice)
    RegistrationFactory(activity=other, person=cast.bob, status="withdrawn")

    assert said(cast, mine, "carol") == ["已报名的人里，有 1 人同一时间还报了「市里的」。"]
    assert said(cast, mine) == ["已报名的人里，有 1 人同一时间还报了「市里的」。"]


def test_room_too_small_for_the_places_is_named(cast):
    match = planned(cast.company, "我的", capacity=80)
    for name, seats in (("小会议室", 30), ("大会议室", 40)):
        room = ResourceFactory(org=cast.company, name=name, seats=seats)
        BookingFactory(session=match.sessions.get(), resource=room)

    assert said(cast, match) == ["09月22日 14:00在大会议室、小会议室，可容纳 70 人，不够 80 人用。"]
    match.capacity = 70
    assert said(cast, match) == []
    BookingFactory(
        session=match.sessions.get(), resource=ResourceFactory(org=cast.company, kind="equipment")
    )
    match.capacity = 71
    assert len(said(cast, match)) == 1


def test_day_off_is_named(cast):
    on_the_day = planned(cast.company, "我的", "2026-09-25T14:00")

    assert said(cast, on_the_day) == ["9 月 25 日中秋节放假。"]


def test_page_tells_the_organiser_and_nobody_else(cast):
    planned(cast.company, "本会的")
    mine = planned(cast.company, "我的")
    url = reverse("activities:activity-detail", args=[mine.pk])

    assert "还有「本会的」" in cast.client("frank").get(url).content.decode()
    assert "还有「本会的」" not in cast.client("grace").get(url).content.decode()
    with time_machine.travel("2026-10-20T10:00:00+08:00"):
        assert "还有「本会的」" not in cast.client("frank").get(url).content.decode()
