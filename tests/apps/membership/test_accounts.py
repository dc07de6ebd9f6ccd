"""What a person logs in with, and who may set it."""

from __future__ import annotations

import pytest

from gonghui.apps.membership import api
from gonghui.apps.membership.actions import accounts
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Role
from gonghui.core.history.trail import history_of
from gonghui.core.people.models import Account
from gonghui.kit.errors import DomainError
from tests.factories.organisation import AccountFactory, GrantFactory, PersonFactory


def last(subject):
    return history_of(subject)[0]


def reread(obj):
    return type(obj).objects.get(pk=obj.pk)


def open_account(person, by, **values):
    values = {"username": "newcomer", "password": "lantern-river-42"} | values
    return accounts.open_account(person, by=by, **values)


def test_opening_an_account_never_records_the_password(cast):
    person = PersonFactory(name="新人", org=cast.branch)

    account = open_account(person, cast.actor("frank"), mobile="13900000001")

    assert account.check_password("lantern-river-42")
    assert last(person).changes == {
        "username": "newcomer",
        "mobile": "139****0001",
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

    accounts.change_account(
        account, username="aili", by=cast.actor("frank"), mobile="", is_active=False
    )

    kept = reread(account)
    assert (kept.username, kept.mobile, kept.is_active) == ("aili", None, False)
    assert kept.check_password("lantern-river-42")
    assert last(cast.alice).changes == {"username": "aili", "is_active": ["可以登录", "停用"]}


def test_a_password_set_anew_opens_the_account_again(cast):
    account = cast.account("alice")

    accounts.change_account(
        account, username="alice", by=cast.actor("frank"), password="other-river-43"
    )

    assert reread(account).check_password("other-river-43")


def test_an_account_of_nobody_is_not_changed_here(cast):
    robot = AccountFactory(person=None)

    with pytest.raises(DomainError, match="不属于任何人"):
        accounts.change_account(robot, username="x", by=SYSTEM)


def test_nobody_takes_over_an_account_that_may_more(cast):
    """Setting a password is acting as the person: their grants must be the officer's too."""
    GrantFactory(person=cast.alice, role=Role.objects.get(name="系统管理员"), org=cast.province)
    climber = PersonFactory(name="高升", org=cast.branch)
    GrantFactory(person=climber, role=Role.objects.get(name="上级工会"), org=cast.city)
    frank = cast.actor("frank")

    with pytest.raises(DomainError, match="超出您的权限"):
        accounts.change_account(cast.account("alice"), username="alice", by=frank, password="x" * 9)
    with pytest.raises(DomainError, match="超出您的权限"):
        open_account(climber, frank)
    assert cast.account("alice").check_password("lantern-river-42")
    assert open_account(climber, cast.actor("erin")).pk


def test_ones_own_account_is_always_ones_own(cast):
    account = cast.account("frank")

    accounts.change_account(account, username="frank2", by=cast.actor("frank"))

    assert reread(account).username == "frank2"


def test_the_front_door_opens_to_what_others_need(cast):
    person = api.add_person(cast.branch, name="新人", by=SYSTEM)
    account = api.open_account(person, username="xinren", password="lantern-river-42", by=SYSTEM)

    assert api.move_person(person, cast.second_branch, by=SYSTEM).org == cast.second_branch
    assert Account.objects.get(username="xinren") == account
    assert len(api.__all__) <= 10
