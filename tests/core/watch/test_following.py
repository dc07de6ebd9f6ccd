"""Checks run again after a change that matters, for the union concerned, and once a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from gonghui.apps.membership.actions.ledger import enter
from gonghui.core.access.actor import SYSTEM
from gonghui.core.history.trail import record
from gonghui.core.notices.ticking import run_tick
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.regulations.changing import Paper, set_standard
from gonghui.core.watch.checking import Check, Sight, checks
from gonghui.core.watch.daily import ask_again, run_due
from gonghui.core.watch.following import bodies_of, touched, unions_of
from gonghui.core.watch.models import CheckRun, Finding
from gonghui.core.watch.refreshing import refresh
from gonghui.kit.errors import DomainError
from tests.factories.elections import TermFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory
from tests.factories.regulations import StandardFactory

pytestmark = pytest.mark.slow

CHAIR = "R-448"


def raised(code):
    return list(Finding.objects.open().filter(check_code=code).values_list("org", flat=True))


def test_change_of_a_post_raises_the_finding_after_the_commit(
    cast, django_capture_on_commit_callbacks
):
    post = PostFactory(org=cast.company, person=cast.frank, title="主席", way="appointed")
    elsewhere = PostFactory(org=cast.other_company, title="主席", way="appointed")

    with django_capture_on_commit_callbacks(execute=True):
        record(post, "create", by=cast.actor("frank"))
        assert raised(CHAIR) == []

    assert raised(CHAIR) == [cast.company.pk]
    refresh([CHAIR])
    assert set(raised(CHAIR)) == {cast.company.pk, elsewhere.org_id}


def test_change_of_a_post_lets_the_finding_go(cast, django_capture_on_commit_callbacks):
    post = PostFactory(org=cast.company, person=cast.frank, title="主席", way="appointed")
    refresh([CHAIR])

    with django_capture_on_commit_callbacks(execute=True):
        post.way = "elected"
        post.save()
        record(post, "update", by=cast.actor("frank"))

    assert raised(CHAIR) == []


@pytest.mark.parametrize("code", ["ORG-01", "ORG-01B", "ORG-14", "ORG-14B", "R-449", "R-457"])
def test_who_joins_or_leaves_lets_what_counts_people_run_again(code):
    """History knows what happened to somebody as an entry of the person, never of the ledger."""
    assert code in touched()["people.person"]


def test_member_who_leaves_lets_the_finding_of_a_missing_committee_go(
    cast, django_capture_on_commit_callbacks
):
    StandardFactory(key="committee_min_members", org=cast.company, value=4)
    refresh(["ORG-01"])
    assert cast.company.pk in raised("ORG-01")

    with django_capture_on_commit_callbacks(execute=True):
        enter(cast.alice, "leave", day=timezone.localdate(), by=cast.actor("frank"))

    assert cast.company.pk not in raised("ORG-01")


def test_many_changes_of_one_transaction_run_the_checks_once(
    cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        for _ in range(3):
            record(PostFactory(org=cast.company), "create", by=cast.actor("frank"))

    assert len(callbacks) == 1


def _appoint(union):
    post = PostFactory(person=PersonFactory(org=union), title="主席", way="appointed")
    record(post, "create", by=SYSTEM)


@transaction.atomic
def _appoint_and_fail(union):
    _appoint(union)
    raise DomainError("不行。")


@pytest.mark.django_db(transaction=True)
def test_change_that_is_taken_back_runs_nothing():
    first, second = OrgFactory(), OrgFactory()
    with transaction.atomic():
        with pytest.raises(DomainError):
            _appoint_and_fail(first)
        _appoint(second)

    assert raised(CHAIR) == [second.pk]


def test_bodies_of_a_record_are_its_own_and_its_persons(cast):
    post = PostFactory(org=cast.branch, person=cast.frank)

    assert bodies_of(post) == {cast.branch.pk, cast.company.pk}
    assert bodies_of(cast.branch) == {cast.branch.pk, cast.company.pk}


def test_unions_go_up_to_the_unit_and_no_further(cast):
    team = OrgFactory(parent=cast.branch, kind=Kind.TEAM)

    assert unions_of(frozenset({team.pk})) == {cast.branch.pk, cast.company.pk}
    assert unions_of(frozenset({cast.city.pk})) == {cast.city.pk}


def test_own_standard_runs_its_checks_below_at_once(cast, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    TermFactory(org=cast.company, due_on=today + timedelta(days=200))
    paper = Paper("换届工作办法")

    with django_capture_on_commit_callbacks(execute=True):
        set_standard(
            "term_remind_days", org=cast.city, value="365", since=today, paper=paper,
            by=cast.actor("carol"),
        )  # fmt: skip

    assert raised("ORG-06") == [cast.company.pk]


def test_own_standard_of_an_industry_waits_for_the_tick_where_it_leads_elsewhere(
    cast, django_capture_on_commit_callbacks
):
    industry = OrgFactory(name="机冶工会", kind=Kind.INDUSTRY, parent=cast.province)
    Org.objects.filter(pk=cast.company.pk).update(second_parent=industry)
    today = timezone.localdate()
    TermFactory(org=cast.company, due_on=today + timedelta(days=200))
    run_due(timezone.now())

    with django_capture_on_commit_callbacks(execute=True):
        set_standard(
            "term_remind_days", org=industry, value="365", since=today,
            paper=Paper("换届工作办法"), by=cast.actor("erin"),
        )  # fmt: skip
    assert raised("ORG-06") == []
    run_due(timezone.now())

    assert raised("ORG-06") == [cast.company.pk]


def test_every_check_runs_once_a_day_and_again_when_asked(cast):
    now = timezone.now()

    first, second = run_due(now), run_due(now)
    ask_again([CHAIR])

    assert first.startswith(f"{len(checks)} checks")
    assert second == "ok"
    assert run_due(now).startswith("1 checks")
    assert run_due(now + timedelta(days=1)).startswith(f"{len(checks)} checks")


def test_tick_runs_the_checks(cast):
    outcomes = {one.job: one.ok for one in run_tick() or []}

    assert outcomes["checks"] is True
    assert CheckRun.objects.count() == len(checks)


def test_check_that_fails_stops_no_other_and_says_so(db, monkeypatch, caplog):
    def fail(sight: Sight):
        raise ZeroDivisionError

    given = {**vars(checks[CHAIR]), "find": fail}
    monkeypatch.setitem(checks._things, CHAIR, Check(**given))

    run_due(timezone.now())

    assert CheckRun.objects.get(code=CHAIR).words.startswith("出错了")
    assert CheckRun.objects.exclude(code=CHAIR).filter(words__startswith="出错了").count() == 0
    assert f"Check {CHAIR} failed" in caplog.text
