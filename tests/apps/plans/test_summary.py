"""The summary and the brief: what the records say, and 待填 where they say nothing."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.apps.plans import actions
from gonghui.apps.plans.models import Kind
from gonghui.apps.plans.queries.summary import brief_of, summary_of
from gonghui.core.files.store import attach
from gonghui.kit.dates import Period
from tests.factories.plans import (
    ItemFactory,
    OccurrenceFactory,
    PlanFactory,
    ProgressFactory,
    TargetFactory,
)

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)
MARK = re.compile(r"〔\d+〕|本文编号\w+|（如\w+-1）")  # of figures, told elsewhere


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-21T10:00:00+08:00", tick=False)


@pytest.fixture
def plan(cast):
    """Two sections: reading, done and half done, and care, put off and dropped."""
    plan = PlanFactory(
        org=cast.company, state="running", title="2026 年工作计划", author=cast.frank,
        approved_by="五届三次全委会", approved_on=date(2026, 1, 20), main_line="凝心聚力",
    )  # fmt: skip

    def item(position, text, **fields):
        return ItemFactory(org=cast.company, plan=plan, position=position, text=text, **fields)

    reading = item(1, "学习", kind=Kind.SECTION, marker="一、")
    done = item(
        2, "举办读书会；", parent=reading, depth=1, state="done", finished_on=date(2026, 3, 8)
    )
    weekly = item(3, "每周健身一次", parent=reading, depth=1, state="doing")
    care = item(4, "关爱", kind=Kind.SECTION, marker="二、")
    put_off = item(
        5, "走访慰问", parent=care, depth=1, state="put_off", due_on=date(2027, 1, 31),
        reason="场地未落实。",
    )  # fmt: skip
    dropped = item(6, "建爱心驿站", parent=care, depth=1, state="dropped", reason="已由街道建成")
    item(7, "体检×人次", parent=care, depth=1, has_blank=True, due_on=date(2026, 11, 10))
    ProgressFactory(item=put_off, on=date(2026, 6, 2), text="选了三处场地。")
    OccurrenceFactory(
        item=dropped, starts_on=date(2026, 6, 1), due_on=date(2026, 6, 30), done_on=date(2026, 6, 9)
    )
    note = ProgressFactory(item=done, on=date(2026, 3, 8), text="到场 56 人。")
    proof = SimpleUploadedFile("签到表.pdf", b"%PDF-1.7 sample")
    attach(note, proof, name="签到表.pdf", by=cast.actor("frank"))
    OccurrenceFactory(item=weekly, starts_on=date(2026, 11, 2), due_on=date(2026, 11, 8))
    OccurrenceFactory(
        item=weekly, starts_on=date(2026, 11, 9), due_on=date(2026, 11, 15),
        done_on=date(2026, 11, 12),
    )  # fmt: skip
    TargetFactory(item=done, op=">=", value=50, unit="人", actual=Decimal(56))
    TargetFactory(item=done, op="<=", value=5, unit="万元", actual=Decimal(6))
    TargetFactory(item=weekly, op=">=", value=80, unit="%")
    return plan


def opened(answer):
    """All text of the Word file, tables included, in the order of the page."""
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    document = docx.Document(io.BytesIO(answer.content))
    cells = [MARK.sub("", c.text) for t in document.tables for row in t.rows for c in row.cells]
    return [MARK.sub("", p.text) for p in document.paragraphs], cells


def test_summary_counts_by_section(plan):
    found = summary_of(plan)

    assert (found.planned, found.done, found.share) == (4, 1, Decimal("0.25"))
    counted = [(str(c.section), c.planned, c.done) for c in found.chapters]
    assert counted == [("一、学习", 2, 1), ("二、关爱", 2, 0)]
    deeds = found.chapters[0].deeds
    assert [(d.item.text, d.turns_kept, d.turns_planned) for d in deeds] == [
        ("举办读书会；", 0, 0),
        ("每周健身一次", 1, 2),
    ]
    assert deeds[0].evidence == ("签到表.pdf",)
    assert [i.text for i in found.open] == ["每周健身一次", "走访慰问", "体检×人次"]
    assert [i.text for i in found.dropped] == ["建爱心驿站"]


def test_summary_costs_the_same_for_many_tasks(plan, django_assert_num_queries):
    for n in range(20):
        ProgressFactory(item=ItemFactory(org=plan.org, plan=plan, position=10 + n))

    with django_assert_num_queries(6):  # items, targets, notes, turns, files, carried
        summary_of(plan)


def test_summary_file_says_what_the_records_say(cast, plan):
    answer = cast.client("frank").post(reverse("plans:summary", args=[plan.pk]))
    lines, cells = opened(answer)

    assert lines[:2] == ["安澜机械公司工会", "2026年工作总结"]
    assert "工作主线：凝心聚力。" in lines
    assert (
        "《2026 年工作计划》2026年1月20日经五届三次全委会通过，共列任务4项，已完成1项，"
        "完成25%；未完成3项，不再办理1项。"
    ) in lines
    assert "一、工作完成情况" in lines
    assert "（一）学习" in lines
    assert "1.举办读书会。3月8日完成。3月8日，到场 56 人。佐证材料：签到表.pdf。" in lines
    assert "2.每周健身一次。正在办理。计划开展2次，已开展1次。" in lines
    assert cells[:4] == ["任务", "计划", "实际", "完成比例"]
    assert cells[4:8] == ["举办读书会", "50人以上", "56人", "112%"]
    assert cells[8:12] == ["举办读书会", "5万元以下", "6万元", "未达到"]
    assert cells[12:16] == ["每周健身一次", "80%以上", "【待填】", "【待填】"]
    assert "走访慰问：推迟到2027年1月办理。" in "\n".join(lines)
    assert "场地未落实。" in cells
    assert lines[-2:] == ["安澜机械公司工会", "2026年11月21日"]


def test_what_was_put_off_or_dropped_is_not_told_as_being_done(cast, plan):
    client = cast.client("frank")

    lines, _ = opened(client.post(reverse("plans:summary", args=[plan.pk])))
    june, _ = opened(client.post(reverse("plans:brief", args=[plan.pk]) + "?month=2026-06"))

    told = "走访慰问。已推迟到2027年1月办理，原因：场地未落实。"
    dropped = "建爱心驿站。不再办理，原因：已由街道建成。"
    assert f"1.{told}6月2日，选了三处场地。" in lines
    assert f"2.{dropped}计划开展1次，已开展1次。" in lines
    assert [line for line in lines if "正在办理" in line] == [
        "2.每周健身一次。正在办理。计划开展2次，已开展1次。"
    ]
    at = june.index("三、推迟和不再办理")
    assert june[at - 2 : at] == ["二、正在推进", "无。"]
    assert june[at + 1 : at + 3] == [
        f"1.{told}6月2日，选了三处场地。",
        f"2.{dropped}本月开展1次。",
    ]


def test_nobody_said_why_stays_open(cast, plan):
    plan.items.filter(state__in=("put_off", "dropped")).update(reason="", due_on=None)

    lines, _ = opened(cast.client("frank").post(reverse("plans:summary", args=[plan.pk])))

    text = "\n".join(lines)
    assert "1.走访慰问。已推迟到【待填】办理，原因：【待填】。" in text
    assert "2.建爱心驿站。不再办理，原因：【待填】。" in text


def test_a_scrubbed_figure_is_marked_wherever_its_line_is_told(cast, plan):
    plan.items.filter(kind=Kind.SECTION, text="学习").update(text="学习 场", has_blank=True)
    visit = "春节前夕走访困难职工 户；"
    plan.items.filter(text="举办读书会；").update(text=visit, has_blank=True)
    plan.items.filter(text="建爱心驿站").update(text="建爱心驿站 家", has_blank=True)

    lines, cells = opened(cast.client("frank").post(reverse("plans:summary", args=[plan.pk])))

    assert "（一）学习 场（【待填】）" in lines
    assert any(
        line.startswith("1.春节前夕走访困难职工 户（【待填】）。3月8日完成。") for line in lines
    )
    assert cells[4] == "春节前夕走访困难职工 户（【待填】）"
    assert "建爱心驿站 家（【待填】）" in cells
    steps = "\n".join(
        lines[next(n for n, line in enumerate(lines) if line.endswith("、下一步打算")) :]
    )
    assert "补齐计划中空缺的内容：春节前夕走访困难职工 户（【待填】）。" in steps
    assert "建爱心驿站" not in steps


def test_summary_invents_nothing(cast, plan):
    lines, cells = opened(cast.client("frank").post(reverse("plans:summary", args=[plan.pk])))
    text = "\n".join(lines)

    assert "经验做法：【待填】" in text
    assert "存在不足：【待填】" in text
    assert "补齐计划中空缺的内容：体检×人次（【待填】）。" in text
    assert "有1个指标的实际数还没有填，已标【待填】。" in text
    at = cells.index("体检×人次（【待填】）")
    assert cells[at + 1 : at + 4] == ["未开始", "2026年11月10日", "【待填】"]


def test_summary_says_which_plan_continues_a_task(cast, plan):
    following = PlanFactory(
        org=cast.company, state="issued", title="2027 年工作计划",
        starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31),
    )  # fmt: skip
    left = plan.items.get(text="走访慰问")
    actions.carry_over(plan, following, [left.pk], by=cast.actor("frank"))

    lines, _ = opened(cast.client("frank").post(reverse("plans:summary", args=[plan.pk])))

    assert any("走访慰问：已列入《2027 年工作计划》，继续办理。" in line for line in lines)


def test_summary_of_a_campaign_without_tasks(cast):
    plan = PlanFactory(org=cast.company, state="closed", kind="campaign", title="安全月")
    ItemFactory(org=cast.company, plan=plan, state="done", finished_on=None, text="演练")
    empty = PlanFactory(org=cast.company, state="running", title="空的", closing="暂无。")
    client = cast.client("frank")

    lines, _ = opened(client.post(reverse("plans:summary", args=[plan.pk])))
    assert lines[1] == "《安全月》执行情况总结"
    assert "（一）其他工作" in lines
    assert "1.演练。已完成，完成日期【待填】。" in lines
    lines, _ = opened(client.post(reverse("plans:summary", args=[empty.pk])))
    assert "《空的》没有列入任务。" in lines
    assert lines.count("无。") == 2


def test_brief_tells_of_one_month(plan):
    march = brief_of(plan, Period.of_month(2026, 3), TODAY)
    november = brief_of(plan, Period.of_month(2026, 11), TODAY)
    december = brief_of(plan, Period.of_month(2026, 12), TODAY)

    assert [d.item.text for d in march.finished] == ["举办读书会；"]
    assert [d.evidence for d in march.finished] == [("签到表.pdf",)]
    assert november.finished == ()
    assert [(d.item.text, d.turns_kept) for d in november.going_on] == [("每周健身一次", 1)]
    assert [i.text for i in november.late] == ["体检×人次"]
    assert [i.text for i in december.ahead] == ["走访慰问"]


def test_brief_of_a_month_that_is_not_over_keeps_late_and_pending_apart(cast, plan):
    ItemFactory(org=cast.company, plan=plan, position=8, text="开总结会", due_on=date(2026, 11, 28))
    address = reverse("plans:brief", args=[plan.pk])

    found = brief_of(plan, Period.of_month(2026, 11), TODAY)
    lines, _ = opened(cast.client("frank").post(address))

    assert [i.text for i in found.late] == ["体检×人次"]
    assert [i.text for i in found.pending] == ["开总结会"]
    assert "四、本月待办" in lines
    assert "1.开总结会。期限2026年11月28日，责任：【待填】。" in lines


def test_a_line_that_begins_with_a_figure_stays_apart_from_its_number(cast, plan):
    ItemFactory(org=cast.company, plan=plan, position=8, depth=1, text="3月份植树", state="done")

    lines, _ = opened(cast.client("frank").post(reverse("plans:summary", args=[plan.pk])))

    assert "3. 3月份植树。已完成，完成日期【待填】。" in lines


def test_many_notes_are_counted_and_the_last_ones_told(cast, plan):
    weekly = plan.items.get(text="每周健身一次")
    for day in range(1, 6):
        ProgressFactory(item=weekly, on=date(2026, 5, day), text=f"第{day}次。")

    lines, _ = opened(cast.client("frank").post(reverse("plans:summary", args=[plan.pk])))

    told = next(line for line in lines if line.startswith("2.每周健身一次"))
    assert told.endswith("记有进展5条，最近3条：5月3日，第3次。5月4日，第4次。5月5日，第5次。")


def test_a_task_whose_day_has_not_come_needs_no_reason(cast, plan):
    ItemFactory(org=cast.company, plan=plan, position=8, text="开总结会", due_on=date(2026, 12, 28))

    _, cells = opened(cast.client("frank").post(reverse("plans:summary", args=[plan.pk])))

    at = cells.index("开总结会")
    assert cells[at + 3] == "尚未到期"


def test_brief_file_goes_to_the_upper_union(cast, plan):
    client = cast.client("frank")
    address = reverse("plans:brief", args=[plan.pk])

    lines, _ = opened(client.post(f"{address}?month=2026-11"))
    this_month, _ = opened(client.post(address))

    assert lines == this_month
    assert lines[:2] == ["安澜机械公司工会", "2026年11月工作简报"]
    assert "安澜市总工会：" in lines
    assert "1.每周健身一次。正在办理。本月开展1次。" in lines
    assert "1.体检×人次（【待填】）。期限2026年11月10日，原因：【待填】。" in lines
    assert lines[-2:] == ["安澜机械公司工会", "2026年11月21日"]


def test_brief_of_december_looks_into_january(cast, plan):
    address = reverse("plans:brief", args=[plan.pk])

    lines, _ = opened(cast.client("frank").post(f"{address}?month=2026-12"))

    assert "1.走访慰问。期限2027年1月31日，责任：【待填】。" in lines


@pytest.mark.parametrize("month", ["2025-12", "2026-13", "x", "2026-11-01"])
def test_brief_of_a_month_outside_the_plan_is_not_found(cast, plan, month):
    address = reverse("plans:brief", args=[plan.pk])

    assert cast.client("frank").get(address, {"month": month}).status_code == 404


def test_strangers_get_no_papers(cast, plan):
    for name in ("dave", "mallory"):
        for paper in ("summary", "brief"):
            address = reverse(f"plans:{paper}", args=[plan.pk])
            assert cast.client(name).get(address).status_code == 404
