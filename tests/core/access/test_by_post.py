"""Who leads an association may run its activities, by their post there and nowhere else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.holding import account_of, held, held_by
from gonghui.core.access.models import Role
from gonghui.core.activities.models import Activity, Series
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.screens.place import home_of
from gonghui.core.signing.models import Registration
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import OrgFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(cast) -> Org:
    """Alice leads it, Bob belongs to it."""
    club = OrgFactory(parent=cast.company, kind=Kind.ASSOCIATION, name="羽毛球协会")
    since = timezone.localdate() - timedelta(days=30)
    PostFactory(org=club, person=cast.alice, title="会长", since=since)
    PostFactory(org=club, person=cast.bob, title="会员", since=since)
    return club


def test_posts_come_with_the_account_as_they_are_asked_alone(cast, club, django_assert_num_queries):
    key = cast.account("alice").pk

    with django_assert_num_queries(1):
        account = account_of(key)
        alice = Actor(account.person, held=held(account))
        assert alice.posts == {club.pk: club.path}

    assert held(account) == held_by(cast.alice.pk)
    assert Actor(cast.alice).posts == alice.posts


def test_a_page_asks_for_posts_once(cast, club):
    alice = cast.client("alice")

    with CaptureQueriesContext(connection) as asked:
        assert alice.get(reverse("inbox:list")).status_code == 200

    assert sum('"people_post"' in one["sql"] for one in asked) == 1


def test_leaders_post_brings_the_right_for_that_body_only(cast, club):
    alice = cast.actor("alice")

    assert alice.can("activities.write", at=club)
    assert not alice.can("activities.write", at=cast.company)
    assert not alice.can("activities.write", at=cast.branch)
    assert sorted(alice.spans) == ["activities.check", "activities.view", "activities.write"]
    assert home_of(alice) == club


def test_member_and_former_leader_have_none(cast, club):
    old = OrgFactory(parent=cast.company, kind=Kind.ASSOCIATION)
    yesterday = timezone.localdate() - timedelta(days=1)
    PostFactory(org=old, person=cast.bob, title="会长", since=date(2020, 1, 1), until=yesterday)

    assert not cast.actor("bob").can("activities.write", at=club)
    assert not cast.actor("bob").can("activities.write", at=old)


@pytest.mark.parametrize("kind", [Kind.COMMITTEE, Kind.TEAM, Kind.BRANCH])
def test_the_same_title_elsewhere_brings_nothing(cast, kind):
    body = OrgFactory(parent=cast.branch, kind=kind)
    PostFactory(org=body, person=cast.alice, title="会长")

    assert cast.actor("alice").spans == {}


def test_role_is_data_and_can_be_taken_back(cast, club):
    Role.objects.filter(name="协会负责人").update(post_titles=["队长"])

    assert not cast.actor("alice").can("activities.write", at=club)


def test_who_holds_a_role_as_well_starts_where_they_hold_it(cast, club):
    PostFactory(org=club, person=cast.bob, title="秘书长")

    assert home_of(cast.actor("bob")) == cast.branch
    page = cast.client("bob").get(reverse("place")).content.decode()
    assert "羽毛球协会" in page


def test_leader_plans_a_series_and_members_are_signed_up(cast, club):
    alice = cast.client("alice")
    today = timezone.localdate()
    data = {
        "org": f"#{club.pk}", "kind": "association", "title": "每周羽毛球", "every": "week",
        "weekday": (today + timedelta(days=2)).weekday(), "starts_at": "18:30",
        "ends_at": "20:30", "since": today + timedelta(days=1),
        "until": today + timedelta(days=29), "signs_members": "on",
    }  # fmt: skip

    alice.post(reverse("activities:series-create"), data)
    series = Series.objects.get()
    alice.post(reverse("activities:series-announce", args=[series.pk]))

    first = series.occasions.order_by("starts_at").first()
    signed = Registration.objects.filter(activity=first, status="signed")
    assert {one.person for one in signed} == {cast.alice, cast.bob}
    assert series.occasions.filter(state="announced").exists()  # later ones open in their time
    assert Activity.objects.filter(org=club).count() == 4


def test_leader_does_not_touch_activities_of_others(cast, club):
    other = ActivityFactory(org=cast.company, state="draft")
    data = {"org": f"#{cast.company.pk}", "kind": "sport", "title": "冒名", "companions_allowed": 0}

    url = reverse("activities:activity-detail", args=[other.pk])
    assert cast.client("alice").get(url).status_code == 404
    assert cast.client("alice").post(reverse("activities:activity-create"), data).status_code == 422
    assert not Activity.objects.filter(title="冒名").exists()
