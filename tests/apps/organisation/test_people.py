"""What happens to people, their posts and accounts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gonghui.apps.organisation import api
from gonghui.apps.organisation.actions import people
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Role
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Person, Post
from gonghui.kit.errors import DomainError
from tests.factories.organisation import AccountFactory, GrantFactory, PersonFactory, PostFactory


def last(subject):
    return history_of(subject)[0]


def reread(obj):
    return type(obj).objects.get(pk=obj.pk)


def test_a_person_is_registered_with_the_reading_of_their_name(cast):
    person = people.add_person(
        cast.branch, name="曾慧", by=cast.actor("frank"), sex="female", joined_on=date(2024, 5, 1)
    )

    assert (person.pinyin, person.initials) == ("zenghui", "zh")
    assert (last(person).verb, last(person).changes["sex"]) == ("create", [None, "女"])


def test_a_typed_reading_wins(cast):
    person = people.add_person(cast.branch, name="乐乐", by=SYSTEM, reading="lele")

    assert person.pinyin == "lele"


@pytest.mark.parametrize(
    ("name", "reading", "kept"),
    [
        ("艾丽", "aili", "aili"),
        ("曾丽", "aili", "zengli"),
        ("艾丽", "", "aili"),
        ("曾丽", "cengli", "cengli"),
    ],
)
def test_a_new_name_brings_its_reading_unless_one_was_typed(cast, name, reading, kept):
    person = people.change_person(cast.alice, by=SYSTEM, name=name, reading=reading)

    assert person.pinyin == kept


def test_whoever_leaves_leaves_their_posts(cast):
    post = PostFactory(person=cast.bob, title="主席", since=date(2024, 1, 1))
    left = date(2025, 6, 30)

    person = people.change_person(cast.bob, by=cast.actor("frank"), name="鲍博", left_on=left)

    assert reread(post).until == left
    assert last(person).changes == {"left_on": [None, "2025-06-30"]}
    assert last(post).changes == {"until": [None, "2025-06-30"]}


def test_a_person_moves_and_their_posts_stay(cast):
    post = PostFactory(person=cast.bob, title="主席")

    people.move_person(cast.bob, cast.second_branch, by=cast.actor("frank"), reason="轮岗")

    assert reread(cast.bob).org == cast.second_branch
    assert reread(post).until is None
    assert last(cast.bob).changes == {"org": ["一分会", "二分会"], "reason": "轮岗"}
    with pytest.raises(DomainError, match="已经在「二分会」"):
        people.move_person(cast.bob, cast.second_branch, by=SYSTEM)


def test_nothing_is_placed_in_a_closed_body(cast):
    Org.objects.filter(pk=cast.second_branch.pk).update(until="2025-01-01")
    closed = reread(cast.second_branch)

    for act in (
        lambda: people.add_person(closed, name="甲", by=SYSTEM),
        lambda: people.move_person(cast.bob, closed, by=SYSTEM),
        lambda: people.give_post(cast.bob, closed, title="主席", since=date(2025, 1, 1), by=SYSTEM),
    ):
        with pytest.raises(DomainError, match="已经撤销"):
            act()


def test_a_post_is_given_once_and_ended(cast):
    given = {"title": "主席", "since": date(2024, 1, 1), "by": cast.actor("frank")}
    post = people.give_post(cast.bob, cast.branch, **given)

    with pytest.raises(DomainError, match="鲍博已在「一分会」任主席"):
        people.give_post(cast.bob, cast.branch, **given)
    with pytest.raises(DomainError, match="不能早于"):
        people.end_post(post, until=date(2023, 1, 1), by=SYSTEM)

    people.end_post(post, until=date(2024, 12, 31), by=cast.actor("frank"))
    assert last(post).changes == {"until": [None, "2024-12-31"]}
    assert people.give_post(cast.bob, cast.branch, **given).until is None


def test_posts_that_make_no_sense_are_refused(cast):
    with pytest.raises(DomainError, match="离任日期不能早于任职日期"):
        people.give_post(
            cast.bob,
            cast.branch,
            title="主席",
            since=date(2024, 2, 1),
            until=date(2024, 1, 1),
            by=SYSTEM,
        )
    Person.objects.filter(pk=cast.bob.pk).update(left_on=date(2024, 1, 1))
    with pytest.raises(DomainError, match="已经离开"):
        people.give_post(
            reread(cast.bob), cast.branch, title="主席", since=date(2024, 2, 1), by=SYSTEM
        )


def open_account(person, by, **values):
    values = {"username": "newcomer", "password": "lantern-river-42"} | values
    return people.open_account(person, by=by, **values)


def test_opening_an_account_never_records_the_password(cast):
    person = PersonFactory(name="新人", org=cast.branch)

    account = open_account(person, cast.actor("frank"), mobile="13900000001")

    assert account.check_password("lantern-river-42")
    assert last(person).changes == {
        "username": "newcomer",
        "mobile": "13900000001",
        "password": "已设置",
    }
    with pytest.raises(DomainError, match="已经有账号"):
        open_account(person, cast.actor("frank"), username="again")


@pytest.mark.parametrize(
    "values",
    [
        {"username": "alice"},
        {"username": "ALICE"},
        {"username": "13800000000"},
        {"mobile": "13800000000"},
        {"mobile": "13700000000"},
    ],
)
def test_one_way_in_belongs_to_one_person(cast, values):
    AccountFactory(username="13700000000", person=None)

    with pytest.raises(DomainError, match="已有人使用"):
        open_account(PersonFactory(org=cast.branch), SYSTEM, **values)


def test_an_account_is_changed_and_closed(cast):
    account = cast.account("alice")

    people.change_account(
        account, username="aili", by=cast.actor("frank"), mobile="", is_active=False
    )

    kept = reread(account)
    assert (kept.username, kept.mobile, kept.is_active) == ("aili", None, False)
    assert kept.check_password("lantern-river-42")
    assert last(cast.alice).changes == {"username": "aili", "is_active": ["可以登录", "停用"]}


def test_a_password_set_anew_opens_the_account_again(cast):
    account = cast.account("alice")

    people.change_account(
        account, username="alice", by=cast.actor("frank"), password="other-river-43"
    )

    assert reread(account).check_password("other-river-43")


def test_an_account_of_nobody_is_not_changed_here(cast):
    robot = AccountFactory(person=None)

    with pytest.raises(DomainError, match="不属于任何人"):
        people.change_account(robot, username="x", by=SYSTEM)


def test_nobody_takes_over_an_account_that_may_more(cast):
    """Setting a password is acting as the person: their grants must be the officer's too."""
    GrantFactory(person=cast.alice, role=Role.objects.get(name="系统管理员"), org=cast.province)
    climber = PersonFactory(name="高升", org=cast.branch)
    GrantFactory(person=climber, role=Role.objects.get(name="上级工会"), org=cast.city)
    frank = cast.actor("frank")

    with pytest.raises(DomainError, match="超出您的权限"):
        people.change_account(cast.account("alice"), username="alice", by=frank, password="x" * 9)
    with pytest.raises(DomainError, match="超出您的权限"):
        open_account(climber, frank)
    assert cast.account("alice").check_password("lantern-river-42")
    assert open_account(climber, cast.actor("erin")).pk


def test_ones_own_account_is_always_ones_own(cast):
    account = cast.account("frank")

    people.change_account(account, username="frank2", by=cast.actor("frank"), mobile=account.mobile)

    assert reread(account).username == "frank2"


def test_the_front_door_opens_to_what_others_need(cast):
    day = timezone.localdate() - timedelta(days=1)
    org = api.add_org(cast.company, name="三分会", kind="branch", by=SYSTEM)
    person = api.add_person(org, name="新人", by=SYSTEM)
    post = api.give_post(person, org, title="委员", since=day, by=SYSTEM)
    account = api.open_account(person, username="xinren", password="lantern-river-42", by=SYSTEM)

    assert list(api.children_of(cast.company))[-1].kind == "branch"
    assert (Post.objects.get(), Account.objects.get(username="xinren")) == (post, account)
    assert len(api.__all__) <= 10
