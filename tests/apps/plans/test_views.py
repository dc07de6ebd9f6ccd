"""The looks of a plan and of a place: what they show, how few queries they cost, who may look."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pypdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.apps.plans.models import Item, ItemState
from gonghui.apps.plans.queries import words
from tests.factories.organisation import PostFactory
from tests.factories.plans import (
    DirectiveFactory,
    ItemFactory,
    OccurrenceFactory,
    TargetFactory,
    make_plan,
)

LOOKS = ("plan-detail", "plan-board", "plan-month", "plan-year")
PLACES = ("item-list", "my-tasks", "overdue", "by-owner", "by-area", "calendar")
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("_in_june")]


@pytest.fixture
def _in_june():
    with time_machine.travel("2026-06-10T10:00:00+08:00"):
        yield


def address(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=args)


def queries(client, url: str, **query: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url, query).status_code == 200
    return len(caught)


def found(response) -> dict:
    context = response.context
    return context["found"] if "found" in context else context["panels"][0].context


def with_turns(plan, number: int) -> None:
    for item in plan.items.filter(kind="task")[:number]:
        OccurrenceFactory(item=item)
        TargetFactory(item=item)


@pytest.mark.parametrize("look", LOOKS)
def test_three_hundred_tasks_cost_as_many_queries_as_three(cast, look):
    small, large = make_plan(cast.company, tasks=3), make_plan(cast.company, tasks=300)
    with_turns(small, 2)
    with_turns(large, 200)
    client = cast.client("frank")
    client.get(address(look, small.pk))

    few = queries(client, address(look, small.pk), at="2026-03")
    many = queries(client, address(look, large.pk), at="2026-03")

    assert many == few
    assert many <= (14 if look == "plan-month" else 24)


@pytest.mark.parametrize("name", PLACES)
def test_place_costs_the_same_for_few_and_many(cast, name):
    client = cast.client("frank")
    make_plan(cast.company, tasks=3)
    client.get(address(name))

    few = queries(client, address(name))
    make_plan(cast.company, tasks=120)
    many = queries(client, address(name))

    assert many <= few + 1  # a page's own count of what follows


def test_a_line_of_the_list_reads_nothing_for_itself(cast):
    """However a task stands and whatever it promises, its words come with the page's rows."""
    client = cast.client("frank")
    plan = make_plan(cast.company, tasks=12)
    client.get(address("item-list"), {"state": ""})
    few = queries(client, address("item-list"), state="")

    tasks = list(plan.items.filter(kind="task"))
    for at, item in enumerate(tasks):
        item.state = ItemState.values[at % len(ItemState.values)]
        item.finished_on = date(2026, 6, 1)
        item.owner, item.owner_org = (cast.bob, None) if at % 2 else (None, cast.company)
        item.starts_on = None if at % 3 else item.starts_on
        item.due_on = None if at % 4 == 0 else item.due_on
        item.save()
        TargetFactory(item=item, actual=None if at % 3 == 0 else Decimal(40), op=">=")
    page = client.get(address("item-list"), {"state": ""}).content.decode()

    assert queries(client, address("item-list"), state="") == few
    assert page.count("≥ 200人") == len(tasks)
    assert "40人 · 20%" in page


@pytest.mark.parametrize("look", LOOKS)
def test_strangers_find_no_look(cast, look):
    plan = make_plan(cast.company)

    for name in ("mallory", "dave"):
        assert cast.client(name).get(address(look, plan.pk)).status_code == 404
        assert cast.client(name).get(address("plan-export", plan.pk)).status_code == 404


@pytest.mark.parametrize("look", LOOKS)
def test_member_reads_what_their_union_published_and_changes_nothing(cast, look):
    plan = make_plan(cast.company)

    response = cast.client("alice").get(address(look, plan.pk))

    assert response.status_code == 200
    assert found(response)["shown"] == 3
    assert found(response)["may_add"] is False


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("state", "step", "door"), [("draft", "送审", "核对提纲"), ("running", "总结", "写总结")]
)
def test_every_look_offers_the_next_step_and_the_same_doors(cast, look, state, step, door):
    plan = make_plan(cast.company, state=state)

    page = cast.client("frank").get(address(look, plan.pk)).content.decode()

    head = page.split('<section class="looks"')[0]
    assert step in head
    assert door in head


@pytest.mark.parametrize("look", LOOKS)
def test_no_look_offers_a_member_a_step(cast, look):
    plan = make_plan(cast.company)

    page = cast.client("alice").get(address(look, plan.pk)).content.decode()

    assert "/do/" not in page


def test_tree_shows_headings_with_shares_and_counts(cast):
    plan = make_plan(cast.company, tasks=10)
    Item.objects.filter(plan=plan, position__in=(3, 5)).update(state=ItemState.DONE)

    response = cast.client("frank").get(address("plan-detail", plan.pk))

    page = response.content.decode()
    first, second = (line for line in found(response)["lines"] if not line.is_task)
    assert "显示 10 / 10 项" in page
    assert (first.share, second.share) == (pytest.approx(0.4), 0)


@pytest.mark.parametrize("state", ["done", "unfinished"])
def test_a_headings_share_is_that_of_all_below_whatever_is_shown(cast, state):
    plan = make_plan(cast.company, tasks=10)
    Item.objects.filter(plan=plan, position__in=(3, 5)).update(state=ItemState.DONE)

    response = cast.client("frank").get(address("plan-detail", plan.pk), {"state": state})

    first = next(line for line in found(response)["lines"] if not line.is_task)
    assert first.share == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"state": "late"}, 4),
        ({"state": "unfinished"}, 10),
        ({"state": "done"}, 1),
        ({"state": "undated"}, 1),
        ({"month": "2026-03"}, 1),
        ({"area": "learning"}, 5),
        ({"owner": "none"}, 10),
        ({"state": "late", "area": "learning"}, 2),
        ({"owner": "p999999"}, 0),
        ({"state": "不存在"}, 11),
    ],
)
def test_chips_narrow_every_look(cast, query, shown):
    plan = make_plan(cast.company, tasks=10)
    Item.objects.filter(plan=plan, position=3).update(state="done", owner=cast.bob)
    ItemFactory(org=cast.company, plan=plan, position=99, text="适时座谈")

    for look in LOOKS:
        response = cast.client("frank").get(address(look, plan.pk), query)

        assert found(response)["shown"] == shown, look
        assert f"显示 {shown} / 11 项" in response.content.decode()


@pytest.mark.parametrize(
    ("owner", "shown"),
    [
        ("none", 3),
        ("w各分会", 1),
        ("person", 1),
        ("body", 1),
        ("p99999999999999999999", 0),
        ("x1", 0),
    ],
)
def test_month_offers_and_finds_the_owners_the_tree_does(cast, owner, shown):
    plan = make_plan(cast.company, tasks=3)
    for number, owned in enumerate(
        ({"owner": cast.bob}, {"owner_org": cast.branch}, {"owner_words": "各分会"})
    ):
        ItemFactory(org=cast.company, plan=plan, position=50 + number, due_on=None, **owned)
    key = {"person": f"p{cast.bob.pk}", "body": f"o{cast.branch.pk}"}.get(owner, owner)
    client = cast.client("frank")

    tree, month = (
        found(client.get(address(look, plan.pk), {"owner": key}))
        for look in ("plan-detail", "plan-month")
    )

    chips = [
        {chip.label: [option[0] for option in chip.options] for chip in look["chips"]()}
        for look in (tree, month)
    ]
    assert chips[0]["责任人"] == chips[1]["责任人"]
    assert chips[0]["方面"] == chips[1]["方面"]
    assert (tree["shown"], month["shown"]) == (shown, shown)
    assert (tree["total"], tree["sections"]) == (month["total"], month["sections"])


def test_month_lists_what_has_no_day_and_says_how_many(cast):
    plan = make_plan(cast.company, tasks=0)
    for number in range(22):
        ItemFactory(org=cast.company, plan=plan, position=10 + number, due_on=None)

    seen = found(cast.client("frank").get(address("plan-month", plan.pk)))

    assert (len(seen["undated"]), seen["undated_count"]) == (20, 22)


def test_inherited_months_and_turns_decide_where_a_task_stands(cast):
    plan = make_plan(cast.company, tasks=0)
    head = plan.items.first()
    Item.objects.filter(pk=head.pk).update(months=[4, 9])
    ItemFactory(org=cast.company, plan=plan, parent=head, position=10, text="随章节的月份")
    monthly = ItemFactory(org=cast.company, plan=plan, position=11, text="每月一次")
    OccurrenceFactory(item=monthly, starts_on=date(2026, 5, 1), due_on=date(2026, 5, 31))

    response = cast.client("frank").get(address("plan-year", plan.pk))

    rows = {line.item.text: [cell[0] for cell in cells] for line, cells in found(response)["rows"]}
    assert [n for n, sign in enumerate(rows["随章节的月份"], 1) if sign] == [4, 9]
    assert rows["每月一次"][4] == "0/1"
    assert len(rows["每月一次"]) == 12


def test_board_is_bounded_and_its_export_is_whole(cast):
    plan = make_plan(cast.company, tasks=40)
    client = cast.client("frank")

    page = client.get(address("plan-board", plan.pk)).content.decode()
    written = client.get(address("plan-export", plan.pk), {"look": "board"})

    assert "还有 10 项" in page
    assert sheet_rows(written) == 40


def sheet(response) -> list[list[object]]:
    """The head of a written sheet and its rows, without the title."""
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]


def sheet_rows(response) -> int:
    return len(sheet(response)) - 1


def paper(response) -> str:
    assert response.content.startswith(b"%PDF")
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


VISIT = "走访困难职工 户【待填】"
SHOWN = {
    "tree": (
        ["编号", "内容", "时间", "责任", "目标", "进度和期限", "状态", "下达单位"],
        7,
        ["6、", f"　{VISIT}", "未定日期", None, "≥ 200人", "未定日期", "未开始", "安澜市总工会"],
    ),
    "board": (
        ["状态", "任务", "责任", "进度和期限", "逾期或落后"],
        6,
        ["未开始", VISIT, None, "未定日期", None],
    ),
    "month": (
        ["日期", "编号", "任务", "计划", "责任", "状态"],
        2,
        ["未定日期", "6、", VISIT, "2026 年工作计划", None, "未开始"],
    ),
    "year": (
        ["编号", "任务", "责任", *(f"{month} 月" for month in range(1, 13))],
        7,
        ["6、", f"{VISIT}（未定日期）", *[None] * 13],
    ),
}


@pytest.fixture
def learning(cast):
    """A plan with a task without a day and without its figure, sent down by the city."""
    plan = make_plan(cast.company, tasks=10, title="2026 年工作计划")
    Item.objects.filter(plan=plan, position=4).update(state=ItemState.DONE)
    visit = ItemFactory(
        org=cast.company, plan=plan, parent=plan.items.get(position=2), depth=1, position=99,
        marker="6、", text="走访困难职工 户", has_blank=True, area="learning",
    )  # fmt: skip
    TargetFactory(item=visit, op=">=", value=200, unit="人")
    above = ItemFactory(org=cast.city, plan=make_plan(cast.city, tasks=0))
    DirectiveFactory(item=above, org=cast.company, accepted_as=visit)
    return plan


@pytest.mark.parametrize("look", SHOWN)
def test_look_is_exported_as_shown(cast, learning, look):
    heads, rows, blank = SHOWN[look]
    client = cast.client("frank")
    query = {"look": look, "area": "learning", "at": "2026-06"}

    head, *lines = sheet(client.get(address("plan-export", learning.pk), query))
    said = paper(client.get(address("plan-export", learning.pk), {**query, "export": "pdf"}))

    assert head == heads
    assert len(lines) == rows  # of the tree and the year with the one heading that is shown
    assert [line for line in lines if VISIT in "".join(map(str, line))] == [blank]
    assert all("".join(cell.split()) in said for cell in blank if cell)


def test_exports_say_how_far_a_heading_has_come_and_what_is_late(cast, learning):
    client = cast.client("frank")

    written = {
        look: sheet(client.get(address("plan-export", learning.pk), {"look": look}))
        for look in ("tree", "board", "year")
    }

    headings = [row[1:7] for row in written["tree"] if row[0] in ("一、", "二、")]
    assert headings == [
        ["建功立业", None, None, None, "完成 0%", None],
        ["学习创争", None, None, None, "完成 17%", None],
    ]
    late = [row for row in written["board"][1:] if row[4]]
    assert [row[1] for row in late] == [f"办好第{number}件事" for number in (1, 3, 5, 4)]
    assert all("逾期" in row[4] for row in late)
    assert [row[0] for row in written["year"] if "件事" in row[1]] == [
        "1、",
        "2、",
        "3、",
        "4、",
        "5、",
    ] * 2


def test_month_writes_out_all_without_a_day_or_the_opened_day_alone(cast):
    plan = make_plan(cast.company, tasks=0)
    for number in range(22):
        ItemFactory(org=cast.company, plan=plan, position=10 + number, due_on=None)
    ItemFactory(org=cast.company, plan=plan, position=9, due_on=date(2026, 6, 19))
    client, door = cast.client("frank"), address("plan-export", plan.pk)
    query = {"look": "month", "at": "2026-06"}

    month = sheet(client.get(door, query))
    narrowed = sheet(client.get(door, {**query, "month": "2026-06"}))
    day = sheet(client.get(door, {**query, "day": "2026-06-19"}))

    assert month[1][0] == datetime(2026, 6, 19)  # noqa: DTZ001 — as the sheet holds it
    assert [row[0] for row in month[2:]] == ["未定日期"] * 22
    assert narrowed[1:] == month[1:2]
    assert day[1:] == month[1:2]


def test_list_is_written_out_with_what_is_missing(cast, learning):
    client = cast.client("frank")

    head, *lines = sheet(client.get(address("item-list"), {"export": "xlsx", "state": ""}))
    chosen = client.get(address("item-list"), {"export": "xlsx", "state": "", "columns": "text"})

    assert [row[1] for row in lines if row[0] == "6、"] == [VISIT]
    assert [VISIT] in sheet(chosen)
    assert head[:2] == ["编号", "任务"]


def test_month_starts_on_monday_with_festivals_and_says_how_many_more(cast):
    plan = make_plan(cast.company, tasks=0)
    for number in range(7):
        ItemFactory(org=cast.company, plan=plan, position=10 + number, due_on=date(2026, 6, 19))
    client = cast.client("frank")

    response = client.get(address("plan-month", plan.pk))
    opened = client.get(address("plan-month", plan.pk), {"at": "2026-06", "day": "2026-06-19"})

    month = found(response)["month"]
    cell = next(c for week in month.weeks for c in week if c.day == date(2026, 6, 19))
    assert month.weeks[0][0].day == date(2026, 6, 1)
    assert (len(cell.entries), cell.more, cell.festival) == (4, 3, "端午节")
    assert "还有 3 项" in response.content.decode()
    assert len(found(opened)["day_entries"]) == 7


@pytest.mark.parametrize("query", [{"at": "2026-99"}, {"at": "x"}, {"day": "2026-02-31"}])
def test_month_that_is_none_falls_back_to_this_one(cast, query):
    plan = make_plan(cast.company)

    response = cast.client("frank").get(address("plan-month", plan.pk), query)

    assert (found(response)["month"].year, found(response)["month"].month) == (2026, 6)


def test_turns_stand_in_the_month_beside_single_tasks(cast):
    plan = make_plan(cast.company, tasks=0)
    weekly = ItemFactory(org=cast.company, plan=plan, position=10, due_on=date(2026, 6, 7))
    for day in (7, 14):
        OccurrenceFactory(
            item=weekly,
            starts_on=date(2026, 6, day - 6),
            due_on=date(2026, 6, day),
            done_on=date(2026, 6, 5) if day == 7 else None,
        )

    response = cast.client("frank").get(address("calendar"))

    cells = {c.day.day: c for week in found(response)["month"].weeks for c in week if c.is_inside}
    assert [e.word for e in cells[7].entries] == ["已完成"]
    assert [e.word for e in cells[14].entries] == ["本期"]


def test_my_tasks_are_those_i_own_or_help_with(cast):
    plan = make_plan(cast.company)
    first, second, third = plan.items.filter(kind="task")
    Item.objects.filter(pk=first.pk).update(owner=cast.alice)
    second.helpers.add(cast.alice)
    Item.objects.filter(pk=third.pk).update(owner=cast.bob)

    response = cast.client("alice").get(address("my-tasks"))

    assert {row.record for row in response.context["table"].page} == {first, second}


def test_my_tasks_hold_those_a_body_i_work_in_helps_with(cast):
    plan = make_plan(cast.company)
    helped = plan.items.filter(kind="task").first()
    helped.helper_orgs.add(cast.branch)

    def seen(name: str) -> set[Item]:
        response = cast.client(name).get(address("my-tasks"))
        return {row.record for row in response.context["table"].page}

    assert seen("bob") == set()
    PostFactory(person=cast.bob, org=cast.branch, title="主席", since=date(2020, 1, 1))
    assert seen("bob") == {helped}
    assert seen("alice") == set()


def test_overdue_holds_only_what_is_late(cast):
    make_plan(cast.company, tasks=12)

    response = cast.client("frank").get(address("overdue"))

    assert len(response.context["table"].page) == 5
    assert "已逾期 136 天" in response.content.decode()


def test_groups_are_doors_to_what_they_count(cast):
    plan = make_plan(cast.company, tasks=10)
    Item.objects.filter(plan=plan, position__in=(3, 4, 5)).update(owner=cast.bob)
    ItemFactory(plan=plan, org=cast.company, owner=cast.bob, state="dropped")
    ItemFactory(plan=plan, org=cast.company, state="dropped")
    client = cast.client("frank")

    response = client.get(address("by-owner"), {"state": ""})

    groups = {group.label: group for group in response.context["groups"]}
    assert (groups["鲍博"].total, groups["鲍博"].late) == (3, 3)
    assert groups["没有责任人"].total == 7
    for group in groups.values():
        behind = client.get(group.url).context["table"].page
        assert behind.paginator.count == group.total


def test_areas_are_counted_and_exported(cast, learning):
    client = cast.client("frank")

    groups = {g.label: g.total for g in client.get(address("by-area")).context["groups"]}
    written = client.get(address("by-area"), {"export": "xlsx"})

    assert groups == {"竞赛": 5, "学习创争": 6}
    assert sheet(written) == [
        ["名称", "任务", "已完成", "已逾期", "未定日期", "完成 %"],
        ["竞赛", 5, 0, 3, 0, 0],
        ["学习创争", 6, 1, 1, 1, 17],
    ]


def test_owners_are_written_out_with_numbers(cast, learning):
    written = sheet(cast.client("frank").get(address("by-owner"), {"export": "xlsx", "state": ""}))

    assert written[1:] == [["没有责任人", 11, 1, 4, 1, 9]]


def test_bare_number_stands_apart_from_its_words():
    lines = [Item(marker=marker, text="慰问").line for marker in ("1", "1、", "（一）", "")]

    assert lines == ["1 慰问", "1、慰问", "（一）慰问", "慰问"]


@pytest.mark.parametrize("name", ["by-owner", "by-area", "calendar"])
def test_filter_answers_with_a_bare_fragment(cast, name):
    make_plan(cast.company)

    response = cast.client("frank").get(address(name), HTTP_HX_REQUEST="true")

    assert b"<html" not in response.content
    assert b'id="rows"' in response.content
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    ("fields", "word", "tone"),
    [
        ({"state": "not_started"}, "未开始", "plain"),
        ({"state": "doing", "due_on": date(2026, 6, 8)}, "已逾期 2 天", "late"),
        ({"state": "done", "due_on": date(2026, 6, 8)}, "已完成", "done"),
        ({"state": "put_off", "due_on": date(2026, 9, 30)}, "已推迟", "wait"),
        ({"state": "dropped"}, "不再办", "plain"),
    ],
)
def test_state_is_a_word_with_its_tone(cast, fields, word, tone):
    plan = make_plan(cast.company, tasks=0)
    item = ItemFactory(org=cast.company, plan=plan, position=9, **fields)

    assert words.state_of(item, date(2026, 6, 10)) == (word, tone)


@pytest.mark.parametrize(
    ("actual", "unit", "word"),
    [(168, "件", "进行中"), (20, "件", "落后"), (200, "件", "达到"), (20, "%", "进行中")],
)
def test_figure_behind_its_time_says_so(cast, actual, unit, word):
    plan = make_plan(cast.company, tasks=0)
    item = ItemFactory(org=cast.company, plan=plan, position=9, state="doing")
    TargetFactory(item=item, value=Decimal(200), unit=unit, actual=Decimal(actual))

    assert words.state_of(item, date(2026, 6, 10))[0] == word
