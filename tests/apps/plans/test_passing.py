"""Passing down: sent to units below, accepted into their plan, reported, reminded, closed."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.apps.plans import actions
from gonghui.apps.plans.flow import PASSING
from gonghui.apps.plans.models import Directive, DirectiveState, Item, Kind
from gonghui.apps.plans.queries.passing import follow_up, standing, units_below
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.orgs.models import Kind as OrgKind
from gonghui.kit.errors import DomainError
from tests.factories.organisation import OrgFactory
from tests.factories.plans import DirectiveFactory, ItemFactory, PlanFactory

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-21T10:00:00+08:00", tick=False)


@pytest.fixture
def above(cast):
    """A dated task of the city's running plan."""
    plan = PlanFactory(org=cast.city, state="running", author=cast.carol)
    return ItemFactory(
        org=cast.city, plan=plan, text="开展劳动竞赛", area="competitions",
        due_on=date(2026, 12, 10),
    )  # fmt: skip


@pytest.fixture
def open_plan(cast):
    """A running plan of the company with a section and a task behind it."""
    plan = PlanFactory(org=cast.company, state="running", author=cast.frank)
    section = ItemFactory(org=cast.company, plan=plan, position=1, kind=Kind.SECTION, text="学习")
    ItemFactory(org=cast.company, plan=plan, position=2, depth=1, parent=section)
    return plan


@pytest.fixture
def sent(cast, above):
    return actions.send_down(above, [cast.company], words="按季度上报", by=cast.actor("carol"))[0]


def move(directive, name, actor, **answers):
    return PASSING.perform(directive, name, by=actor, **answers)


def reported(cast, directive, plan):
    move(directive, "accept", cast.actor("frank"), plan=plan)
    return move(directive, "report", cast.actor("frank"), report="已举办两场。", on=TODAY)


def test_units_below_are_the_direct_unions_or_all(cast):
    OrgFactory(name="技术委员会", kind=OrgKind.COMMITTEE, parent=cast.city)
    led_twice = OrgFactory(name="跨区公司工会", parent=cast.other_city, second_parent=cast.city)

    assert set(units_below(cast.city)) == {cast.company, led_twice}
    assert set(units_below(cast.city, depth="all")) == {
        cast.company,
        cast.branch,
        cast.second_branch,
        led_twice,
    }


def test_send_down_reaches_each_unit_once_and_tells_its_officers(cast, above):
    other = OrgFactory(name="安澜货运工会", parent=cast.city)

    actions.send_down(above, [cast.company], by=cast.actor("carol"))
    actions.send_down(above, [cast.company, other], by=cast.actor("carol"))

    assert {d.org for d in Directive.objects.filter(item=above)} == {cast.company, other}
    assert [n.kind for n in inbox_of(cast.frank)] == ["passed"]
    assert inbox_of(cast.bob).count() == 0
    assert [entry.verb for entry in history_of(above)] == ["send_down", "send_down"]


def test_a_unit_without_an_officer_is_told_through_the_one_above_it(cast, above):
    actions.send_down(above, [cast.second_branch], by=cast.actor("carol"))

    assert [n.kind for n in inbox_of(cast.frank)] == ["passed"]
    assert inbox_of(cast.carol).count() == 0


def test_send_down_costs_the_same_for_one_and_for_many(cast, above, django_assert_max_num_queries):
    units = [OrgFactory(name=f"第{n}公司工会", parent=cast.city) for n in range(30)]

    with django_assert_max_num_queries(26):
        actions.send_down(above, units, by=cast.actor("carol"))


def test_send_down_refuses_what_makes_no_sense(cast, above):
    section = ItemFactory(org=cast.city, plan=above.plan, kind=Kind.SECTION)
    draft = ItemFactory(org=cast.city, plan=PlanFactory(org=cast.city))
    by = cast.actor("carol")
    actions.send_down(above, [cast.company], by=by)

    for item, units, why in (
        (section, [cast.company], "只有任务"),
        (draft, [cast.company], "印发以后"),
        (above, [cast.other_company], "不是"),
        (above, [cast.city], "不是"),
        (above, [cast.company], "都已收到"),
    ):
        with pytest.raises(DomainError, match=why):
            actions.send_down(item, units, by=by)
    assert Directive.objects.count() == 1


def test_accept_joins_the_units_plan_with_a_link_up(cast, sent, open_plan):
    move(sent, "accept", cast.actor("frank"), plan=open_plan)

    sent.refresh_from_db()
    own = sent.accepted_as
    assert sent.state == DirectiveState.ACCEPTED
    assert (own.plan, own.org, own.text) == (open_plan, cast.company, "开展劳动竞赛")
    assert (own.due_on, own.due, own.area) == (date(2026, 12, 10), "12-10", "competitions")
    assert (own.parent.text, own.parent.kind, own.depth) == ("上级下达", Kind.SECTION, 1)
    assert own.targets.count() == 0
    assert history_of(own).get().changes == {"from": "安澜市总工会"}


def test_a_day_of_its_own_comes_before_the_tasks(cast, above, open_plan):
    due = date(2026, 11, 30)
    sent = actions.send_down(above, [cast.company], due_on=due, by=cast.actor("carol"))[0]

    move(sent, "accept", cast.actor("frank"), plan=open_plan)

    own = Item.objects.get(directive=sent)
    assert (own.due_on, own.months, own.due) == (due, [11], "11-30")


@pytest.mark.parametrize(
    ("due_on", "turns"), [(None, [(11, 30), (12, 31)]), (date(2026, 11, 30), [(11, 30)])]
)
def test_accepted_task_comes_round_as_the_one_above_from_now_on(
    cast, above, open_plan, due_on, turns
):
    Item.objects.filter(pk=above.pk).update(every=[{"unit": "month", "min": 1, "max": 1}])
    sent = actions.send_down(above, [cast.company], due_on=due_on, by=cast.actor("carol"))[0]

    move(sent, "accept", cast.actor("frank"), plan=open_plan)

    own = Item.objects.get(directive=sent)
    assert [(t.due_on.month, t.due_on.day) for t in own.occurrences.all()] == turns
    assert (own.every, own.due_on) == (
        [{"unit": "month", "min": 1, "max": 1}],
        date(2026, 11, 30),
    )


def test_accepted_task_whose_rounds_are_over_is_done_once(cast, above, open_plan):
    Item.objects.filter(pk=above.pk).update(
        every=[{"unit": "month", "min": 1, "max": 1}], months=[3, 4]
    )
    sent = actions.send_down(above, [cast.company], by=cast.actor("carol"))[0]

    move(sent, "accept", cast.actor("frank"), plan=open_plan)

    own = Item.objects.get(directive=sent)
    assert (own.every, own.occurrences.count(), own.due_on) == ([], 0, date(2026, 12, 10))


def test_accepted_tasks_share_one_section_and_keep_the_plans_order(cast, above, open_plan):
    by = cast.actor("frank")
    texts = ("开展安全检查", "报送年度总结")
    first, second = (
        DirectiveFactory(
            org=cast.company, item=ItemFactory(org=cast.city, plan=above.plan, text=text)
        )
        for text in texts
    )
    move(first, "accept", by, plan=open_plan)
    ItemFactory(org=cast.company, plan=open_plan, position=5, kind=Kind.SECTION, text="后加的一章")

    move(second, "accept", by, plan=open_plan)

    lines = [(i.depth, i.text) for i in open_plan.items.order_by("position")][2:]
    assert lines == [(0, "上级下达"), (1, texts[0]), (1, texts[1]), (0, "后加的一章")]


def test_accept_refuses_a_plan_that_is_not_the_units_own_open_one(cast, sent):
    others = PlanFactory(org=cast.branch, state="running")
    draft = PlanFactory(org=cast.company)

    for plan, why in ((others, "自己的计划"), (draft, "不在执行")):
        with pytest.raises(DomainError, match=why):
            move(sent, "accept", cast.actor("frank"), plan=plan)
    sent.refresh_from_db()
    assert (sent.state, sent.accepted_as) == (DirectiveState.SENT, None)


def test_report_keeps_words_day_and_proof_and_tells_the_sender(cast, sent, open_plan):
    move(sent, "accept", cast.actor("frank"), plan=open_plan)
    proof = SimpleUploadedFile("签到表.pdf", b"%PDF-1.7 sample")

    move(sent, "report", cast.actor("frank"), report="已举办两场。", on=TODAY, files=[proof])

    sent.refresh_from_db()
    assert (sent.state, sent.report, sent.reported_on) == ("reported", "已举办两场。", TODAY)
    assert [file.name for file in attachments_of(sent)] == ["签到表.pdf"]
    assert history_of(sent).first().changes["files"] == "签到表.pdf"
    assert [(n.kind, n.body) for n in inbox_of(cast.carol)] == [("reported", "已举办两场。")]


def test_report_needs_words_and_stays_undone_without(cast, sent, open_plan):
    move(sent, "accept", cast.actor("frank"), plan=open_plan)

    with pytest.raises(DomainError, match="办理情况"):
        move(sent, "report", cast.actor("frank"), report="  ", on=TODAY)
    sent.refresh_from_db()
    assert sent.state == DirectiveState.ACCEPTED


def test_sender_sends_back_with_a_reason_then_closes(cast, sent, open_plan):
    reported(cast, sent, open_plan)
    move(sent, "return", cast.actor("carol"), reason="请补签到表")
    assert inbox_of(cast.frank).first().body == "原因：请补签到表"
    move(sent, "report", cast.actor("frank"), report="已补。", on=TODAY)

    move(sent, "finish", cast.actor("carol"))

    sent.refresh_from_db()
    assert (sent.state, sent.report) == (DirectiveState.FINISHED, "已补。")
    assert sent.accepted_as.state == "not_started"


def test_closing_and_sending_back_refuse_what_is_empty(cast):
    empty = DirectiveFactory(org=cast.company, state="reported")

    with pytest.raises(DomainError, match="还没有上报"):
        actions.passing.finish_directive(empty, by=cast.actor("carol"))
    with pytest.raises(DomainError, match="原因"):
        actions.passing.send_back(empty, by=cast.actor("carol"), reason=" ")


def test_only_the_unit_accepts_and_only_the_sender_closes(cast, sent, open_plan):
    for name in ("alice", "dave", "grace", "mallory"):
        with pytest.raises(DomainError):
            move(sent, "accept", cast.actor(name), plan=open_plan)
    reported(cast, sent, open_plan)
    for name in ("frank", "bob", "dave"):
        with pytest.raises(DomainError):
            move(sent, "finish", cast.actor(name))


def test_remind_tells_only_those_who_lag_and_once_a_day(cast, sent, open_plan, above):
    done = OrgFactory(name="已报工会", parent=cast.city)
    DirectiveFactory(org=done, item=above, state="reported", report="已报。")
    inbox_of(cast.frank).delete()

    told = actions.remind(above, by=cast.actor("carol"))
    actions.remind(above, by=cast.actor("carol"))

    assert [directive.org for directive in told] == [cast.company]
    assert [n.kind for n in inbox_of(cast.frank)] == ["reminder"]
    sent.refresh_from_db()
    assert sent.reminded_at is not None
    assert Directive.objects.get(org=done).reminded_at is None


def test_remind_has_nobody_to_tell_when_all_reported(cast, sent, open_plan, above):
    reported(cast, sent, open_plan)

    with pytest.raises(DomainError, match="不用催办"):
        actions.remind(above, by=cast.actor("carol"))


def test_standing_counts_who_lags(cast, above):
    states = ("sent", "sent", "accepted", "returned", "reported", "finished")
    for n, state in enumerate(states):
        unit = OrgFactory(name=f"第{n}公司工会", parent=cast.city)
        due = date(2026, 11, 1) if n in (1, 4) else None
        DirectiveFactory(org=unit, item=above, state=state, due_on=due)
    DirectiveFactory(org=cast.company)

    found = standing(above, TODAY)

    assert (found.sent, found.not_accepted, found.not_reported) == (6, 2, 2)
    assert (found.reported, found.finished, found.late, found.waiting) == (1, 1, 1, 4)
    assert next(d.org.name for d in follow_up(above)) == "第0公司工会"


# Through the door


def test_officer_sends_to_all_direct_units_from_the_screen(cast, above):
    client = cast.client("carol")
    address = reverse("plans:send-down", args=[above.pk])

    page = client.get(address).content.decode()
    answer = client.post(address, {"every": "on", "words": "请上报", "due_on": "2026-12-01"})

    assert "下面全部 1 个单位" in page
    assert answer["Location"] == address
    sent = Directive.objects.get(item=above)
    assert (sent.org, sent.words, sent.due_on) == (cast.company, "请上报", date(2026, 12, 1))
    assert "安澜机械公司工会" in client.get(address).content.decode()


def test_send_down_screen_says_what_is_missing(cast, above):
    address = reverse("plans:send-down", args=[above.pk])

    answer = cast.client("carol").post(address, {"due_on": "2026-01-01", "words": "留着"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请至少选一个单位。" in page
    assert "完成期限已经过去" in page
    assert "留着" in page


def test_send_down_screen_takes_no_unit_of_another_tree(cast, above):
    address = reverse("plans:send-down", args=[above.pk])

    answer = cast.client("carol").post(address, {"units": [cast.other_company.pk]})

    assert answer.status_code == 422
    assert Directive.objects.count() == 0


def test_strangers_find_no_passing_screens(cast, above, sent):
    for name in ("dave", "mallory", "alice", "grace"):
        client = cast.client(name)
        assert client.get(reverse("plans:send-down", args=[above.pk])).status_code == 404
        assert client.post(reverse("plans:remind", args=[above.pk])).status_code == 404
    for name in ("dave", "mallory", "alice"):
        address = reverse("plans:directive-detail", args=[sent.pk])
        assert cast.client(name).get(address).status_code == 404


def test_unit_finds_accepts_and_reports_through_the_screens(cast, sent, open_plan):
    client = cast.client("frank")
    listed = client.get(reverse("plans:directive-list")).content.decode()
    assert "开展劳动竞赛" in listed
    step = reverse("plans:directive-transition", args=[sent.pk, "accept"])
    assert open_plan.title in client.get(step).content.decode()

    client.post(step, {"plan": open_plan.pk})
    step = reverse("plans:directive-transition", args=[sent.pk, "report"])
    files = [SimpleUploadedFile(f"照片{n}.png", b"\x89PNG\r\n\x1a\n....") for n in (1, 2)]
    client.post(step, {"report": "已举办。", "on": "2026-11-20", "files": files})

    page = client.get(reverse("plans:directive-detail", args=[sent.pk])).content.decode()
    assert "已上报" in page
    assert "照片2.png" in page
    assert f"列在「{open_plan.title}」" in page


def test_report_begins_with_the_units_notes_and_finishes_its_own_task(cast, sent, open_plan):
    move(sent, "accept", cast.actor("frank"), plan=open_plan)
    own = Item.objects.get(directive=sent)
    actions.note_progress(own, on=date(2026, 11, 3), text="办了一场。", by=cast.actor("frank"))
    client = cast.client("frank")
    step = reverse("plans:directive-transition", args=[sent.pk, "report"])

    task = client.get(reverse("plans:item-detail", args=[own.pk])).content.decode()
    asked = client.get(step).content.decode()
    client.post(step, {"report": "已举办。", "on": "2026-11-20", "own_done": "on"})

    own.refresh_from_db()
    assert f'href="{step}"' in task
    assert "11 月 3 日：办了一场。" in asked
    assert (own.state, own.finished_on) == ("done", date(2026, 11, 20))
    assert history_of(own).first().verb == "finish"
    assert history_of(sent).first().changes["own_done"] == "是"
    assert step not in client.get(reverse("plans:item-detail", args=[own.pk])).content.decode()


def test_report_leaves_the_units_task_open_where_it_goes_on(cast, sent, open_plan):
    move(sent, "accept", cast.actor("frank"), plan=open_plan)

    move(sent, "report", cast.actor("frank"), report="先报一次。", on=TODAY, own_done=False)

    assert Item.objects.get(directive=sent).state == "not_started"
    assert history_of(sent).first().changes["own_done"] == "否"


def test_report_does_not_ask_for_a_task_that_is_done(cast, sent, open_plan):
    move(sent, "accept", cast.actor("frank"), plan=open_plan)
    Item.objects.filter(directive=sent).update(state="done", finished_on=TODAY)
    step = reverse("plans:directive-transition", args=[sent.pk, "report"])

    page = cast.client("frank").get(step).content.decode()

    assert 'name="own_done"' not in page
    cast.client("frank").post(step, {"report": "已办。", "on": "2026-11-20", "own_done": "on"})
    assert Directive.objects.get(pk=sent.pk).state == "reported"


def test_accepting_without_an_open_plan_says_what_to_do_first(cast, sent):
    step = reverse("plans:directive-transition", args=[sent.pk, "accept"])
    client = cast.client("frank")

    assert "还没有印发的计划" in client.get(step).content.decode()
    assert client.post(step, {}).status_code == 422


def test_reporting_a_day_to_come_is_refused(cast, sent, open_plan):
    move(sent, "accept", cast.actor("frank"), plan=open_plan)
    step = reverse("plans:directive-transition", args=[sent.pk, "report"])

    answer = cast.client("frank").post(step, {"report": "已办。", "on": "2026-12-01"})

    assert answer.status_code == 422
    assert "日期还没有到" in answer.content.decode()


def test_sender_sees_counts_filters_units_and_reminds(cast, sent, above):
    other = OrgFactory(name="安澜货运工会", parent=cast.city)
    DirectiveFactory(org=other, item=above, state="reported", report="都办好了。")
    client = cast.client("carol")
    address = reverse("plans:send-down", args=[above.pk])

    lagging = client.get(address, {"state": "not_accepted"}).content.decode()
    answer = client.post(reverse("plans:remind", args=[above.pk]), follow=True)

    assert "安澜机械公司工会" in lagging
    assert "都办好了" not in lagging
    assert "已催办 1 个" in answer.content.decode()
    Directive.objects.filter(org=cast.company).update(state="reported")  # now all have
    answer = client.post(reverse("plans:remind", args=[above.pk]), follow=True)
    assert "不用催办" in answer.content.decode()


def test_what_was_sent_is_listed_task_by_task_at_a_steady_cost(cast, above):
    client = cast.client("carol")
    address = reverse("plans:directive-sent")
    costs = []

    for n in range(3):
        item = ItemFactory(org=cast.city, plan=above.plan, text=f"第{n}项下达")
        DirectiveFactory(org=cast.company, item=item)
        with CaptureQueriesContext(connection) as made:
            page = client.get(address).content.decode()
        costs.append(len(made))

    assert page.count("?state=not_accepted") == 3
    assert "开展劳动竞赛" not in page
    assert costs[1] == costs[2]
