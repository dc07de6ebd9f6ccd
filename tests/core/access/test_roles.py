"""The roles the product ships."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from gonghui.core.access.capabilities import SHIPPED_ROLES, capabilities
from gonghui.core.access.models import Role
from gonghui.core.access.roles import ship_roles

pytestmark = pytest.mark.django_db


def test_every_database_begins_with_the_shipped_roles():
    assert {r.name: r.capabilities for r in Role.objects.all()} == SHIPPED_ROLES


def test_shipping_twice_changes_nothing():
    assert ship_roles() == []


def test_shipping_refreshes_a_shipped_role_and_spares_an_edited_one():
    Role.objects.filter(name="会员").update(capabilities=["plans.view"])
    Role.objects.filter(name="班组长").update(capabilities=["plans.view"], is_shipped=False)

    changed = ship_roles()

    assert changed == ["会员"]
    assert Role.objects.get(name="会员").capabilities == []
    assert Role.objects.get(name="班组长").capabilities == ["plans.view"]


def test_a_shipped_role_that_is_missing_comes_back():
    Role.objects.filter(name="党政领导").delete()

    assert ship_roles() == ["党政领导"]


def test_shipped_roles_name_known_capabilities_only():
    named = {name for held in SHIPPED_ROLES.values() for name in held}

    assert {name for name in named if name not in capabilities} == set()


def test_an_upgrade_brings_new_capabilities():
    Role.objects.filter(name="工会主席").update(capabilities=[])

    call_command("migrate", verbosity=0)

    assert Role.objects.get(name="工会主席").capabilities == SHIPPED_ROLES["工会主席"]


def test_the_heads_of_a_unit_look_at_evaluations_and_take_no_part():
    leaders = SHIPPED_ROLES["党政领导"]

    assert [one for one in leaders if one.startswith("evaluation.")] == ["evaluation.view"]
