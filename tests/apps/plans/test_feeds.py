"""Calendars by secret address: what they hold, when they close, and that they tell nobody else."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gonghui.apps.plans.models import Item
from gonghui.core.access.models import Grant
from gonghui.core.feeds.models import Feed
from tests.factories.feeds import FeedFactory
from tests.factories.plans import OccurrenceFactory, make_plan

FEEDS = reverse("feeds:list")
RENEW = reverse("feeds:renew")
pytestmark = pytest.mark.usefixtures("_in_june")


@pytest.fixture
def _in_june():
    with time_machine.travel("2026-06-10T10:00:00+08:00"):
        yield


@pytest.fixture
def plan(cast):
    return make_plan(cast.company, tasks=4)


def read(feed: Feed):
    """As a phone reads it: with nobody logged in."""
    return Client().get(reverse("feeds:calendar", args=[feed.token]))


def lines(response) -> list[str]:
    return response.content.decode().replace("\r\n ", "").split("\r\n")


def test_plan_feed_holds_its_dated_tasks(cast, plan):
    Item.objects.filter(plan=plan, position=3).update(due_on=None, starts_on=None)
    Item.objects.filter(plan=plan, position=4).update(state="dropped")

    response = read(FeedFactory(person=cast.frank, source="plan", about=plan.pk))

    said = lines(response)
    assert response["Content-Type"].startswith("text/calendar")
    assert said.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260325" in said
    assert "SUMMARY:办好第3件事" in said


def test_repeated_task_is_an_event_a_turn(cast, plan):
    task = plan.items.get(position=3)
    for month in (1, 2, 3):
        OccurrenceFactory(
            item=task, starts_on=date(2026, month, 1), due_on=date(2026, month, 20), serial=1
        )

    said = lines(read(FeedFactory(person=cast.frank, source="plan", about=plan.pk)))

    assert said.count("SUMMARY:办好第1件事") == 3
    assert len({row for row in said if row.startswith("UID:")}) == 6


def test_my_feed_holds_only_what_is_mine(cast, plan):
    Item.objects.filter(plan=plan, position=3).update(owner=cast.alice)
    plan.items.get(position=4).helpers.add(cast.alice)

    said = lines(read(FeedFactory(person=cast.alice)))

    assert [row for row in said if row.startswith("SUMMARY")] == [
        "SUMMARY:办好第1件事",
        "SUMMARY:办好第2件事",
    ]


def test_feed_of_who_lost_the_right_closes(cast, plan):
    feed = FeedFactory(person=cast.carol, source="plan", about=plan.pk)
    open_ = read(feed).status_code

    Grant.objects.filter(person=cast.carol).delete()

    assert (open_, read(feed).status_code) == (200, 404)


def test_feed_of_who_left_closes(cast, plan):
    feed = FeedFactory(person=cast.alice)
    open_ = read(feed).status_code

    cast.people["alice"].left_on = date(2026, 6, 1)
    cast.people["alice"].save()

    assert (open_, read(feed).status_code) == (200, 404)


def test_feed_of_a_closed_account_closes(cast, plan):
    feed = FeedFactory(person=cast.alice)
    account = cast.account("alice")
    account.is_active = False
    account.save()

    assert read(feed).status_code == 404


def test_task_of_another_union_does_not_reach_my_feed_after_the_plan_is_withdrawn(cast, plan):
    Item.objects.filter(plan=plan).update(owner=cast.alice)
    feed = FeedFactory(person=cast.alice)
    plan.state = "draft"
    plan.save()

    assert "BEGIN:VEVENT" not in lines(read(feed))


@pytest.mark.parametrize("token", ["x", "token-unknown", "0" * 64])
def test_unknown_address_finds_nothing(db, token):
    assert Client().get(reverse("feeds:calendar", args=[token])).status_code == 404


def test_address_is_made_on_request_and_renewing_closes_the_old_one(cast, plan):
    client = cast.client("frank")
    empty = client.get(FEEDS).content.decode()

    client.post(RENEW, {"source": "plan", "about": plan.pk})
    old = Feed.objects.get()
    was = old.token
    shown = client.get(FEEDS).content.decode()
    client.post(RENEW, {"source": "plan", "about": plan.pk})
    old.refresh_from_db()

    assert "还没有地址" in empty
    assert was in shown
    assert old.token != was
    assert Client().get(reverse("feeds:calendar", args=[was])).status_code == 404
    assert read(old).status_code == 200


def test_nobody_makes_an_address_for_a_plan_they_may_not_read(cast, plan):
    response = cast.client("mallory").post(RENEW, {"source": "plan", "about": plan.pk})

    assert response.status_code == 404
    assert not Feed.objects.exists()


def test_page_shows_only_ones_own_addresses(cast, plan):
    secret = FeedFactory(person=cast.bob, source="plan", about=plan.pk).token

    assert secret not in cast.client("frank").get(FEEDS).content.decode()
    assert Client().get(FEEDS).status_code == 302


def test_an_address_from_before_calendars_moved_still_answers(cast, plan):
    feed = FeedFactory(person=cast.frank, source="plan", about=plan.pk)

    old = Client().get(reverse("plans:feed", args=[feed.token]))

    assert old.content == read(feed).content
