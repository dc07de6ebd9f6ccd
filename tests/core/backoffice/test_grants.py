"""Roles are handed out and shaped, and nobody climbs by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Grant, Role
from gonghui.core.access.roles import ship_roles
from gonghui.core.backoffice import actions
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError
from tests.factories.organisation import GrantFactory, OrgFactory, RoleFactory


def at(name, *args):
    return reverse(f"backoffice:{name}", args=args)


def text(response):
    return response.content.decode()


def role(name):
    return Role.objects.get(name=name)


# The actions


def test_a_role_is_granted_with_an_entry_here_and_with_the_person(cast):
    grant = actions.grant_role(cast.alice, role("班组长"), cast.branch, by=cast.actor("frank"))

    assert cast.actor("alice").can("plans.work", at=cast.branch)
    assert history_of(grant).get().by == cast.frank
    assert history_of(cast.alice).get().changes == {"role": "班组长", "org": "一分会"}


@pytest.mark.parametrize(
    ("who", "name", "org"),
    [
        ("frank", "系统管理员", "company"),
        ("frank", "工会主席", "city"),
        ("frank", "班组长", "other_company"),
        ("carol", "系统管理员", "city"),
        ("bob", "班组长", "branch"),
        ("mallory", "班组长", "other_company"),
    ],
)
def test_nobody_grants_what_they_do_not_hold_there(cast, who, name, org):
    by = cast.actor(who)
    if who == "bob":
        # 分会主席 holds all of 班组长 but may not grant: the screen's rule says so.
        assert not by.can("access.grant")
        return

    with pytest.raises(DomainError, match="没有这些权限"):
        actions.grant_role(cast.alice, role(name), getattr(cast, org), by=by)


def test_a_role_is_granted_once_and_only_where_a_body_stands(cast):
    with pytest.raises(DomainError, match="已有这个角色"):
        actions.grant_role(cast.bob, role("分会主席"), cast.branch, by=cast.actor("frank"))

    Org.objects.filter(pk=cast.second_branch.pk).update(until="2024-01-01")
    cast.second_branch.refresh_from_db()
    with pytest.raises(DomainError, match="已经撤销"):
        actions.grant_role(cast.bob, role("班组长"), cast.second_branch, by=cast.actor("frank"))


def test_a_grant_is_ended_by_who_could_have_given_it(cast):
    grant = Grant.objects.get(person=cast.bob)
    yesterday = timezone.localdate() - timedelta(days=1)

    actions.change_grant(grant, by=cast.actor("frank"), until=yesterday)

    assert not cast.actor("bob").can("plans.view")
    changes = history_of(grant).get().changes
    assert changes == {"until": [None, yesterday.isoformat()]}


def test_a_higher_grant_is_not_ended_from_below(cast):
    higher = GrantFactory(person=cast.erin, role=role("系统管理员"), org=cast.branch)

    with pytest.raises(DomainError, match="设置角色"):
        actions.change_grant(higher, by=cast.actor("frank"), until=timezone.localdate())


def test_a_role_is_shaped_from_what_one_holds_everywhere(cast):
    erin = cast.actor("erin")

    made = actions.shape_role(
        Role(), name="宣传干事", capabilities=["plans.view", "plans.work"], by=erin
    )
    actions.shape_role(made, name="宣传干事", capabilities=["plans.view"], by=erin)

    entries = history_of(made)
    assert [entry.verb for entry in entries] == ["update", "create"]
    assert entries[0].changes == {"capabilities": ["查看计划、办理任务", "查看计划"]}


def test_nobody_puts_into_a_role_what_they_lack(cast):
    admin = RoleFactory(capabilities=["access.shape", "plans.view"])
    GrantFactory(person=cast.mallory, role=admin, org=cast.province)
    mallory = cast.actor("mallory")

    with pytest.raises(DomainError, match="您自己没有这些权限，不能放进角色：审定计划"):
        actions.shape_role(
            admin, name=admin.name, capabilities=[*admin.capabilities, "plans.review"], by=mallory
        )
    with pytest.raises(DomainError):
        actions.shape_role(Role(), name="新", capabilities=["plans.view"], by=SYSTEM)

    # What stands in a role already is not put in: taking something out is always possible.
    chief = role("上级工会")
    actions.shape_role(chief, name="上级工会", capabilities=["plans.review"], by=mallory)


def test_a_shipped_role_that_is_shaped_becomes_ones_own(cast):
    actions.shape_role(
        role("会员"), name="会员", capabilities=["plans.view"], by=cast.actor("erin")
    )

    ship_roles()

    assert role("会员").capabilities == ["plans.view"]


# The screens


@pytest.mark.parametrize("who", ["alice", "bob", "grace", "mallory"])
def test_who_may_not_grant_sees_nothing_of_it(cast, who):
    client = cast.client(who)
    grant = Grant.objects.get(person=cast.bob)

    assert client.get(at("grant-detail", grant.pk)).status_code == 404
    assert client.get(at("grant-update", grant.pk)).status_code == 404
    assert client.get(at("grant-create")).status_code == 404
    assert client.get(at("role-detail", grant.role.pk)).status_code == 404
    assert client.get(at("role-create")).status_code == 404
    assert list(client.get(at("grant-list")).context["table"].page.object_list.data) == []


def test_grants_are_listed_within_reach(cast):
    page = cast.client("frank").get(at("grant-list") + "?scope=below")

    assert {g.person.name for g in page.context["table"].page.object_list.data} == {
        "艾丽",
        "鲍博",
        "方兰",
        "葛瑞",
    }


def test_ended_grants_are_shown_on_request(cast):
    Grant.objects.filter(person=cast.bob).update(until="2024-01-01")
    client = cast.client("frank")

    assert "鲍博" not in text(client.get(at("grant-list") + "?scope=below"))
    page = text(client.get(at("grant-list") + "?scope=below&state=all"))
    assert "鲍博" in page
    assert "已到期" in page


def test_a_role_is_granted_on_the_page(cast):
    client = cast.client("frank")
    form = text(client.get(at("grant-create") + f"?person={cast.alice.pk}"))
    assert 'value="艾丽（一分会）"' in form
    assert "系统管理员" not in form

    response = client.post(
        at("grant-create"), {"person": "艾丽", "role": role("班组长").pk, "org": "一分会"}
    )

    grant = Grant.objects.get(person=cast.alice, role__name="班组长")
    assert response.url == at("grant-detail", grant.pk)
    later = timezone.localdate() + timedelta(days=3)
    client.post(at("grant-update", grant.pk), {"since": later.isoformat()})
    assert "尚未开始" in text(client.get(at("grant-list") + "?scope=below"))


@pytest.mark.parametrize(
    ("person", "name", "org"),
    [
        ("艾丽", "系统管理员", "一分会"),
        ("艾丽", "班组长", "安澜市总工会"),
        ("马洛", "班组长", "一分会"),
    ],
)
def test_what_may_not_be_granted_is_refused_on_the_page(cast, person, name, org):
    before = Grant.objects.count()

    response = cast.client("frank").post(
        at("grant-create"), {"person": person, "role": role(name).pk, "org": org}
    )

    assert response.status_code == 422
    assert Grant.objects.count() == before


def test_a_role_held_elsewhere_does_not_help_here(cast):
    """Carol holds access.grant in her city; at the other company she holds a lesser role only."""
    GrantFactory(person=cast.carol, role=role("党政领导"), org=cast.other_company)

    with pytest.raises(DomainError, match="没有这些权限"):
        actions.grant_role(cast.alice, role("工会主席"), cast.other_company, by=cast.actor("carol"))


def test_roles_are_shaped_only_from_the_top(cast):
    shaper = RoleFactory(name="市里的管理员", capabilities=["access.shape", "access.grant"])
    GrantFactory(person=cast.carol, role=shaper, org=cast.city)
    client = cast.client("carol")

    assert client.get(at("role-list")).status_code == 200
    assert client.get(at("role-detail", shaper.pk)).status_code == 200
    assert client.get(at("role-update", shaper.pk)).status_code == 404
    assert client.get(at("role-create")).status_code == 404


def test_the_administrator_shapes_a_role_with_check_boxes(cast):
    client = cast.client("erin")
    assert 'type="checkbox"' in text(client.get(at("role-create")))

    client.post(at("role-create"), {"name": "宣传干事", "capabilities": ["plans.view"]})

    made = role("宣传干事")
    assert made.capabilities == ["plans.view"]
    assert "查看计划" in text(client.get(at("role-detail", made.pk)))
    taken = client.post(at("role-create"), {"name": "宣传干事", "capabilities": []})
    assert "已有同名的角色" in text(taken)
    wrong = client.post(at("role-create"), {"name": "错", "capabilities": ["no.such"]})
    assert wrong.status_code == 422


def test_roles_cost_the_same_for_few_and_many(cast, django_assert_max_num_queries):
    client = cast.client("erin")
    client.get(at("role-list"))
    with django_assert_max_num_queries(30) as few:
        client.get(at("role-list"))
    for _ in range(5):
        GrantFactory(person=cast.alice, role=RoleFactory(), org=OrgFactory())
    with django_assert_max_num_queries(len(few)):
        client.get(at("role-list"))
