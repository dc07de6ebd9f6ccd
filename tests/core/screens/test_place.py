"""Where a person is looking: from the address, the last choice, or their own."""

from __future__ import annotations

import pytest
from django.db.models import Q

from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Role
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.models import Person
from gonghui.core.screens.place import Place, home_of, may_stand, place_of
from gonghui.kit.rules import NOBODY
from tests.factories.organisation import GrantFactory, OrgFactory


def place(rf, actor, query="", session=None):
    request = rf.get(f"/{query}")
    request.actor, request.session = actor, session or {}
    return place_of(request)


def test_a_person_starts_at_the_highest_body_they_hold_a_role_over(rf, cast):
    assert place(rf, cast.actor("frank")).org == cast.company
    assert place(rf, cast.actor("alice")).org == cast.branch
    assert place(rf, cast.actor("mallory")).org == cast.other_company
    assert place(rf, SYSTEM).org is None


def test_the_address_says_where_then_the_session(rf, cast):
    carol = cast.actor("carol")

    assert place(rf, carol, f"?org={cast.branch.pk}").org == cast.branch
    assert place(rf, carol, session={"place_org": cast.company.pk}).org == cast.company
    assert place(rf, carol, "?org=nonsense").org == cast.city
    assert place(rf, carol, "?scope=below").below
    assert place(rf, carol, session={"place_scope": "below"}).below
    assert not place(rf, carol).below


@pytest.mark.parametrize("target", ["other_company", "province"])
def test_nobody_stands_where_they_hold_nothing(rf, cast, target):
    org = getattr(cast, target)

    assert not may_stand(cast.actor("carol"), org)
    assert place(rf, cast.actor("carol"), f"?org={org.pk}").org == cast.city
    assert not may_stand(SYSTEM, org)


def test_a_body_that_was_closed_is_no_place(rf, cast):
    Org.objects.filter(pk=cast.branch.pk).update(until="2024-01-01")

    assert place(rf, cast.actor("carol"), f"?org={cast.branch.pk}").org == cast.city


def test_who_holds_a_role_over_a_closed_body_only_starts_at_home(cast):
    closed = OrgFactory(parent=cast.other_city, until="2024-01-01")
    GrantFactory(person=cast.mallory, role=Role.objects.get(name="党政领导"), org=closed)

    assert home_of(cast.actor("mallory")) == cast.other_company


def test_the_place_is_found_once_a_request(rf, cast, django_assert_num_queries):
    request = rf.get("/")
    request.actor, request.session = cast.actor("carol"), {}
    first = place_of(request)

    with django_assert_num_queries(0):
        assert place_of(request) is first


def test_a_place_narrows_to_itself_or_to_all_below(cast):
    everybody = Person.objects.all()

    def names(org, below):
        rows = Place(org, below, cast.actor("erin")).narrow(everybody, "org")
        return {person.name for person in rows}

    assert names(cast.company, below=False) == {"方兰", "葛瑞"}
    assert names(cast.company, below=True) == {"方兰", "葛瑞", "艾丽", "鲍博"}
    assert len(names(cast.province, below=True)) == 8
    assert names(None, below=True) == set()


def test_a_place_lies_within_what_one_reaches_or_it_does_not(cast):
    def lies(who, org, *, below, also=NOBODY):
        actor = cast.actor(who)
        return Place(org, below, actor).lies_within(actor.reach("plans.write") | also, "org")

    assert lies("frank", cast.company, below=True)
    assert lies("frank", cast.branch, below=False, also=Q(owner=1) | Q(state="running"))
    assert not lies("bob", cast.company, below=False, also=Q(org=cast.company))
    assert not lies("alice", cast.branch, below=False)
    assert not lies("frank", None, below=True)


def test_the_top_with_all_below_narrows_nothing_and_so_lies_within_nothing(cast):
    erin = cast.actor("erin")
    OrgFactory(parent=None)  # another tree: the province is no longer the whole

    reached = Q(org__within=(cast.province.path,))

    assert Place(cast.province, below=False, actor=erin).lies_within(reached, "org")
    assert not Place(cast.province, below=True, actor=erin).lies_within(reached, "org")
    assert not Place(cast.province, below=False, actor=erin).lies_within(~reached, "org")
    both = reached & Q(state="running")
    assert not Place(cast.company, below=False, actor=erin).lies_within(both, "org")
    assert not Place(cast.company, below=False, actor=erin).lies_within(reached, "person__org")


def test_the_choices_are_where_one_holds_a_role_one_below_and_ones_own(cast):
    OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.company)

    def choices(who):
        return Place(None, below=False, actor=cast.actor(who)).choices

    assert choices("carol") == [cast.city, cast.company]
    assert choices("frank") == [cast.company, cast.branch, cast.second_branch]
    assert choices("alice") == [cast.branch]
    assert Place(None, below=False, actor=SYSTEM).choices == []
