"""A member's own month, what is on near them, and the calendars their phone subscribes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.agenda.calendars import OPEN
from gonghui.core.agenda.queries.mine import nearby
from gonghui.core.feeds.models import Feed
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.feeds import FeedFactory
from tests.factories.signing import RegistrationFactory

MINE = reverse("agenda:mine")
pytestmark = pytest.mark.django_db


def soon(org, **facts) -> Activity:
    start = timezone.now() + timedelta(days=1)
    activity = ActivityFactory(
        org=org, starts_at=start, ends_at=start + timedelta(hours=2), **{"state": "open"} | facts
    )
    SessionFactory(activity=activity, starts_at=start)
    return activity


def at(activity: Activity) -> str:
    return f"{timezone.localtime(activity.starts_at):%Y-%m}"


def read(feed: Feed):
    return Client().get(reverse("feeds:calendar", args=[feed.token]))


def summaries(feed: Feed) -> list[str]:
    text = read(feed).content.decode().replace("\r\n ", "")
    return sorted(row[8:] for row in text.split("\r\n") if row.startswith("SUMMARY:"))


def test_month_holds_what_i_signed_up_for(cast):
    mine, gone, other = (soon(cast.company, title=name) for name in ("我的", "退了的", "别的"))
    RegistrationFactory(activity=mine, person=cast.alice)
    RegistrationFactory(activity=gone, person=cast.alice, status="withdrawn")

    shown = cast.client("alice").get(MINE, {"at": at(other)}).context["weeks"]

    days = [session for week in shown for day in week for session in day.sessions]
    assert {one.activity for one in days} == {mine}  # on two days when it goes past midnight


def test_what_is_put_off_says_so_in_the_month(cast):
    late = soon(cast.company, title="球赛", state="postponed")
    RegistrationFactory(activity=late, person=cast.alice)

    page = cast.client("alice").get(MINE, {"at": at(late)}).content.decode()

    assert "球赛（延期）" in page


def test_nearby_is_the_units_own_nearest_first_and_not_what_one_is_invited_to(cast):
    soon(cast.company, title="公司的")  # alice is invited: it is not news from next door
    beside = soon(cast.second_branch, title="隔壁分会的")
    soon(cast.second_branch, title="草稿", state="draft")
    soon(cast.other_company, title="别家的")
    named = soon(cast.second_branch, title="只请本部的")
    named.audience.add(cast.second_branch)

    assert nearby(cast.actor("alice")) == [beside]
    page = cast.client("alice").get(MINE).content.decode()
    assert "隔壁分会的" in page
    assert "别家的" not in page
    assert nearby(cast.actor("carol")) == []  # at home in a federation, in no unit


def test_feed_of_mine_says_where_one_stands_and_crosses_out_what_is_off(cast):
    for title, status, state in (
        ("参加", "signed", "open"),
        ("排队", "waiting", "open"),
        ("请我", "invited", "open"),
        ("退了", "withdrawn", "open"),
        ("不办了", "signed", "cancelled"),
    ):
        RegistrationFactory(
            activity=soon(cast.company, title=title, state=state),
            person=cast.alice,
            status=status,
            line=1 if status == "waiting" else None,
        )
    soon(cast.company, title="没报名")
    feed = FeedFactory(person=cast.alice, source="activities")

    assert summaries(feed) == ["不办了", "参加", "排队（候补）", "请我（待答复）"]
    assert read(feed).content.decode().count("STATUS:CANCELLED") == 1


def test_feed_of_what_is_open_to_me_holds_no_draft_and_nothing_of_others(cast):
    soon(cast.company, title="公司的")
    soon(cast.company, title="草稿", state="draft")
    soon(cast.other_company, title="别家的")

    assert summaries(FeedFactory(person=cast.alice, source="activities", about=OPEN)) == ["公司的"]


def test_feed_of_a_body_is_for_who_reads_its_activities(cast):
    soon(cast.company, title="公司的")
    soon(cast.branch, title="分会的")
    body = {"source": "activities", "about": cast.company.pk}

    assert summaries(FeedFactory(person=cast.frank, **body)) == ["公司的"]
    assert read(FeedFactory(person=cast.alice, **body)).status_code == 404
    assert read(FeedFactory(person=cast.dave, **body)).status_code == 404


def test_addresses_are_offered_for_what_one_may_read(cast):
    page = cast.client("frank").get(reverse("feeds:list")).content.decode()
    assert "我报名的活动" in page
    assert f"{cast.company}的活动" in page
    assert f"{cast.other_company}的活动" not in page

    renew = reverse("feeds:renew")
    body = {"source": "activities", "about": cast.company.pk}
    assert cast.client("mallory").post(renew, body).status_code == 404
    assert cast.client("frank").post(renew, body).status_code == 302
    assert cast.client("frank").post(renew, {"source": "activities"}).status_code == 302
    assert cast.client("frank").post(renew, {"source": "nothing"}).status_code == 404
    assert Feed.objects.filter(person=cast.frank).count() == 2
