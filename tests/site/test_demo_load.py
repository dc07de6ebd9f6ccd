"""The demo loads whole, once, and lets its people in."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.core.orgs.tree import wrong_paths
from gonghui.core.people.models import Account, Person
from gonghui.site.demo.city import BODIES, DEMO_PASSWORD
from gonghui.site.demo.load import load_demo
from gonghui.site.demo.people import SHOWCASE, people
from gonghui.site.demo.seed import found_city

TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """The demo, loaded once for the reading tests of this module and taken away after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        load_demo(today=TODAY)
        yield found_city()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def test_bodies_and_people_stand_in_their_places(city) -> None:
    assert Org.objects.count() == len(BODIES)
    assert Person.objects.count() == len(people())
    assert wrong_paths() == []
    assert city.orgs["gas"].second_parent == city.orgs["district"]
    assert Org.objects.below(city.orgs["machinery"]).filter(kind="team").count() == 23
    assert str(history_of(city.orgs["city"]).get().by) == "沈志明"


def test_every_showcase_person_may_log_in_by_name_and_by_mobile(city) -> None:
    for one in SHOWCASE:
        account = authenticate(None, username=one.username, password=DEMO_PASSWORD)
        assert account is not None
        assert account.person.name == one.name
        assert Account.objects.get(mobile=account.mobile) == account


def test_chairs_reach_their_own_union_and_no_other(city) -> None:
    zhou = Actor(city.account_person("zhou"))
    assert zhou.can("plans.review", at=city.orgs["repair-2"])
    assert not zhou.can("plans.view", at=city.orgs["gas"])

    upper = Actor(city.account_person("energy"))
    assert upper.can("plans.send", at=city.orgs["gas-line-1"])
    assert not upper.can("plans.view", at=city.orgs["machinery"])

    assert Actor(city.account_person("member")).spans == {}


def test_a_second_run_changes_nothing(city) -> None:
    before = Person.objects.count()

    summary = load_demo(today=TODAY)

    assert summary.was_there
    assert Person.objects.count() == before


def test_a_crowd_is_added_once(city) -> None:
    wanted = len(people()) + 450

    summary = load_demo(people=wanted, today=TODAY)
    again = load_demo(people=wanted, today=TODAY)

    assert summary.people == again.people == wanted
    assert summary.bodies == again.bodies > len(BODIES) + 25
    assert wrong_paths() == []


def test_the_command_says_who_may_log_in(city, tmp_path) -> None:
    out = StringIO()

    call_command("demo", files=tmp_path, stdout=out, skip_checks=True)

    said = out.getvalue()
    assert "已经在了" in said
    assert DEMO_PASSWORD in said
    assert all(one.username in said for one in SHOWCASE)
    assert len(list(tmp_path.glob("*.docx"))) == 4
