"""Who is told of plans and tasks: each event its people, dated ones once, at a steady cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gonghui.apps.plans import actions
from gonghui.apps.plans.flow import LIFE
from gonghui.apps.plans.models import Plan
from gonghui.apps.plans.notices import ask_for_actuals, remind_owners
from gonghui.core.access.officers import leaders_of, nearest_holders
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.notices.models import Notice
from gonghui.core.notices.ticking import jobs
from gonghui.core.orgs.models import Kind
from gonghui.core.people.models import Person
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory
from tests.factories.plans import (
    DraftFactory,
    ItemFactory,
    PlanFactory,
    ReadingFactory,
    TargetFactory,
)

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-21T10:00:00+08:00", tick=False)


@pytest.fixture
def plan(cast):
    """A draft of the branch, written by its chair."""
    plan = PlanFactory(org=cast.branch, author=cast.bob, title="分会年度计划")
    DraftFactory(plan=plan)
    return plan


@pytest.fixture
def running(cast):
    return PlanFactory(org=cast.company, state="running", author=cast.frank)


def task(plan, **fields):
    return ItemFactory(org=plan.org, plan=plan, **fields)


def told(person):
    return [(n.kind, n.title) for n in inbox_of(person).order_by("pk")]


def move(plan, name, actor, **answers):
    return LIFE.perform(Plan.objects.get(pk=plan.pk), name, by=actor, **answers)


def test_submitted_plan_reaches_the_nearest_reviewer_only(cast, plan):
    move(plan, "submit", cast.actor("bob"))

    assert told(cast.frank) == [("submitted", "待审：分会年度计划")]
    for name in ("alice", "bob", "carol", "dave", "erin", "grace"):
        assert told(cast.person(name)) == []


def test_author_hears_of_return_and_approval_and_never_of_their_own(cast, plan):
    move(plan, "submit", cast.actor("bob"))
    move(plan, "return", cast.actor("frank"), reason="缺完成时限")
    move(plan, "submit", cast.actor("bob"))
    said = {"approved_by": "一届二次全委会", "approved_on": TODAY}
    move(plan, "approve", cast.actor("frank"), **said)

    assert told(cast.bob) == [
        ("returned", "已退回：分会年度计划"),
        ("approved", "已通过：分会年度计划"),
    ]
    assert inbox_of(cast.bob).last().body == "原因：缺完成时限"


def test_chair_approving_their_own_plan_is_not_told(cast):
    plan = PlanFactory(org=cast.company, author=cast.frank, state="submitted")

    move(plan, "approve", cast.actor("frank"), approved_by="全委会", approved_on=TODAY)

    assert told(cast.frank) == []


def test_issued_plan_tells_each_owner_once_how_much_is_theirs(cast):
    plan = PlanFactory(org=cast.company, state="approved", title="年度计划")
    for _ in range(2):
        task(plan, owner=cast.alice)
    task(plan, owner_org=cast.branch)
    task(plan)

    move(plan, "issue", cast.actor("frank"))

    assert told(cast.alice) == [("assigned", "《年度计划》已印发，您负责 2 项任务")]
    assert told(cast.bob) == [("assigned", "《年度计划》已印发，您负责 1 项任务")]
    assert Notice.objects.count() == 2


def test_assigned_task_reaches_its_owner_but_not_oneself(cast, running):
    item = task(running, text="举办读书会")

    actions.assign(item, owner=cast.alice, owner_org=None, by=cast.actor("frank"))
    actions.assign(item, owner=cast.frank, owner_org=None, by=cast.actor("frank"))
    actions.assign(item, owner=None, owner_org=cast.branch, by=cast.actor("frank"))

    assert told(cast.alice) == [("assigned", "交办：举办读书会")]
    assert told(cast.frank) == []
    assert told(cast.bob) == [("assigned", "交办：举办读书会")]


@pytest.mark.parametrize(
    ("days", "kind", "title"),
    [
        (7, "due", "7 天后到期：举办读书会"),
        (3, "due", "3 天后到期：举办读书会"),
        (1, "due", "1 天后到期：举办读书会"),
        (-1, "overdue", "已逾期：举办读书会"),
    ],
)
def test_dated_notices_come_on_their_day_and_once(cast, running, days, kind, title):
    task(running, text="举办读书会", owner=cast.alice, due_on=TODAY + timedelta(days=days))

    remind_owners(TODAY)
    remind_owners(TODAY)

    assert told(cast.alice) == [(kind, title)]


@pytest.mark.parametrize("days", [-30, -2, 0, 2, 4, 5, 6, 8])
def test_no_notice_on_other_days(cast, running, days):
    task(running, owner=cast.alice, due_on=TODAY + timedelta(days=days))

    remind_owners(TODAY)

    assert Notice.objects.count() == 0


def test_only_open_tasks_of_open_plans_are_reminded_of(cast, running):
    day = TODAY + timedelta(days=3)
    for state in ("done", "dropped"):
        task(running, owner=cast.alice, due_on=day, state=state)
    for state in ("draft", "submitted", "approved", "closed"):
        task(PlanFactory(org=cast.company, state=state), owner=cast.alice, due_on=day)
    task(running, owner=cast.alice, due_on=day, state="put_off", text="推迟的")

    remind_owners(TODAY)

    assert told(cast.alice) == [("due", "3 天后到期：推迟的")]


def test_a_moved_date_is_told_of_anew(cast, running):
    item = task(running, owner=cast.alice, due_on=TODAY + timedelta(days=3))
    remind_owners(TODAY)
    item.due_on = TODAY + timedelta(days=7)
    item.save()

    remind_owners(TODAY)

    assert inbox_of(cast.alice).count() == 2


def test_bodies_are_told_through_their_leaders_and_nobodys_through_the_author(cast, running):
    day = TODAY + timedelta(days=1)
    committee = OrgFactory(name="女职工委员会", kind=Kind.COMMITTEE, parent=cast.company)
    PostFactory(person=cast.alice, org=committee, title="主任")
    gone = PersonFactory(org=cast.company, left_on=date(2026, 1, 1))
    task(running, text="分会的", owner_org=cast.branch, due_on=day)
    task(running, text="委员会的", owner_org=committee, due_on=day)
    task(running, text="没人的", due_on=day)
    task(running, text="走了的", owner=gone, due_on=day)

    remind_owners(TODAY)

    assert told(cast.bob) == [("due", "1 天后到期：分会的")]
    assert told(cast.alice) == [("due", "1 天后到期：委员会的")]
    assert [title for _, title in told(cast.frank)] == ["1 天后到期：没人的", "1 天后到期：走了的"]
    assert "还没有人负责" in inbox_of(cast.frank).first().body
    assert inbox_of(gone).count() == 0


def test_reminding_costs_the_same_for_few_and_for_many(cast, running):
    day = TODAY + timedelta(days=3)
    costs = []

    for many in (2, 40):
        for n in range(many):
            owner = {"owner": cast.alice} if n % 2 else {"owner_org": cast.branch}
            task(running, due_on=day, **owner)
        with CaptureQueriesContext(connection) as made:
            remind_owners(TODAY)
        costs.append(len(made))

    assert costs[0] == costs[1]
    assert inbox_of(cast.alice).count() + inbox_of(cast.bob).count() == 42


def test_the_job_runs_every_day():
    assert jobs["plans.due"].is_daily


def test_holders_of_many_bodies_come_by_one_question(cast, django_assert_num_queries):
    units = [cast.branch, cast.second_branch, cast.company]

    with django_assert_num_queries(2):
        found = nearest_holders(units, "plans.write", TODAY)

    assert found == {
        cast.branch.pk: {cast.bob.pk},
        cast.second_branch.pk: {cast.frank.pk},
        cast.company.pk: {cast.frank.pk},
    }
    assert nearest_holders([cast.second_branch], "plans.write", TODAY, below=cast.company.path) == {
        cast.second_branch.pk: set()
    }


def test_leaders_are_role_holders_before_post_holders(cast):
    PostFactory(person=cast.alice, org=cast.branch, title="宣传委员")
    Person.objects.filter(pk=cast.bob.pk).update(left_on=date(2026, 5, 1))

    assert leaders_of([cast.branch.pk, cast.company.pk], TODAY) == {
        cast.branch.pk: {cast.alice.pk},
        cast.company.pk: {cast.frank.pk},
    }


def test_figures_nobody_wrote_down_are_asked_for_each_month(cast, running):
    manual = task(running, text="寄送商函200万件", owner=cast.bob)
    TargetFactory(item=manual, unit="件")
    counted = task(running, text="参训率", owner=cast.alice)
    TargetFactory(item=counted, indicator="membership.rate", unit="%")
    written = task(running, text="流转额", owner=cast.alice)
    ReadingFactory(target=TargetFactory(item=written, unit="元"), month=date(2026, 10, 1))
    later = task(running, text="年底的", owner=cast.alice, starts_on=date(2026, 11, 5))
    TargetFactory(item=later, unit="件")

    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 1), date(2026, 11, 2)):
        ask_for_actuals(day)

    assert told(cast.bob) == [("due", "请填每月实际：寄送商函200万件")]
    assert told(cast.alice) == []
