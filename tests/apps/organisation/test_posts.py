"""Posts are given and ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gonghui.apps.organisation import api
from gonghui.apps.organisation.actions import posts
from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.trail import history_of
from gonghui.core.indicators.counting import figures
from gonghui.core.indicators.registry import indicators
from gonghui.core.orgs.models import Org
from gonghui.core.orgs.tree import plant
from gonghui.core.people.models import Person, Post
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PostFactory


def last(subject):
    return history_of(subject)[0]


def reread(obj):
    return type(obj).objects.get(pk=obj.pk)


def test_a_post_is_given_once_and_ended(cast):
    given = {"title": "主席", "since": date(2024, 1, 1), "by": cast.actor("frank")}
    post = posts.give_post(cast.bob, cast.branch, **given)

    with pytest.raises(DomainError, match="鲍博已在「一分会」任主席"):
        posts.give_post(cast.bob, cast.branch, **given)
    with pytest.raises(DomainError, match="不能早于"):
        posts.end_post(post, until=date(2023, 1, 1), by=SYSTEM)

    posts.end_post(post, until=date(2024, 12, 31), by=cast.actor("frank"))
    assert last(post).changes == {"until": [None, "2024-12-31"]}
    assert posts.give_post(cast.bob, cast.branch, **given).until is None


def test_posts_that_make_no_sense_are_refused(cast):
    with pytest.raises(DomainError, match="离任日期不能早于任职日期"):
        posts.give_post(
            cast.bob,
            cast.branch,
            title="主席",
            since=date(2024, 2, 1),
            until=date(2024, 1, 1),
            by=SYSTEM,
        )
    Person.objects.filter(pk=cast.bob.pk).update(left_on=date(2024, 1, 1))
    with pytest.raises(DomainError, match="已经离开"):
        posts.give_post(
            reread(cast.bob), cast.branch, title="主席", since=date(2024, 2, 1), by=SYSTEM
        )


def test_no_post_is_given_in_a_closed_body(cast):
    Org.objects.filter(pk=cast.second_branch.pk).update(until="2025-01-01")
    closed = reread(cast.second_branch)

    with pytest.raises(DomainError, match="已经撤销"):
        posts.give_post(cast.bob, closed, title="主席", since=date(2025, 1, 1), by=SYSTEM)


def test_the_front_door_opens_to_what_others_need(cast):
    day = timezone.localdate() - timedelta(days=1)
    org = api.add_org(cast.company, name="三分会", kind="branch", by=SYSTEM)
    post = api.give_post(cast.bob, org, title="委员", since=day, by=SYSTEM)

    assert org.parent == cast.company
    assert Post.objects.get() == post
    assert len(api.__all__) <= 10


def test_a_yes_is_told_in_a_word(cast):
    post = api.give_post(
        cast.bob, cast.company, title="委员", since=date(2024, 1, 1), by=SYSTEM, full_time=True
    )

    page = cast.client("frank").get(f"/organisation/post/{post.pk}/").content.decode()

    assert "<dt>专职</dt><dd>是</dd>" in page.replace("\n", "").replace("  ", "")
    assert "True" not in page


def test_the_list_of_posts_is_asked_as_of_a_day(cast):
    PostFactory(
        person=cast.alice, org=cast.branch, title="前任委员",
        since=date(2020, 1, 1), until=date(2022, 6, 30),
    )  # fmt: skip
    PostFactory(person=cast.bob, org=cast.branch, title="现任委员", since=date(2023, 1, 1))
    frank = cast.client("frank")
    at = f"/organisation/post/?org={cast.branch.pk}&as_of="

    then, last, now = (
        frank.get(at + day).content.decode() for day in ("2022-06-30", "2022-07-01", "")
    )

    assert ("前任委员" in then, "现任委员" in then) == (True, False)
    assert ("前任委员" in last, "现任委员" in last) == (False, False)
    assert ("前任委员" in now, "现任委员" in now) == (False, True)
    ended = frank.get(f"{at}2022-07-01&state=ended").content.decode()
    assert "前任委员" in ended


def test_delegates_of_a_congress_hold_no_office(cast):
    today = timezone.localdate()
    asked, month = [indicators["organisation.posts"]], Period(today, today)
    before = figures(asked, cast.company, month)["organisation.posts"].value
    congress = plant(
        Org(name="会员代表大会", kind="committee", function="congress", parent=cast.company)
    )

    for org, title in ((congress, "会员代表"), (cast.branch, "组织委员")):
        PostFactory(person=cast.bob, org=org, title=title)

    assert figures(asked, cast.company, month)["organisation.posts"].value == (before or 0) + 1
