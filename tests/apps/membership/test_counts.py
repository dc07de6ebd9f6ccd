"""Headcounts of any day, unit by unit, and why they changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.apps.membership.exchange import PEOPLE
from gonghui.apps.membership.queries.counts import as_they_stood, counts_on, people_on
from gonghui.apps.membership.queries.explaining import explain
from gonghui.core.orgs.models import Kind, OrgVersion
from gonghui.core.orgs.tree import replant
from gonghui.core.people.ledger import Said, enter
from gonghui.core.people.models import Act, Membership, Person
from gonghui.core.people.replay import Contradiction
from tests.factories.organisation import HeadcountFactory, OrgFactory, PersonFactory

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def tally(counted):
    return counted.workers, counted.members, counted.retained


@pytest.fixture
def unit(db):
    """A company with two branches; two members, a worker and one who keeps a membership."""
    company = OrgFactory(name="公司工会")
    one = OrgFactory(name="一分会", parent=company, kind=Kind.BRANCH)
    OrgFactory(name="二分会", parent=company, kind=Kind.BRANCH)
    PersonFactory(name="甲", org=one, joined_on=JAN, employment="contract")
    PersonFactory(name="乙", org=company, joined_on=FEB, employment="hired")
    worker = Person.objects.create(name="丙", org=one, employment="hired")
    enter(worker, Said(Act.ENTER, JAN, one.pk, employment="hired"))
    retired = PersonFactory(name="丁", org=one, joined_on=JAN)
    enter(retired, Said(Act.RETAIN, FEB))
    return company


def test_figures_of_a_day_are_those_of_its_ledger(unit):
    january, february = counts_on(unit, date(2026, 1, 15)), counts_on(unit, FEB)

    assert tally(january.total) == (3, 2, 0)
    assert tally(february.total) == (3, 2, 1)
    assert february.total.rate_words == "66.7%"
    assert [(row.name, *tally(row.tally)) for row in february.units] == [
        ("一分会", 2, 1, 1),
        ("二分会", 0, 0, 0),
    ]
    assert tally(february.own) == (1, 1, 0)
    assert [(word, t.workers, t.members) for _, word, t in february.by_employment] == [
        ("合同制", 1, 1),
        ("聘用", 2, 1),
    ]
    assert counts_on(unit, date(2025, 12, 31)).total.rate is None


def test_what_a_unit_reported_stands_beside_it_and_is_never_made_up(unit):
    HeadcountFactory(org=unit, day=JAN, workers=120)
    HeadcountFactory(org=unit, day=MAR, workers=130)

    found = counts_on(unit, FEB)

    assert found.reported.workers == 120
    assert [row.reported for row in found.units] == [None, None]


def test_the_tree_is_that_of_the_day(unit):
    old_parent, new_parent = OrgFactory(kind=Kind.FEDERATION), OrgFactory(kind=Kind.FEDERATION)
    replant(unit, old_parent)
    OrgVersion.objects.filter(org__path__startswith=unit.path).update(since=None)
    replant(unit, new_parent)
    yesterday = OrgVersion.objects.filter(org=unit, until=None).get().since - timedelta(days=1)

    assert counts_on(old_parent, yesterday).total.workers == 3
    assert counts_on(new_parent, yesterday).total.workers == 0
    today = yesterday + timedelta(days=1)
    assert counts_on(old_parent, today).total.workers == 0
    found = explain(new_parent, yesterday, today)
    assert (found.before, found.after) == ((0, 0), (3, 2))
    assert {one.what for one in found.changes} == {"组织划入"}
    assert sum(one.workers for one in found.changes) == 3


def test_figures_cost_the_same_for_many(unit):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            counts_on(unit, MAR)
        return len(counted)

    few = cost()
    for number in range(4):
        PersonFactory(org=OrgFactory(name=f"{number}分会", parent=unit, kind=Kind.BRANCH))

    assert cost() == few


def test_a_change_is_explained_entry_by_entry(unit):
    person, other = Person.objects.get(name="甲"), OrgFactory(name="别的工会")
    enter(person, Said(Act.TRANSFER, MAR, other.pk))
    enter(Person.objects.get(name="丙"), Said(Act.JOIN, MAR))
    enter(Person.objects.get(name="丁"), Said(Act.RESUME, MAR))

    found = explain(unit, FEB, MAR)

    assert (found.before, found.after) == ((3, 2), (3, 3))
    assert [(o.what, o.who, o.workers, o.members) for o in found.changes] == [
        ("入会", "丙", 0, 1),
        ("恢复会籍", "丁", 1, 1),
        ("转出", "甲", -1, -1),
    ]
    assert ("转入", 1, 1, 1) in explain(other, FEB, MAR).groups


acts = st.lists(
    st.tuples(
        st.sampled_from([a for a in Act.values if a != Act.REVOKE]),
        st.integers(0, 20),
        st.integers(0, 3),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(
    lives=st.lists(acts, min_size=1, max_size=3), first=st.integers(0, 20), more=st.integers(0, 20)
)
def test_the_explanation_always_adds_up(db, lives, first, more):
    company = OrgFactory()
    orgs = [company, OrgFactory(parent=company, kind=Kind.BRANCH), OrgFactory(), OrgFactory()]
    for life in lives:
        person = Person.objects.create(name="某", org=company)
        for act, day, org in life:
            try:
                enter(person, Said(act, JAN + timedelta(days=day), orgs[org].pk))
            except Contradiction:
                continue

    found = explain(company, JAN + timedelta(days=first), JAN + timedelta(days=first + more))

    after = counts_on(company, JAN + timedelta(days=first + more)).total
    assert found.after == (after.workers, after.members)
    sums = [sum(one.workers for one in found.changes), sum(one.members for one in found.changes)]
    assert sums == [b - a for a, b in zip(found.before, found.after, strict=True)]


def at(name, **query):
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"membership:{name}") + f"?{tail}"


def text(response):
    return response.content.decode()


def test_every_figure_opens_to_its_people(cast):
    enter(cast.alice, Said(Act.RETAIN, FEB))
    client = cast.client("frank")
    page = client.get(at("counts", org=cast.company.pk, day="2026-02-01"))
    total = page.context["found"].total
    assert tally(total) == (3, 3, 1)

    for figure in page.context["figures"]:
        if figure["url"]:
            rows = client.get(figure["url"]).context["table"].page.paginator.count
            assert rows == figure["value"], figure["label"]
    line = next(row for row in page.context["units"] if row["name"] == "一分会")
    found = client.get(line["members_url"]).context["table"].page.object_list.data
    assert [person.name for person in found] == ["鲍博"]
    hired = client.get(page.context["kinds"][0]["members_url"])
    assert hired.context["table"].page.paginator.count == 3


def test_people_as_of_a_day_are_those_of_the_day(cast):
    enter(cast.bob, Said(Act.LEAVE, FEB))
    client = cast.client("frank")

    def names(**query):
        page = client.get(at("person-list", org=cast.branch.pk, scope="own", **query))
        return {row.name for row in page.context["table"].page.object_list.data}

    assert names() == {"艾丽"}
    assert names(as_of="2026-01-31") == {"艾丽", "鲍博"}
    assert names(as_of="2026-02-01") == {"艾丽"}
    assert names(standing="worker") == set()
    assert people_on(cast.branch, FEB, below=False).count() == 1
    assert Membership.objects.filter(person=cast.bob).count() == 1


def test_people_as_of_a_day_stand_where_they_stood(cast):
    """On the screen and in the sheet: the body of then by its name of then, and the employment."""
    OrgVersion.objects.filter(org=cast.branch).update(name="铸造分会", until=JAN)
    enter(cast.alice, Said(Act.MOVE, FEB, cast.second_branch.pk))
    enter(cast.alice, Said(Act.EMPLOY, FEB, employment="contract"))
    client = cast.client("frank")

    def row(**query):
        page = client.get(at("person-list", org=cast.company.pk, scope="below", **query))
        rows = page.context["table"].page
        return next([*one.cells][2:5:2] for one in rows if one.record == cast.alice)

    assert row() == ["二分会", "合同制"]
    assert row(as_of="2026-01-01") == ["铸造分会", "—"]
    alice = as_they_stood(Person.objects.filter(pk=cast.alice.pk), JAN).get()
    said = {column.label: column.value(alice) for column in PEOPLE.columns}
    assert (said["所在组织"], said["用工形式"]) == ("铸造分会", "")


@pytest.mark.parametrize("said", ["nonsense", "2026-02-31"])
def test_a_day_that_is_none_leaves_the_list_of_today(cast, said):
    page = cast.client("frank").get(at("person-list", org=cast.company.pk, as_of=said))

    assert page.status_code == 200


def test_the_explanation_has_its_page(cast):
    enter(cast.alice, Said(Act.QUIT, FEB))

    page = cast.client("frank").get(
        at("explained", org=cast.company.pk, since="2026-03-01", until="2026-01-01")
    )

    assert "退会" in text(page)
    assert "会员 4 人" in text(page)
    assert "会员 3 人" in text(page)


@pytest.mark.parametrize("who", ["alice", "mallory"])
def test_figures_are_for_who_may_see_people(cast, who):
    client = cast.client(who)

    assert client.get(at("counts", org=cast.company.pk)).status_code == 404
    assert client.get(at("explained", org=cast.company.pk)).status_code == 404
