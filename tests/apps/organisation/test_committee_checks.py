"""Checks of committees, each on both sides of its limit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gonghui.core.orgs.models import Function, Kind
from gonghui.core.people.models import Sex, Standing
from tests.factories.organisation import (
    OrgFactory,
    PersonFactory,
    PostFactory,
    UnionRecordFactory,
)
from tests.factories.regulations import StandardFactory
from tests.watching import DAY, found, on_books, sentences, where

pytestmark = pytest.mark.django_db


def members(union, count, sex=Sex.MALE, standing=Standing.MEMBER):
    team = OrgFactory(parent=union, kind=Kind.TEAM)
    for _ in range(count):
        on_books(team, standing, sex=sex)


def committee(union, count):
    for _ in range(count):
        PostFactory(person=on_books(union, Standing.RETAINED))


def body(union, function, **given):
    return OrgFactory(parent=union, kind=Kind.COMMITTEE, function=function, **given)


@pytest.mark.parametrize(("count", "seated", "hits"), [(24, 0, 0), (25, 0, 1), (25, 3, 0)])
def test_committee_is_to_be_had_from_twenty_five_members(count, seated, hits):
    union = OrgFactory()
    members(union, count)
    committee(union, seated)

    assert len(found("ORG-01")) == hits


def test_workers_and_retained_members_are_no_members():
    union = OrgFactory()
    members(union, 20)
    members(union, 5, standing=Standing.RETAINED)
    members(union, 5, standing=Standing.WORKER)

    assert found("ORG-01") == []


def test_clerk_is_no_committee():
    union = OrgFactory()
    members(union, 25)
    PostFactory(person=on_books(union, Standing.RETAINED), title="工会干事")

    assert sentences("ORG-01") == ["有会员 25 人，没有登记工会委员会的委员。"]


@pytest.mark.parametrize(
    ("count", "seated", "words"),
    [(25, 2, "少于规定的 3 人"), (25, 3, ""), (25, 7, ""), (25, 8, "多于规定的 7 人"), (24, 1, "")],
)
def test_size_of_the_committee_is_within_the_band(count, seated, words):
    union = OrgFactory()
    members(union, count)
    committee(union, seated)

    said = sentences("ORG-01B")

    assert [words in one for one in said] == ([True] if words else [])


def test_union_without_known_members_has_no_size_to_keep():
    committee(OrgFactory(), 1)  # whoever sits in it is on no book as a member

    assert found("ORG-01B") == []


@pytest.mark.parametrize(("women", "hits"), [(9, 0), (10, 1)])
def test_womens_committee_from_ten_women_members(women, hits):
    union = OrgFactory()
    members(union, women, Sex.FEMALE)
    members(union, 3, Sex.FEMALE, Standing.WORKER)

    assert len(found("ORG-14")) == hits


@pytest.mark.parametrize(("women", "hits"), [(0, 0), (1, 1), (9, 1), (10, 0)])
def test_fewer_women_have_a_commissioner(women, hits):
    union = OrgFactory()
    members(union, women, Sex.FEMALE)
    committee(union, 3)

    assert len(found("ORG-14B")) == hits


@pytest.mark.parametrize(("title", "hits"), [("女职工委员", 0), ("女工主任", 0), ("宣教委员", 1)])
def test_commissioner_is_known_by_the_title(title, hits):
    union = OrgFactory()
    members(union, 3, Sex.FEMALE)
    PostFactory(person=on_books(union, Standing.RETAINED), title=title)

    assert len(found("ORG-14B")) == hits


def test_no_commissioner_is_asked_of_a_union_without_committee_or_with_a_womens_one():
    members(OrgFactory(), 3, Sex.FEMALE)
    union = OrgFactory()
    members(union, 3, Sex.FEMALE)
    committee(union, 3)
    body(union, Function.WOMEN)

    assert found("ORG-14B") == []


def test_womens_committee_by_the_women_workers_where_a_city_says_so():
    union = OrgFactory()
    members(union, 9, Sex.FEMALE)
    members(union, 1, Sex.FEMALE, Standing.WORKER)
    StandardFactory(key="women_committee_basis", org=union, value="female_workers")

    assert sentences("ORG-14") == ["有女职工 10 人，还没有建立女职工委员会。"]


def test_finding_goes_when_the_committee_is_there():
    union = OrgFactory()
    members(union, 10, Sex.FEMALE)
    assert where("ORG-14") == [union]

    body(union, Function.WOMEN, since=DAY)

    assert found("ORG-14", DAY) == []


@pytest.mark.parametrize(("days", "hits"), [(30, 0), (31, 1)])
def test_womens_committee_is_founded_with_the_union(days, hits):
    union = OrgFactory(since=date(2020, 1, 1))
    body(union, Function.WOMEN, since=date(2020, 1, 1) + timedelta(days=days))

    assert len(found("ORG-15")) == hits


@pytest.mark.parametrize(("own", "hits"), [(True, 1), (False, 0), (None, 0)])
def test_audit_committee_where_accounts_are_kept(own, hits):
    record = UnionRecordFactory(own_accounts=own)
    assert len(found("ORG-16")) == hits

    body(record.org, Function.AUDIT)

    assert found("ORG-16") == []


@pytest.mark.parametrize(("title", "hits"), [("主席", 1), ("副主席", 0)])
def test_chair_does_not_sit_in_the_audit_committee(title, hits):
    post = PostFactory(title=title)
    PostFactory(person=post.person, org=body(post.org, Function.AUDIT))

    assert len(found("ELE-12")) == hits


def test_chair_of_one_union_may_audit_another():
    post = PostFactory(title="主席")
    PostFactory(person=post.person, org=body(OrgFactory(), Function.AUDIT))

    assert found("ELE-12") == []


def test_chair_who_left_the_audit_committee_is_done_with_it():
    post = PostFactory(title="主席")
    seat = PostFactory(person=post.person, org=body(post.org, Function.AUDIT))
    assert sentences("ELE-12") == [f"主席{post.person}同时在本会的经费审查委员会任职。"]

    seat.until = DAY - timedelta(days=1)
    seat.save()

    assert found("ELE-12") == []


@pytest.mark.parametrize(
    ("same", "sex", "hits"), [(True, "female", 0), (False, "female", 1), (False, "male", 0)]
)
def test_women_vice_chair_leads_the_womens_committee(same, sex, hits):
    vice = PostFactory(title="副主席", person__sex=sex)
    head = vice.person if same else PersonFactory(org=vice.org, sex="female")
    PostFactory(title="主任", person=head, org=body(vice.org, Function.WOMEN))

    assert len(found("ELE-13")) == hits
