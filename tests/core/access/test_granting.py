"""Nobody hands out more than they hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.granting import lacking, lacking_everywhere, outranks
from gonghui.core.access.models import Grant, Role
from tests.factories.organisation import GrantFactory, RoleFactory


def test_lacking_names_what_is_missing_there(cast):
    frank = cast.actor("frank")

    assert lacking(frank, ["plans.write", "access.shape"], cast.branch) == ["设置角色"]
    assert lacking(frank, ["plans.write"], cast.city) == ["编写计划"]
    assert lacking(frank, [], cast.city) == []
    assert lacking(frank, ["gone.away"], cast.branch) == ["gone.away"]


def test_lacking_everywhere_asks_for_every_root(cast):
    assert lacking_everywhere(cast.actor("erin"), ["plans.write"]) == []
    assert lacking_everywhere(cast.actor("carol"), ["plans.write"]) == ["编写计划"]


@pytest.mark.django_db
def test_without_a_tree_nobody_holds_anything_everywhere():
    assert lacking_everywhere(SYSTEM, ["plans.write"]) == ["编写计划"]


def test_outranking_is_holding_all_the_other_holds(cast):
    assert outranks(cast.actor("frank"), cast.bob)
    assert outranks(cast.actor("frank"), cast.alice)
    assert not outranks(cast.actor("frank"), cast.carol)
    assert not outranks(cast.actor("bob"), cast.frank)


def test_a_role_held_elsewhere_outranks_at_home(cast):
    GrantFactory(person=cast.alice, role=Role.objects.get(name="系统管理员"), org=cast.province)

    assert not outranks(cast.actor("frank"), cast.alice)


def test_a_role_to_come_counts_and_one_that_ended_does_not(cast):
    today = timezone.localdate()
    grant = GrantFactory(
        person=cast.alice,
        role=RoleFactory(capabilities=["access.shape"]),
        org=cast.branch,
        since=today + timedelta(days=30),
    )
    assert not outranks(cast.actor("frank"), cast.alice)

    Grant.objects.filter(pk=grant.pk).update(since=None, until=today - timedelta(days=1))
    assert outranks(cast.actor("frank"), cast.alice)
