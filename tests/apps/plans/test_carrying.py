"""Carry-over: the unfinished go into the next plan, tied to what they continue."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gonghui.apps.plans import actions
from gonghui.apps.plans.engine.outlining import outline_from_json
from gonghui.apps.plans.models import Draft, Item, Plan
from gonghui.apps.plans.notices import offer_unfinished
from gonghui.apps.plans.queries.leaving import carried_into, left_behind
from gonghui.core.history.trail import history_of
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PersonFactory
from tests.factories.plans import DraftFactory, ItemFactory, PlanFactory, TargetFactory

YEAR = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}


@pytest.fixture
def plan(cast):
    return PlanFactory(org=cast.company, state="running", author=cast.frank)


@pytest.fixture
def left(cast, plan):
    """Two unfinished tasks, one of them put off into the next year, and a finished one."""
    one = ItemFactory(
        org=cast.company, plan=plan, position=1, text="筹建职工书屋", due_on=date(2026, 6, 30),
        owner=cast.alice, area="learning", has_blank=True,
    )  # fmt: skip
    two = ItemFactory(
        org=cast.company, plan=plan, position=2, text="换发会员证", state="put_off",
        due_on=date(2027, 2, 28), owner_org=cast.branch, reason="证件未到",
    )  # fmt: skip
    ItemFactory(org=cast.company, plan=plan, position=3, state="done")
    TargetFactory(item=one, value=300, unit="册")
    return [one, two]


@pytest.fixture
def draft(cast):
    following = PlanFactory(org=cast.company, title="下一年工作计划", **YEAR)
    return DraftFactory(plan=following)


def carry(cast, plan, into, items):
    return actions.carry_over(plan, into, [i.pk for i in items], by=cast.actor("frank"))


def test_into_a_draft_as_lines_of_its_outline(cast, plan, left, draft):
    before = len(draft.outline["nodes"])

    assert carry(cast, plan, draft.plan, left) == 2

    draft.refresh_from_db()
    section, one, two = outline_from_json(draft.outline).nodes[before:]
    assert (section.text, section.kind, section.depth) == ("结转事项", "section", 0)
    assert (one.text, one.due, one.months, one.blank) == ("筹建职工书屋", None, (), True)
    assert (one.owner_person, one.area, one.depth) == (cast.alice.pk, "学习创争", 1)
    assert [(t.value, t.unit) for t in one.targets] == [(300, "册")]
    assert (two.due, two.months, two.owner_org) == ("02-28", (2,), cast.branch.pk)
    assert plan.items.get(pk=left[0].pk).state == "not_started"
    assert history_of(plan).first().verb == "carry_over"


def test_saved_lines_continue_the_old_tasks_even_when_reworded(cast, plan, left, draft):
    carry(cast, plan, draft.plan, left)
    draft.refresh_from_db()
    node = next(n for n in draft.outline["nodes"] if n["text"] == "筹建职工书屋")
    op = {"op": "set_text", "node": node["id"], "text": "建成职工书屋并开放"}
    actions.edit_outline(draft, op, revision=draft.revision, by=cast.actor("frank"))

    actions.save_outline(draft.plan, by=cast.actor("frank"))
    actions.save_outline(draft.plan, by=cast.actor("frank"))

    continued = Item.objects.filter(plan=draft.plan).exclude(continues=None).order_by("position")
    assert [(i.text, i.continues) for i in continued] == [
        ("建成职工书屋并开放", left[0]),
        ("换发会员证", left[1]),
    ]


def test_undone_carry_leaves_no_link_to_a_line_with_its_number(cast, plan, left, draft):
    by = cast.actor("frank")
    carry(cast, plan, draft.plan, left)
    draft.refresh_from_db()
    actions.undo_outline(draft, by=by)
    draft.refresh_from_db()
    for text in ("慰问退休职工", "召开职代会", "修订工会制度"):
        op = {"op": "add", "after": None, "text": text}
        actions.edit_outline(draft, op, revision=draft.revision, by=by)
        draft.refresh_from_db()

    actions.save_outline(draft.plan, by=by)

    assert Item.objects.filter(plan=draft.plan).exclude(continues=None).count() == 0
    assert {n["text"] for n in draft.outline["nodes"]} >= {"慰问退休职工"}


def test_a_task_goes_into_a_plan_once(cast, plan, left, draft):
    carry(cast, plan, draft.plan, left[:1])

    assert carried_into(plan, draft.plan) == {left[0].pk}
    assert carry(cast, plan, draft.plan, left) == 1
    with pytest.raises(DomainError, match="至少选一项"):
        carry(cast, plan, draft.plan, left)
    nodes = Draft.objects.get(pk=draft.pk).outline["nodes"]
    assert [n["text"] for n in nodes][-3:] == ["结转事项", "筹建职工书屋", "换发会员证"]


def test_into_an_open_plan_as_its_tasks(cast, plan, left):
    into = PlanFactory(org=cast.company, state="issued", **YEAR)
    cast.alice.left_on = date(2026, 11, 1)
    cast.alice.save()

    carry(cast, plan, into, left)

    section, one, two = into.items.order_by("position")
    assert section.text == "结转事项"
    assert (one.parent, one.continues, one.owner, one.due_on) == (section, left[0], None, None)
    assert (two.continues, two.due_on, two.owner_org) == (
        left[1], date(2027, 2, 28), cast.branch,
    )  # fmt: skip
    assert [str(t) for t in one.targets.all()] == [">=300册"]
    assert history_of(one).get().changes == {"continues": "筹建职工书屋"}
    with pytest.raises(DomainError, match="至少选一项"):
        carry(cast, plan, into, left)


@pytest.mark.parametrize("open_plan", [True, False])
def test_who_helps_helps_on_unless_they_have_left(cast, plan, left, draft, open_plan):
    left[0].helpers.set([cast.alice, cast.bob])
    left[0].helper_orgs.set([cast.branch])
    Person.objects.filter(pk=cast.bob.pk).update(left_on=date(2026, 11, 1))
    into = PlanFactory(org=cast.company, state="issued", **YEAR) if open_plan else draft.plan

    carry(cast, plan, into, left)
    if not open_plan:
        actions.save_outline(into, by=cast.actor("frank"))
        actions.save_outline(into, by=cast.actor("frank"))

    one, two = into.items.exclude(continues=None).order_by("position")
    assert list(one.helpers.all()) == [cast.alice]
    assert list(one.helper_orgs.all()) == [cast.branch]
    assert not two.helpers.exists()


def test_what_a_copy_says_already_is_tied_and_not_said_twice(cast, plan, left):
    frank = cast.actor("frank")
    copy = actions.copy_plan(plan, title="新计划", by=frank, **YEAR)
    op = {"op": "set_text", "node": left[1].position, "text": "换发新的会员证"}
    draft = Draft.objects.get(plan=copy)
    actions.edit_outline(draft, op, revision=draft.revision, by=frank)

    assert carry(cast, plan, copy, left) == 2

    nodes = outline_from_json(Draft.objects.get(plan=copy).outline).nodes
    assert [node.text for node in nodes].count("筹建职工书屋") == 1
    assert [node.text for node in nodes][-2:] == ["结转事项", "换发会员证"]
    assert left_behind(copy, frank) is None
    actions.save_outline(copy, by=frank)
    tied = copy.items.exclude(continues=None).values_list("text", "continues")
    assert set(tied) == {("筹建职工书屋", left[0].pk), ("换发会员证", left[1].pk)}


def test_what_an_open_plan_says_already_is_tied(cast, plan, left):
    into = PlanFactory(org=cast.company, state="running", **YEAR)
    own = ItemFactory(org=cast.company, plan=into, text="筹建职工书屋；")

    carry(cast, plan, into, left[:1])

    own.refresh_from_db()
    assert own.continues == left[0]
    assert into.items.count() == 1
    assert history_of(own).first().verb == "update"


def test_finished_tasks_and_those_of_other_plans_stay(cast, plan, left, draft):
    done = plan.items.get(state="done")
    foreign = ItemFactory(org=cast.branch)

    with pytest.raises(DomainError, match="至少选一项"):
        carry(cast, plan, draft.plan, [done, foreign])


def test_only_into_another_plan_of_the_same_union_that_takes_tasks(cast, plan, left):
    closed = PlanFactory(org=cast.company, state="closed")
    others = PlanFactory(org=cast.branch)

    for into, why in ((plan, "另一份"), (others, "另一份"), (closed, "不能再添")):
        with pytest.raises(DomainError, match=why):
            carry(cast, plan, into, left)


def test_officer_carries_all_over_through_the_screen(cast, plan, left, draft):
    client = cast.client("frank")
    address = reverse("plans:carry-over", args=[plan.pk])

    page = client.get(address).content.decode()
    answer = client.post(address, {"into": draft.plan.pk, "every": "on"})

    assert "换发会员证（已推迟，期限 2027 年 2 月 28 日，证件未到）" in page
    assert answer["Location"] == reverse("plans:plan-review", args=[draft.plan.pk])
    assert carried_into(plan, draft.plan) == {item.pk for item in left}


def test_screen_asks_for_a_task_and_refuses_a_foreign_plan(cast, plan, left, draft):
    client = cast.client("frank")
    address = reverse("plans:carry-over", args=[plan.pk])
    others = DraftFactory(plan__org=cast.other_company)

    assert client.post(address, {"into": draft.plan.pk}).status_code == 422
    answer = client.post(address, {"into": others.plan.pk, "every": "on"})
    assert answer.status_code == 422
    assert "请至少选一项任务。" in client.post(address, {"into": draft.plan.pk}).content.decode()


def test_screen_teaches_when_there_is_nothing_to_do(cast, plan):
    client = cast.client("frank")
    address = reverse("plans:carry-over", args=[plan.pk])

    assert "没有未完成的任务" in client.get(address).content.decode()
    ItemFactory(org=cast.company, plan=plan)
    assert "还没有可以转入的计划" in client.get(address).content.decode()


def test_review_of_the_next_plan_offers_what_was_left(cast, plan, left, draft):
    client, address = cast.client("frank"), reverse("plans:plan-review", args=[draft.plan.pk])
    door = f"{reverse('plans:carry-over', args=[plan.pk])}?into={draft.plan.pk}"

    page = client.get(address).content.decode()
    assert f"《{plan}》还有 2 项没有办完" in page
    assert door in page
    offered = client.get(door).content.decode()
    assert f'<option value="{draft.plan.pk}" selected' in offered

    carry(cast, plan, draft.plan, left[:1])
    assert f"《{plan}》还有 1 项没有办完" in client.get(address).content.decode()
    carry(cast, plan, draft.plan, left)
    assert "没有办完" not in client.get(address).content.decode()


def test_only_the_plan_of_the_same_kind_before_is_offered(cast, plan, left, draft):
    frank = cast.actor("frank")
    assert left_behind(draft.plan, frank).plan == plan

    PlanFactory(org=cast.company, kind="campaign", state="running")
    ItemFactory(org=cast.branch, plan__org=cast.branch)
    assert left_behind(draft.plan, frank).plan == plan
    assert left_behind(draft.plan, cast.actor("alice")) is None

    plan.items.update(state="done")
    assert left_behind(draft.plan, frank) is None


def test_summed_up_plan_still_hands_on_what_it_left(cast, plan, left, draft):
    Plan.objects.filter(pk=plan.pk).update(state="closed")
    page = cast.client("frank").get(reverse("plans:plan-detail", args=[plan.pk]))

    assert reverse("plans:carry-over", args=[plan.pk]) in page.content.decode()
    assert left_behind(draft.plan, cast.actor("frank")).count == 2


def test_a_fortnight_before_its_end_a_plan_offers_what_is_left(cast, plan, left):
    """To its writer, and to whoever writes there now where the writer left; once."""
    day = date(2026, 12, 17)
    PlanFactory(org=cast.branch, state="running")  # nothing is open in it

    assert [offer_unfinished(day), offer_unfinished(day)] == ["told 1", "told 0"]
    (notice,) = inbox_of(cast.frank)
    assert notice.title == f"《{plan}》14 天后到期，还有 2 项没有办完"
    assert notice.url == reverse("plans:carry-over", args=[plan.pk])

    gone = PersonFactory(org=cast.company, left_on=date(2026, 6, 1))
    orphan = PlanFactory(org=cast.branch, state="running", author=gone)
    ItemFactory(org=cast.branch, plan=orphan)
    assert offer_unfinished(day) == "told 1"
    assert inbox_of(cast.bob).get().url == reverse("plans:carry-over", args=[orphan.pk])
    assert offer_unfinished(date(2026, 12, 16)) == "told 0"


def test_strangers_find_no_carry_over(cast, plan, left):
    address = reverse("plans:carry-over", args=[plan.pk])

    for name in ("alice", "bob", "dave", "grace", "mallory"):
        assert cast.client(name).get(address).status_code == 404


class TestRhythm:
    """What repeats goes on in the next year, in the plan's own words of when."""

    @pytest.fixture
    def meeting(self, cast, plan):
        return ItemFactory(
            org=cast.company, plan=plan, text="每年3月、9月各召开一次职代会", months=[3, 9],
            every=[{"unit": "year", "min": 2, "max": 2}], due_on=date(2026, 9, 30),
        )  # fmt: skip

    def test_into_a_draft(self, cast, plan, meeting, draft):
        carry(cast, plan, draft.plan, [meeting])

        draft.refresh_from_db()
        line = outline_from_json(draft.outline).nodes[-1]
        assert [(e.unit, e.min, e.max) for e in line.every] == [("year", 2, 2)]
        assert (line.months, line.due) == ((3, 9), None)
        actions.save_outline(draft.plan, by=cast.actor("frank"))
        made = draft.plan.items.get(continues=meeting)
        assert turns(made) == [(date(2027, 3, 1), date(2027, 3, 31)),
                               (date(2027, 9, 1), date(2027, 9, 30))]  # fmt: skip

    def test_into_an_open_plan(self, cast, plan, meeting):
        into = PlanFactory(org=cast.company, state="issued", **YEAR)

        carry(cast, plan, into, [meeting])

        made = into.items.get(continues=meeting)
        assert len(turns(made)) == 2
        assert (made.months, made.due_on) == ([3, 9], date(2027, 3, 31))

    def test_a_named_day_is_that_of_the_turn_it_lies_in(self, cast, plan, meeting):
        meeting.due = "09-20"
        meeting.save()
        into = PlanFactory(org=cast.company, state="issued", **YEAR)

        carry(cast, plan, into, [meeting])

        days = [due for _, due in turns(into.items.get(continues=meeting))]
        assert days == [date(2027, 3, 31), date(2027, 9, 20)]

    def test_below_a_month_it_keeps_to_that_month(self, cast, plan, draft):
        march = ItemFactory(org=cast.company, plan=plan, kind="section", months=[3])
        weekly = ItemFactory(
            org=cast.company, plan=plan, parent=march, text="每周学习一次",
            every=[{"unit": "week", "min": 1, "max": 1}],
        )  # fmt: skip

        carry(cast, plan, draft.plan, [weekly])

        draft.refresh_from_db()
        assert outline_from_json(draft.outline).nodes[-1].months == (3,)

    def test_every_second_year_rests_and_says_so(self, cast, plan, draft):
        contest = ItemFactory(
            org=cast.company, plan=plan, text="每两年举办一届技能大赛",
            every=[{"unit": "2years", "min": 1, "max": 1}], since_year=2026,
        )  # fmt: skip

        carry(cast, plan, draft.plan, [contest])

        draft.refresh_from_db()
        line = outline_from_json(draft.outline).nodes[-1]
        assert line.since_year == 2026
        assert "2027 年轮空" in line.doubts[0]


def turns(item):
    return list(item.occurrences.values_list("starts_on", "due_on"))
