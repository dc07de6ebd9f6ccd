"""The writer of the ledger: entries are added, spans and persons follow, a bulk load comes out."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.core.people.ledger import (
    Said,
    current,
    days_after,
    enter,
    enter_many,
    lines_of,
    move_all,
    open_books,
    take_back,
)
from gonghui.core.people.models import Act, LedgerEntry, Membership, Person, Standing
from gonghui.core.people.replay import ACTS, Contradiction, in_force
from gonghui.kit.errors import DomainError
from tests.factories.organisation import OrgFactory, PersonFactory

JAN, FEB, MAR = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)


@pytest.fixture
def person(db):
    return PersonFactory(name="郑和", joined_on=JAN)


def spans(person):
    return list(person.memberships.values_list("org_id", "standing", "since", "until"))


def test_an_entry_is_added_and_everything_follows(person):
    other, by = OrgFactory(), PersonFactory()

    (made,) = enter(
        person, Said(Act.TRANSFER, FEB, other.pk, reason="调入"), made_by=by, source="handover"
    )

    assert (made.org, made.standing, made.made_by, made.source) == (other, "member", by, "handover")
    assert made.reason == "调入"
    assert (person.org, person.joined_on, person.left_on) == (other, JAN, None)
    assert spans(person)[1:] == [(other.pk, "member", FEB, None)]
    assert current(person).org == other


def test_whoever_leaves_keeps_what_was_last_known(person):
    enter(person, Said(Act.EMPLOY, FEB, employment="hired"), Said(Act.LEAVE, MAR))

    assert (person.left_on, person.employment, person.joined_on) == (MAR, "hired", JAN)
    assert current(person) is None
    enter(person, Said(Act.ENTER, MAR, person.org_id))
    assert (person.left_on, person.joined_on, current(person).standing) == (None, None, "worker")


def test_what_cannot_be_leaves_nothing_behind(person):
    before = spans(person)

    with pytest.raises(Contradiction, match="郑和：2025-03-01 此人已经是会员"):
        enter(person, Said(Act.EMPLOY, FEB, employment="hired"), Said(Act.JOIN, MAR))

    assert (spans(person), person.ledger.count()) == (before, 1)


def test_what_has_not_happened_yet_is_not_entered(person):
    with pytest.raises(DomainError, match="日期还没有到"):
        enter(person, Said(Act.LEAVE, timezone.localdate() + timedelta(days=1)))


def test_a_duplicate_takes_no_entries(person):
    Person.objects.filter(pk=person.pk).update(merged_into=PersonFactory())

    with pytest.raises(DomainError, match="重复记录"):
        enter(person, Said(Act.LEAVE, FEB))


def test_an_entry_is_revoked_and_the_only_one_is_not(person):
    before = spans(person)
    (left,) = enter(person, Said(Act.LEAVE, FEB))

    enter(person, Said(Act.REVOKE, MAR, revokes=left.pk, reason="登记错了"))

    assert (spans(person), person.left_on) == (before, None)
    with pytest.raises(Contradiction, match="唯一的一条"):
        enter(person, Said(Act.REVOKE, MAR, revokes=person.ledger.first().pk))


def test_many_ledgers_cost_a_few_queries(db):
    org, other = OrgFactory(), OrgFactory()
    few = [PersonFactory(org=org, joined_on=JAN) for _ in range(2)]
    many = [PersonFactory(org=org, joined_on=JAN) for _ in range(30)]

    def cost(people):
        with CaptureQueriesContext(connection) as counted:
            enter_many([(p, [Said(Act.MOVE, FEB, other.pk)]) for p in people])
        return len(counted)

    assert cost(few) == cost(many)
    assert set(Person.objects.filter(memberships__until=None).values_list("org", flat=True)) == {
        other.pk
    }


def test_books_are_opened_by_what_is_known(db):
    org, today = OrgFactory(), timezone.localdate()
    known = Person.objects.create(name="甲", org=org, joined_on=JAN, employment="hired")
    unknown = Person.objects.create(name="乙", org=org)
    gone = Person.objects.create(name="丙", org=org, joined_on=JAN, left_on=FEB)

    open_books([known, unknown, gone], source="demo")

    assert spans(known) == [(org.pk, "member", JAN, None)]
    assert spans(unknown) == [(org.pk, "worker", today, None)]
    assert spans(gone) == [(org.pk, "member", JAN, FEB - timedelta(days=1))]
    assert known.memberships.get().employment == "hired"


def test_people_move_together_and_nobody_before_their_last_entry(db):
    org, other = OrgFactory(), OrgFactory()
    early = PersonFactory(org=org, joined_on=JAN)
    late = PersonFactory(org=org, joined_on=MAR)

    assert move_all([early, late], other.pk, day=FEB) == 2

    assert spans(early)[1:] == [(other.pk, "member", FEB, None)]
    assert spans(late) == [(other.pk, "member", MAR, None)]


def test_the_day_after_the_latest_entry_is_told_by_days_and_not_by_writing(db):
    org, other = OrgFactory(), OrgFactory()
    late, plain = (PersonFactory(org=org, joined_on=JAN) for _ in range(2))
    enter(late, Said(Act.RETAIN, MAR))
    enter(late, Said(Act.MOVE, FEB, other.pk))  # remembered afterwards

    assert days_after([late.pk, plain.pk], FEB) == {late.pk: MAR, plain.pk: FEB}
    assert days_after([late.pk], MAR + timedelta(days=1)) == {late.pk: MAR + timedelta(days=1)}


def test_what_was_taken_back_holds_nobody_up(db):
    org, other = OrgFactory(), OrgFactory()
    person = PersonFactory(org=org, joined_on=JAN)
    (wrong,) = enter(person, Said(Act.RETAIN, MAR))
    enter(person, Said(Act.REVOKE, timezone.localdate(), revokes=wrong.pk))

    assert days_after([person.pk], FEB) == {person.pk: FEB}
    assert move_all([person], other.pk, day=FEB) == 1
    assert spans(person)[-1] == (other.pk, "member", FEB, None)


def test_a_bulk_load_comes_out_again_unless_touched_since(db):
    org, other = OrgFactory(), OrgFactory()
    kept, touched = (PersonFactory(org=org, joined_on=JAN) for _ in range(2))
    new = Person.objects.create(name="新来", org=org, joined_on=FEB)
    before = {p.pk: spans(p) for p in (kept, touched, new)}
    open_books([new], source="load")
    enter_many([(p, [Said(Act.MOVE, FEB, other.pk)]) for p in (kept, touched)], source="load")
    enter(touched, Said(Act.EMPLOY, MAR, employment="hired"))

    assert take_back("load") == {touched.pk}

    assert (spans(kept), spans(new)) == (before[kept.pk], before[new.pk])
    assert not new.ledger.exists()
    assert Person.objects.get(pk=kept.pk).org == org
    assert len(spans(touched)) == 3
    assert take_back("load", people=[kept.pk]) == set()


def test_the_command_finds_what_was_changed_past_the_ledger(person):
    said = StringIO()
    call_command("check-ledger", stdout=said)
    assert said.getvalue() == "1 人的会籍与台账一致。\n"

    Membership.objects.update(since=FEB)
    with pytest.raises(CommandError, match="1 人的会籍与台账不一致"):
        call_command("check-ledger", stdout=said)
    call_command("check-ledger", "--mend", stdout=said)
    assert spans(person) == [(person.org_id, "member", JAN, None)]

    Person.objects.update(left_on=MAR)
    with pytest.raises(CommandError):
        call_command("check-ledger", stdout=said)
    assert "人员的现状与台账不一致" in said.getvalue()


def test_the_command_says_whose_ledger_is_itself_impossible(person):
    LedgerEntry.objects.create(
        person=person, org=person.org, day=FEB, act=Act.JOIN, standing=Standing.MEMBER
    )
    Person.objects.create(name="无账", org=person.org)
    said = StringIO()

    with pytest.raises(CommandError, match="2 人"):
        call_command("check-ledger", stdout=said)

    assert "已经是会员" in said.getvalue()
    assert "台账里没有记录" in said.getvalue()


def test_the_migration_begins_everybodys_ledger_with_what_they_say(db):
    org = OrgFactory()
    days = ((JAN, None), (None, None), (JAN, FEB), (None, FEB), (FEB, FEB))
    people = [Person.objects.create(name="旧", org=org, joined_on=j, left_on=e) for j, e in days]

    migration = import_module("gonghui.core.people.migrations.0003_first_ledger")
    migration.open_books(apps, None)

    said = StringIO()
    call_command("check-ledger", stdout=said)
    assert said.getvalue() == "5 人的会籍与台账一致。\n"
    assert [p.memberships.count() for p in people] == [1, 1, 1, 0, 0]
    migration.forget(apps, None)
    assert not LedgerEntry.objects.exists()


steps = st.lists(
    st.tuples(
        st.sampled_from([act for act in Act.values if act != Act.REVOKE]),
        st.integers(0, 30),
        st.integers(0, 2),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(lives=st.lists(steps, min_size=1, max_size=3), offset=st.integers(0, 31))
def test_the_headcount_of_any_day_is_the_replay_of_the_entries(db, lives, offset):
    orgs = [OrgFactory() for _ in range(3)]
    people = [Person.objects.create(name="某", org=orgs[0]) for _ in lives]
    for person, life in zip(people, lives, strict=True):
        for act, day, org in life:
            said = Said(act, JAN + timedelta(days=day), orgs[org].pk)
            try:
                enter(person, said)
            except Contradiction:
                continue

    day = JAN + timedelta(days=offset)
    books = Membership.objects.filter(person__in=people).on(day)
    replayed = [stands_on(person, day) for person in people]

    assert sorted(books.values_list("org_id", "standing")) == sorted(filter(None, replayed))


def stands_on(person, day):
    """The entries of a ledger up to a day, taken one by one."""
    state = None
    for line in in_force(lines_of([person.pk]).get(person.pk, [])):
        if line.day <= day:
            state = ACTS[line.act](state, line)
    return state and (state.org, state.standing)
