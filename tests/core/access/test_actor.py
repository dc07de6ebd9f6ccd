"""What an actor reaches: grants, periods, second leadership."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, at_home, in_reach, is_person
from gonghui.core.access.models import Grant, Role
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.models import Person
from gonghui.kit.rules import EVERYBODY, NOBODY
from tests.factories.organisation import GrantFactory, OrgFactory, RoleFactory


def names(queryset):
    return set(queryset.values_list("name", flat=True))


def test_the_system_may_do_nothing(cast):
    assert SYSTEM.spans == {}
    assert SYSTEM.home_path == ""
    assert SYSTEM.reach("plans.view") == NOBODY
    assert not SYSTEM.can("plans.view")
    assert is_person("pk")(SYSTEM) == NOBODY
    assert at_home()(SYSTEM) == NOBODY


def test_reach_ends_where_the_subtree_ends(cast):
    rule = in_reach("people.view")

    assert names(rule.narrow(Person.objects.all(), cast.actor("bob"))) == {"艾丽", "鲍博"}
    assert "马洛" not in names(rule.narrow(Person.objects.all(), cast.actor("carol")))
    assert names(rule.narrow(Person.objects.all(), cast.actor("dave"))) == {"戴维", "马洛"}
    assert rule(cast.actor("mallory")) == NOBODY


def test_whoever_holds_it_at_every_root_reaches_everything_without_a_condition(cast):
    assert cast.actor("erin").reach("people.view") == EVERYBODY

    OrgFactory(name="另一棵树", kind=Kind.FEDERATION)
    assert cast.actor("erin").reach("people.view") != EVERYBODY


def test_a_covered_path_is_dropped(cast):
    GrantFactory(person=cast.carol, role=Role.objects.get(name="上级工会"), org=cast.branch)

    assert cast.actor("carol").spans["plans.view"] == [cast.city.path]


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [(0, 0, True), (-2, -1, False), (1, 2, False), (None, 0, True), (0, None, True)],
)
def test_a_grant_holds_from_day_to_day(cast, since, until, held):
    today = timezone.localdate()
    day = {n: today + timedelta(days=n) for n in (-2, -1, 0, 1, 2)} | {None: None}
    GrantFactory(
        person=cast.mallory,
        role=RoleFactory(capabilities=["plans.view"]),
        org=cast.branch,
        since=day[since],
        until=day[until],
    )

    assert cast.actor("mallory").can("plans.view", at=cast.branch) is held


def test_second_leadership_reaches_what_is_led_and_what_that_leads(cast):
    industry = OrgFactory(name="机冶工会", kind=Kind.INDUSTRY, parent=cast.other_city)
    Org.objects.filter(pk=cast.company.pk).update(second_parent=industry)
    dave = cast.actor("dave")

    assert dave.can("plans.view", at=cast.branch)
    assert not dave.can("plans.view", at=cast.city)
    assert {"艾丽", "方兰"} <= names(in_reach("people.view").narrow(Person.objects.all(), dave))


def test_second_leadership_of_second_leadership_reaches_on(cast):
    joint = OrgFactory(name="园区联合会", kind=Kind.JOINT, parent=cast.city)
    industry = OrgFactory(name="机冶工会", kind=Kind.INDUSTRY, parent=cast.other_city)
    Org.objects.filter(pk=joint.pk).update(second_parent=industry)
    Org.objects.filter(pk=cast.company.pk).update(second_parent=joint)

    assert cast.actor("dave").can("plans.view", at=cast.branch)


def test_two_offices_reach_each_what_they_lead_a_second_time(cast):
    industry = OrgFactory(name="机冶工会", kind=Kind.INDUSTRY, parent=cast.other_city)
    Org.objects.filter(pk=cast.branch.pk).update(second_parent=industry)
    other = RoleFactory(capabilities=["care.give"])
    GrantFactory(person=cast.dave, role=other, org=cast.second_branch)

    dave = cast.actor("dave")

    assert dave.can("plans.view", at=cast.branch)
    assert not dave.can("care.give", at=cast.branch)
    assert not dave.can("plans.view", at=cast.second_branch)


def test_a_chain_of_second_leaderships_is_followed_a_few_rounds_only(cast, monkeypatch):
    monkeypatch.setattr("gonghui.core.access.actor.MAX_ROUNDS", 1)
    joint = OrgFactory(name="园区联合会", kind=Kind.JOINT, parent=cast.city)
    industry = OrgFactory(name="机冶工会", kind=Kind.INDUSTRY, parent=cast.other_city)
    Org.objects.filter(pk=joint.pk).update(second_parent=industry)
    Org.objects.filter(pk=cast.company.pk).update(second_parent=joint)

    assert cast.actor("dave").can("plans.view", at=joint)
    assert not cast.actor("dave").can("plans.view", at=cast.company)


def test_reach_of_bodies_themselves(cast):
    rule = in_reach("organisation.view", field="")

    assert names(rule.narrow(Org.objects.all(), cast.actor("frank"))) == {
        "安澜机械公司工会",
        "一分会",
        "二分会",
    }


def test_at_home_is_ones_own_body_and_what_stands_above(cast):
    assert names(at_home(field="").narrow(Org.objects.all(), cast.actor("alice"))) == {
        "一分会",
        "安澜机械公司工会",
        "安澜市总工会",
        "云泽省总工会",
    }
    assert cast.actor("alice").home_path == cast.branch.path
    assert "方兰" in names(at_home().narrow(Person.objects.all(), cast.actor("alice")))


def test_is_person_names_the_actor(cast):
    rule = is_person("pk")

    assert list(rule.narrow(Person.objects.all(), cast.actor("alice"))) == [cast.alice]


def test_grants_and_posts_are_read_once(cast, django_assert_max_num_queries):
    actor = cast.actor("carol")

    with django_assert_max_num_queries(2):
        for capability in ("plans.view", "plans.write", "people.view"):
            actor.reach(capability)
            actor.can(capability, at=cast.branch)


def test_a_grant_names_itself(cast):
    assert str(Grant.objects.get(person=cast.bob)) == "鲍博 · 分会主席 · 一分会"
    assert str(Role.objects.get(name="会员")) == "会员"
