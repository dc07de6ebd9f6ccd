"""Reports: figures on the page, in the Word file and behind their doors are the same."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.core.indicators.registry import indicators
from gonghui.core.reports.models import Cited, Paper, Wording
from gonghui.core.reports.parts import codes_in
from gonghui.core.reports.screens.compare import Unit, sized
from gonghui.core.reports.screens.wall import LINES, MAIN, RANKED
from gonghui.core.reports.shipped import MADE, SORTS, TEXTS, TITLES
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import OrgFactory, PersonFactory
from tests.factories.plans import ItemFactory, PlanFactory, TargetFactory
from tests.factories.reports import CitedFactory, PaperFactory, WordingFactory
from tests.factories.watch import FindingFactory

pytestmark = pytest.mark.slow  # most of them write a whole report

REPORT = reverse("reports:report")
CHECK = reverse("reports:check")


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-21T10:00:00+08:00", tick=False)


@pytest.fixture
def held(cast):
    """Three activities of the company this year and one last year."""
    for day in ("2025-06-01", "2026-02-03", "2026-05-06", "2026-09-10"):
        start = datetime.fromisoformat(f"{day}T14:00+08:00")
        ActivityFactory(org=cast.company, kind="forum", state="filed", starts_at=start)


def opened(answer):
    assert answer.status_code == 200
    document = docx.Document(io.BytesIO(answer.content))
    cells = [[c.text for c in row.cells] for t in document.tables for row in t.rows]
    return [p.text for p in document.paragraphs], cells


def address(org, sort="summary", **said):
    query = "&".join(f"{name}={value}" for name, value in {"sort": sort, **said}.items())
    return f"{REPORT}?org={org.pk}&{query}"


def test_shipped_texts_name_indicators_that_are_there():
    unknown = [code for text in TEXTS.values() for code in codes_in(text) if code not in indicators]
    parts = {part for sort in SORTS.values() for _, some in sort.chapters for part in some}

    assert unknown == []
    assert parts - MADE == set(TEXTS) == set(TITLES)
    assert {*MAIN, *LINES, RANKED} <= {one.code for one in indicators}


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_opens_and_is_written(cast, held, sort):
    client = cast.client("frank")

    page = client.get(address(cast.company, sort))
    lines, _ = opened(client.post(address(cast.company, sort)))

    assert page.status_code == 200
    assert lines[0] == "安澜机械公司工会"
    assert any(Paper.objects.get().code in line for line in lines)


def test_chapters_are_parts_that_a_phone_folds(cast, held):
    """The name at the end belongs to none; without a script all stand open."""
    page = cast.client("frank").get(address(cast.company, "summary"))
    parts, text = page.context["parts"], page.content.decode()

    titles = ["".join(piece.text for piece in one["title"]) for one in parts if one["title"]]
    assert titles[0].startswith("一、")
    assert text.count("data-chapter open") == len(titles) > 3
    assert (parts[-1]["title"], [one["kind"] for one in parts[-1]["blocks"]]) == (
        None, ["signature"],
    )  # fmt: skip


@pytest.mark.slow
def test_figures_of_the_file_are_those_of_the_page_and_of_the_doors(cast, held):
    client = cast.client("frank")
    page = client.get(address(cast.company))
    lines, cells = opened(client.post(address(cast.company)))
    html, text = page.content.decode(), "\n".join([*lines, *chain(*cells)])

    printed = list(Cited.objects.order_by("number"))
    assert len(printed) > 10
    for one in printed:
        mark = f"〔{one.number}〕"
        assert f"{one.words}{mark}" in text
        assert f'href="{one.address.replace("&", "&amp;")}"' in html
        door = client.get(one.address)
        assert door.status_code == 200, one.label
        if "page" in (door.context or {}) and one.indicator and one.words != "暂无":
            counted = door.context["page"].paginator.count
            if getattr(indicators[one.indicator], "kind", "") == "count":
                assert f"{counted:,}" == re.match(r"[\d,]+", one.words)[0], one.label


def _hold_once(org):
    start = datetime.fromisoformat("2026-04-05T14:00+08:00")
    ActivityFactory(org=org, kind="forum", state="filed", starts_at=start)


COUNTED = re.compile(r"\d[\d,.]*(?:%|次|人次|人|个|项|处|条|期| 个百分点)(?!〔|[一-龥]*〔)")


@pytest.mark.parametrize("sort", SORTS)
def test_no_figure_stands_without_its_mark(cast, held, sort):
    _hold_once(OrgFactory(parent=cast.city, kind="grassroots"))
    plan = PlanFactory(org=cast.city, state="running", title="工作计划")
    TargetFactory(item=ItemFactory(org=cast.city, plan=plan, text="慰问困难职工"))
    FindingFactory(org=cast.city)

    lines, cells = opened(cast.client("carol").post(address(cast.city, sort)))

    told = [line for line in lines if "数字出处" not in line]
    figures = [cell for row in cells if row[0] != "慰问困难职工" for cell in row[1:]]
    assert [line for line in told if COUNTED.search(line)] == []
    assert [cell for cell in figures if re.search(r"\d", cell) and "〔" not in cell] == []


def test_lowest_and_highest_unit_of_a_spread_open_to_their_own_records(cast, held):
    second = OrgFactory(parent=cast.city, kind="grassroots")
    _hold_once(second)

    _, cells = opened(cast.client("carol").post(address(cast.city)))

    row = next(row for row in cells if row[0] == "举办的活动")
    marks = [int(re.search(r"〔(\d+)〕", cell)[1]) for cell in row[4:]]
    low, middle, high = (Cited.objects.get(number=number) for number in marks)
    assert (low.words, low.org, high.words, high.org) == (
        "1次", second, "3次", cast.company,
    )  # fmt: skip
    assert (middle.words, middle.label) == ("2次", "举办的活动（下级中位数）")
    page = cast.client("carol").get(CHECK, {"code": f"{low.paper.code}-{low.number}"})
    assert page.context["now"] == "1次"


def test_report_asks_a_sort_of_record_once_a_year_however_many_units(cast, held):
    client = cast.client("frank")
    client.get(address(cast.company))

    with CaptureQueriesContext(connection) as few:
        client.get(address(cast.company))
    for _ in range(3):
        team = OrgFactory(parent=cast.company, kind="branch")
        ActivityFactory(org=team, state="filed")
        PersonFactory(org=team)
    with CaptureQueriesContext(connection) as many:
        client.get(address(cast.company))

    assert len(few) <= 75
    assert len(many) == len(few)


def test_last_year_stands_beside_this_year(cast, held):
    _, cells = opened(cast.client("frank").post(address(cast.company)))

    row = next(row for row in cells if row[0] == "举办的活动")

    assert re.sub(r"〔\d+〕", "", "|".join(row[:4])) == "举办的活动|3次|1次|+2 次"


def test_what_nobody_knows_stays_missing(cast):
    lines, cells = opened(cast.client("frank").post(address(cast.company)))

    text = "\n".join(lines)
    assert "举办培训班【暂无】，培训【暂无】、【暂无】" in text
    row = next(row for row in cells if row[0] == "培训班")
    assert row[1:4] == ["【暂无】", "【暂无】", "—"]


def test_figure_is_opened_by_its_code(cast, held):
    client = cast.client("frank")
    client.post(address(cast.company))
    one = Cited.objects.get(indicator="activities.held", since=date(2026, 1, 1))
    start = datetime.fromisoformat("2026-10-10T14:00+08:00")
    ActivityFactory(org=cast.company, kind="forum", state="filed", starts_at=start)

    page = client.get(CHECK, {"code": f" {one.paper.code.lower()}－{one.number} "})

    html = page.content.decode()
    assert "文中所写" in html
    assert (page.context["cited"].words, page.context["now"]) == ("3次", "4次")
    assert "记录有更正或新增" in html


def test_code_opens_nothing_for_who_may_not(cast):
    one = CitedFactory(paper=PaperFactory(org=cast.company))
    code = f"{one.paper.code}-{one.number}"

    statuses = {
        name: cast.client(name).get(CHECK, {"code": code}).status_code
        for name in ("frank", "carol", "dave", "mallory", "alice")
    }

    assert statuses == {"frank": 200, "carol": 200, "dave": 404, "mallory": 404, "alice": 404}
    assert cast.client("frank").get(CHECK, {"code": "K7M999-1"}).status_code == 404
    assert cast.client("frank").get(CHECK, {"code": "胡写"}).status_code == 404


def test_figure_of_a_body_out_of_reach_stays_shut(cast):
    one = CitedFactory(paper=PaperFactory(org=cast.branch), org=cast.company)

    answer = cast.client("bob").get(CHECK, {"code": f"{one.paper.code}-{one.number}"})

    assert answer.status_code == 404


def test_nobody_reads_a_report_without_the_right(cast):
    for name in ("alice", "mallory"):
        for page in ("report", "check", "compare", "wall", "wordings"):
            assert cast.client(name).get(reverse(f"reports:{page}")).status_code == 404
    dave = cast.client("dave").get(address(cast.company))
    assert dave.context["org"] == cast.other_city  # the place falls back to one's own
    assert cast.client("frank").get(address(cast.company, "none")).status_code == 404


def test_weaknesses_come_from_findings(cast):
    FindingFactory(org=cast.company, sentence="主席空缺。")

    lines, _ = opened(cast.client("frank").post(address(cast.company)))
    words = [line for line in lines if "1处" in line]

    assert len(words) == 1
    door = Cited.objects.get(words="1处").address
    assert "主席空缺" in cast.client("frank").get(door).content.decode()


def test_targets_met_or_not_stand_in_the_report(cast):
    plan = PlanFactory(org=cast.company, state="running", title="2026 年工作计划")
    item = ItemFactory(org=cast.company, plan=plan, text="慰问困难职工50户以上")
    TargetFactory(item=item, op=">=", value=50, unit="户", actual=Decimal(56))

    lines, cells = opened(cast.client("frank").post(address(cast.company)))

    assert any("列出指标1个" in line and "达到1个" in line for line in lines)
    row = next(row for row in cells if row[0] == "慰问困难职工50户以上")
    assert [re.sub(r"〔\d+〕", "", cell) for cell in row[1:]] == [
        "50户以上",
        "56户",
        "112%",
        "达到",
    ]


def test_best_units_are_named_and_like_ones_are_not(cast):
    for org, count in ((cast.branch, 0), (cast.second_branch, 3)):
        PersonFactory.create_batch(count, org=org)

    lines, _ = opened(cast.client("frank").post(address(cast.company)))

    assert not any("最高的是一分会、二分会" in line for line in lines)


def test_union_words_its_reports_itself_and_those_below_follow(cast):
    client, branch = cast.client("frank"), cast.client("bob")
    page = reverse("reports:wording", args=["opening"])

    wrong = client.post(f"{page}?org={cast.company.pk}", {"text": "{no.such}"})
    client.post(f"{page}?org={cast.company.pk}", {"text": "{期间}，{单位}扎实工作。"})
    lines, _ = opened(branch.post(address(cast.branch)))

    assert wrong.status_code == 422
    assert "没有这样的指标：no.such" in wrong.content.decode()
    assert "2026年，一分会扎实工作。" in lines
    assert branch.get(f"{page}?org={cast.branch.pk}").status_code == 404  # no right to word
    client.post(f"{page}?org={cast.company.pk}", {"text": ""})
    assert not Wording.objects.exists()


def test_own_text_is_told_from_the_shipped_and_from_that_above(cast):
    WordingFactory(org=cast.city)

    rows = cast.client("frank").get(reverse("reports:wordings")).context["rows"]

    assert {row["whose"] for row in rows if row["part"] == "opening"} == {"上级"}
    assert {row["whose"] for row in rows if row["part"] != "opening"} == {"示例"}


def test_units_are_compared_per_hundred_members(cast, held):
    page = cast.client("carol").get(
        reverse("reports:compare"), {"org": cast.city.pk, "code": "activities.held"}
    )

    rows = [row for one in page.context["classes"] for row in one["rows"]]
    company = next(row for row in rows if row["org"] == cast.company)
    members = Decimal(company["members"].words)
    assert company["figure"].words == "3"
    assert Decimal(company["value"].replace(",", "")) == round(300 / members, 2)


def test_ratio_is_compared_as_it_is(cast):
    PersonFactory(org=OrgFactory(parent=cast.city, kind="grassroots"))
    page = cast.client("carol").get(
        reverse("reports:compare"), {"org": cast.city.pk, "code": "membership.rate"}
    )

    assert page.context["is_per_head"] is False
    spreads = [one for one in page.context["classes"] if one["spread"]]
    for one in spreads:
        known = [row["url"] for row in one["rows"] if row["is_known"]]
        assert [url for _, url in one["spread"]] == [known[-1], "", known[0]]
    assert spreads


@pytest.mark.parametrize(
    ("members", "sizes"),
    [([9, 8, 7, 3, 2, 1], "大大中中小小"), ([5, 4], "中中"), ([None, 9, 5, 1], "?大中小")],
)
def test_classes_are_thirds_by_members(cast, members, sizes):
    units = [
        Unit(cast.branch, None if n is None else Decimal(n), None, None, None) for n in members
    ]

    sized(units)

    assert "".join(unit.size or "?" for unit in units) == sizes


def test_wall_shows_what_is_known_and_asks_again_by_itself(cast, held):
    page = cast.client("frank").get(reverse("reports:wall"), {"org": cast.company.pk})
    html = page.content.decode()

    assert 'hx-trigger="every 300s"' in html
    shown = {one["title"]: one["told"].words for one in page.context["figures"]}
    assert shown["举办的活动"] == "3"
    assert shown["培训职工"] == "暂无"


def test_wall_says_how_many_units_it_leaves_out(cast):
    for _ in range(11):
        OrgFactory(parent=cast.company)
    client = cast.client("frank")

    page = client.get(reverse("reports:wall"), {"org": cast.company.pk})

    shown, more = page.context["units"], page.context["more"]
    whole = client.get(page.context["units_url"]).context["units"]
    assert (len(shown), len(shown) + more) == (10, len(whole))
    assert f"另有 {more} 个单位" in page.content.decode()


def test_what_a_report_leaves_out_is_said(cast):
    for day in range(1, 10):
        start = datetime.fromisoformat(f"2026-03-{day:02}T14:00+08:00")
        ActivityFactory(org=cast.branch, kind="forum", state="filed", starts_at=start)
    plan = PlanFactory(org=cast.company, state="running")
    for day in range(1, 14):
        ItemFactory(plan=plan, org=cast.company, due_on=date(2026, 12, day))
    client, year = cast.client("frank"), {"org": cast.company.pk, "period": "2026"}

    brief = client.get(reverse("reports:report"), {**year, "sort": "brief"}).content.decode()
    monthly = client.get(reverse("reports:report"), {**year, "sort": "monthly"}).content.decode()

    assert "以上是最近的8次。期内举办的活动9" in brief
    assert "其余没有完成的任务见各项计划。" in monthly


def test_plan_summary_is_looked_at_before_it_is_written(cast, held):
    plan = PlanFactory(org=cast.company, state="running")
    client, page = cast.client("frank"), reverse("plans:summary", args=[plan.pk])

    seen = client.get(page).content.decode()
    assert not Paper.objects.exists()
    lines, cells = opened(client.post(page))

    assert "主要数字" in seen
    assert any("三、主要数字" in line for line in lines)
    assert any(row[0] == "举办的活动" for row in cells)
    assert Paper.objects.get().sort == "plan"


def test_reader_without_the_right_gets_a_summary_without_figures(cast, held):
    plan = PlanFactory(org=cast.company, state="running")

    seen = cast.client("alice").get(reverse("plans:summary", args=[plan.pk])).content.decode()

    assert "主要数字" not in seen
