"""Forms through their screens: designed, sent, filled, taken out as a sheet and back, opened."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from gonghui.apps.statistics.actions import forms as designing
from gonghui.apps.statistics.flow import FORM
from gonghui.apps.statistics.models import Collection, Form
from gonghui.kit.errors import DomainError
from tests.factories.statistics import CellFactory, FormFactory, RelationFactory

from .conftest import Office, make_form

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def page(client, name: str, *args, **query) -> str:
    response = client.get(reverse(f"statistics:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_example_is_begun_made_our_own_and_issued(cast):
    carol = cast.client("carol")
    said = {
        "title": "职工与会员",
        "cadence": "statistics",
        "start": "T02",
        "org": f"#{cast.city.pk}",
    }

    carol.post(reverse("statistics:form-create"), said)
    form = Form.objects.get()
    shown = page(carol, "form-detail", form.pk)

    assert "示例表式" in shown
    assert "待核实" in shown
    assert "B1 ÷ A1 × 100" in shown
    assert form.cells.count() == 16
    carol.post(reverse("statistics:form-transition", args=[form.pk, "issue"]))
    form.refresh_from_db()
    assert form.state == "issued"
    with pytest.raises(DomainError, match="另立新版本"):
        designing.drop_cell(form.cells.first(), by=cast.actor("carol"))
    made = designing.new_version(form, by=cast.actor("carol"))
    assert (made.version, made.cells.count(), made.relations.count()) == (2, 16, 8)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"how": "indicator", "indicator": "membership.members", "unit": "人次"}, "不符"),
        ({"how": "indicator", "indicator": "nothing"}, "哪个指标"),
        ({"how": "formula", "formula": "A1 + Z9"}, "没有编号为 Z9"),
        ({"how": "formula", "formula": "B1 + A1"}, "循环"),
    ],
)
def test_a_form_that_does_not_add_up_is_not_issued(cast, cell, words):
    form = FormFactory(org=cast.city)
    CellFactory(form=form, code="A1")
    CellFactory(form=form, code="B1", **cell)

    with pytest.raises(DomainError, match=words):
        FORM.perform(form, "issue", by=cast.actor("carol"))


def test_cells_and_checks_are_added_changed_and_taken_away(cast):
    carol, form = cast.client("carol"), FormFactory(org=cast.city)
    CellFactory(form=form, code="A1")
    said = {"code": "A2", "name": "已答复", "how": "entry", "unit": "件"}
    carol.post(reverse("statistics:cell-new", args=[form.pk]), said)
    new = form.cells.get(code="A2")
    carol.post(reverse("statistics:cell", args=[new.pk]), said | {"name": "已经答复"})
    check = {"left": "A2", "sign": "<=", "right": "A1", "is_hard": "on"}
    wrong = carol.post(
        reverse("statistics:relation-new", args=[form.pk]), check | {"right": "A1 +"}
    )
    carol.post(reverse("statistics:relation-new", args=[form.pk]), check)

    assert wrong.status_code == 422
    assert "不完整" in wrong.content.decode()
    assert "A2 不大于 A1" in page(carol, "form-detail", form.pk)
    assert form.cells.get(code="A2").name == "已经答复"
    carol.post(reverse("statistics:relation-drop", args=[form.relations.get().pk]))
    carol.post(reverse("statistics:cell-drop", args=[new.pk]))
    assert (form.relations.count(), form.cells.count()) == (0, 1)


def test_a_form_is_sent_to_the_chosen_units(cast):
    form, carol = make_form(cast.city), cast.client("carol")
    url = reverse("statistics:send", args=[form.pk])
    said = {"period": "2026-09", "due_on": "2026-10-12", "units": [cast.company.pk]}

    late = carol.post(url, said | {"due_on": "2026-09-30"})
    carol.post(url, said)

    assert late.status_code == 422
    made = Collection.objects.get()
    assert (made.since, made.until) == (date(2026, 9, 1), date(2026, 9, 30))
    shown = page(carol, "collection-detail", made.pk)
    assert "安澜机械公司工会" in shown
    assert "未上报" in shown
    assert "已经下发" in carol.post(url, said).content.decode()


def test_a_unit_fills_in_what_the_records_do_not_hold(cast, office: Office):
    frank, filing = cast.client("frank"), office.of(cast.company)
    shown = page(frank, "fill", filing.pk)
    cells = {one.code: one.pk for one in office.collection.form.cells.all()}
    said = {f"entered_{cells['D1']}": "10", f"entered_{cells['D2']}": "4", "edition": "0"}

    wrong = frank.post(
        reverse("statistics:fill", args=[filing.pk]), said | {f"entered_{cells['D1']}": "1.5"}
    )
    frank.post(reverse("statistics:fill", args=[filing.pk]), said)

    assert "D1 收到诉求" in shown
    assert "请填整数" in wrong.content.decode()
    assert "40%" in page(frank, "filing-detail", filing.pk)
    again = frank.post(reverse("statistics:fill", args=[filing.pk]), said)
    assert "别人改过" in again.content.decode()


def test_a_percentage_says_its_unit_once(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=7, D2=6)
    cells = {one.code: one.pk for one in office.collection.form.cells.all()}
    frank, filing = cast.client("frank"), office.of(cast.company)

    table = page(frank, "filing-detail", filing.pk)
    opened = page(frank, "filing-cell", filing.pk, cells["D3"])
    above = page(cast.client("carol"), "filing-cell", office.of(cast.city).pk, cells["D3"])

    parts = opened.split('id="operands"')[1].split("</ul>")[0]
    doors = re.findall(r'href="([^"]+)">(D\d)[^<]*</a></span><span class="when">([^<]+)<', parts)
    assert [(code, value) for _, code, value in doors] == [("D2", "6 件"), ("D1", "7 件")]
    assert [frank.get(url).status_code for url, _, _ in doors] == [200, 200]
    assert "85.71%" in table
    assert '<td data-label="单位">%</td>' not in table
    assert '<td data-label="单位">件</td>' in table
    for shown in (opened, above):
        assert "85.71%" in shown
        assert not re.search(r"85\.71%\s*(<[^>]*>\s*)*%", shown)


def test_a_figure_opens_to_units_and_records(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)
    cells = {one.code: one.pk for one in office.collection.form.cells.all()}
    city = office.of(cast.city)
    carol = cast.client("carol")

    asked = page(carol, "filing-cell", city.pk, cells["D1"])
    members = page(carol, "filing-cell", city.pk, cells["A1"])

    assert "安澜机械公司工会" in asked
    assert "10 件" in asked
    records = reverse("indicators:records", args=["membership.members"])
    assert f"{records}?org={cast.city.pk}&amp;period=2026-09" in members
    for name in ("dave", "mallory"):
        stranger = cast.client(name)
        url = reverse("statistics:filing-cell", args=[city.pk, cells["A1"]])
        assert stranger.get(url).status_code == 404
    url = reverse("statistics:filing-cell", args=[city.pk, 10**9])
    assert carol.get(url).status_code == 404


@pytest.mark.parametrize("name", ["fill", "paper", "upload", "extend", "filing-sheet"])
def test_a_filing_is_nobody_elses(cast, office: Office, name):
    url = reverse(f"statistics:{name}", args=[office.of(cast.company).pk])

    statuses = {one: cast.client(one).get(url).status_code for one in ("dave", "mallory", "alice")}

    assert set(statuses.values()) == {404}
    assert cast.client("frank").get(url).status_code == 200


def test_the_reminder_is_the_senders(cast, office: Office):
    url = reverse("statistics:remind", args=[office.collection.pk])

    assert cast.client("frank").post(url).status_code == 404
    assert cast.client("erin").post(url).status_code == 302


def book_of(client, filing) -> Workbook:
    response = client.get(reverse("statistics:paper", args=[filing.pk]))
    return load_workbook(io.BytesIO(response.content))


def sent_back(client, filing, book: Workbook):
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = "填报表.xlsx"
    return client.post(reverse("statistics:upload", args=[filing.pk]), {"file": stream})


def test_the_sheet_carries_its_checks(cast, office: Office):
    filing = office.enters("frank", cast.company, note="=1+1 不是算式", D1=10, D2=5)
    sheet = book_of(cast.client("frank"), filing).active

    rules = {
        str(one.sqref): (one.type, one.operator) for one in sheet.data_validations.dataValidation
    }
    assert rules["F6"] == ("whole", "greaterThanOrEqual")
    assert (sheet["D5"].value, sheet["F6"].value) == (4, 10)
    assert sheet["G6"].value == '=IF(COUNT(D6:F6)=0,"",IF(ISNUMBER(F6),F6,N(D6))+N(E6))'
    assert sheet["G8"].value == '=IFERROR(IF(COUNT(G6,G7)=2,((G7/G6)*100),""),"")'
    assert "IF(COUNT(G6,G7)=2,IF(G7<=G6" in sheet["J11"].value
    assert sheet["I6"].data_type == "s"
    assert sheet["I6"].quotePrefix
    assert (sheet.protection.sheet, sheet["F6"].protection.locked) == (True, False)


def test_a_sheet_comes_back_is_looked_at_and_written(cast, office: Office):
    filing, carol = office.of(cast.company), cast.client("carol")
    book = book_of(carol, filing)
    book.active["F6"], book.active["F7"], book.active["I6"] = 12, "六件", "来自台账"

    shown = sent_back(carol, filing, book)
    words = shown.content.decode()

    assert "“六件”不是数字" in words
    assert not filing.amounts.exists()
    form = shown.context["form"]
    carol.post(
        reverse("statistics:fill", args=[filing.pk]),
        {field.html_name: field.value() for field in form if field.value() is not None},
    )
    kept = filing.amounts.get(cell__code="D1")
    assert (kept.entered, kept.note) == (12, "来自台账")


@pytest.mark.parametrize(
    ("value", "words"),
    [(-1, "不小于 0"), (1.5, "要填整数"), ("1E+20", "太大"), ("NaN", "不小于 0")],
)
def test_figures_out_of_bounds_are_refused_cell_by_cell(cast, office: Office, value, words):
    filing, frank = office.of(cast.company), cast.client("frank")
    book = book_of(frank, filing)
    book.active["F6"] = value

    assert words in sent_back(frank, filing, book).content.decode()


def test_the_sheet_of_another_unit_or_without_a_number_is_refused(cast, office: Office):
    carol = cast.client("carol")
    book = book_of(carol, office.of(cast.company))
    other, plain = sent_back(carol, office.of(cast.city), book), Workbook()
    plain.active.append(["编号", "本单位填报数"])

    assert "填报编号是" in other.content.decode()
    assert "认不出是哪个单位" in sent_back(carol, office.of(cast.city), plain).content.decode()


def test_all_units_stand_side_by_side_in_the_export(cast, office: Office):
    office.hands_in("frank", cast.company, "carol", D1=10, D2=5)
    erin = cast.client("erin")

    sheet = load_workbook(
        io.BytesIO(erin.get(reverse("statistics:matrix", args=[office.collection.pk])).content)
    ).active
    rows = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}

    assert rows["安澜机械公司工会"] == ("已审核锁定", 4, 10, 5, 50)
    assert rows["安澜市总工会"][:2] == ("待填报", None)


def test_a_check_of_a_draft_names_what_is_wrong(cast):
    form = FormFactory(org=cast.city, size="Z9")
    CellFactory(form=form, code="A1")
    RelationFactory(form=form, left="A1", right="B7")

    shown = page(cast.client("carol"), "form-detail", form.pk)

    assert "没有编号为 B7 的栏目" in shown
    assert "衡量单位大小的栏目 Z9 不在表里" in shown


def test_unit_reads_why_it_was_sent_back_until_it_hands_in_again(cast, office):
    office.enters("frank", cast.company, D1=5, D2=5)
    office.takes("frank", cast.company, "confirm")
    office.takes("carol", cast.company, "return", reason="D2 与台账不符。")
    page = reverse("statistics:filing-detail", args=[office.of(cast.company).pk])
    client = cast.client("frank")

    seen = client.get(page).content.decode()
    filling = client.get(f"{page}fill/").content.decode()
    office.takes("frank", cast.company, "confirm")

    assert "退回原因" in seen
    assert "D2 与台账不符。" in filling
    assert "退回原因" not in client.get(page).content.decode()
