"""The first union of an empty installation."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Role
from gonghui.core.access.roles import ship_roles
from gonghui.core.history.models import Entry
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account

pytestmark = pytest.mark.django_db

GIVEN = ("--union", "安澜市总工会", "--name", "沈志明", "--username", "shen")
PASSWORD = "lantern-river-42"


@pytest.fixture(autouse=True)
def roles():
    ship_roles(Role)


def test_first_officer_logs_in_and_may_appoint_chairs(client):
    call_command("begin", *GIVEN, "--password", PASSWORD)

    assert client.login(username="shen", password=PASSWORD)
    assert client.get(reverse("home")).status_code == 200
    founder = Actor(Account.objects.get().person)
    assert founder.can("access.shape")
    assert founder.can("plans.review", at=Org.objects.get())
    assert Entry.objects.filter(verb="create").count() == 4


def test_weak_password_is_refused_and_nothing_is_left():
    with pytest.raises(CommandError):
        call_command("begin", *GIVEN, "--password", "123456")

    assert not Org.objects.exists()


def test_installation_that_has_begun_is_left_alone(cast):
    before = Org.objects.count()

    with pytest.raises(CommandError, match="已经有组织了"):
        call_command("begin", *GIVEN, "--password", PASSWORD)

    assert Org.objects.count() == before
