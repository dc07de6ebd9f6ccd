"""A list is written out as it is shown; people's data only for a purpose, with a mark and a log."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.jobs.models import Job, Stage
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.screens import exports
from gonghui.core.screens.screens import registry
from tests.conformance.exemptions import check
from tests.factories.bodies import AssociationReviewFactory
from tests.factories.organisation import PersonFactory

LIST = reverse("membership:person-list")


@pytest.fixture
def people(cast):
    return [PersonFactory(name=f"张{n}", pinyin=f"zhang{n}", org=cast.company) for n in "312"]


@pytest.fixture
def open_list(monkeypatch):
    """The list of people as if it told nothing of people."""
    monkeypatch.setattr(registry["people.person"], "personal", False)


def content_of(kept):
    with kept.file.open() as file:
        return file.read()


def sheet_of(content):
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [[cell for cell in row if cell is not None] for row in rows]


def test_short_list_comes_at_once_in_the_order_on_the_screen(cast, people, open_list):
    response = cast.client("frank").get(LIST, {"q": "张", "sort": "-name", "export": "xlsx"})

    rows = sheet_of(response.content)
    assert rows[0] == ["人员"]
    assert [row[0] for row in rows[2:]] == ["张3", "张2", "张1"]


def test_sheet_has_the_columns_on_the_screen(cast, people, open_list):
    asked = {"q": "张", "columns": ["name", "离开日期", "org"], "export": "xlsx"}

    rows = sheet_of(cast.client("frank").get(LIST, asked).content)

    assert rows[1] == ["姓名", "所在组织", "离开日期"]


def test_sheet_of_people_opens_nothing_it_does_not_write(cast, people, open_list):
    with CaptureQueriesContext(connection) as asked:
        cast.client("frank").get(LIST, {"q": "张", "export": "xlsx"})

    reads = [q["sql"] for q in asked if "joined_on" in q["sql"] and "张" in q["sql"]]
    assert len(reads) == 1  # the words beside the names come along
    for untold in ("people_identity", "people_particulars", "former_unit", "password"):
        assert untold not in reads[0]


def test_list_of_people_asks_what_for(cast, people):
    frank = cast.client("frank")

    page = frank.get(LIST, {"q": "张", "export": "xlsx"})
    wrong = frank.post(f"{LIST}?q=张&export=xlsx", {"purpose": "看"})

    assert "请写明用途" in page.content.decode()
    assert wrong.status_code == 422
    assert Job.objects.count() == 0


def test_list_of_people_is_marked_and_logged(cast, people):
    url = f"{LIST}?q=张&sort=name&export=xlsx"

    page = cast.client("frank").post(url, {"purpose": "报上级核对人数"}, follow=True)

    job = Job.objects.get()
    kept = attachments_of(job, "result").get()
    rows = sheet_of(content_of(kept))
    told = history_of(job).get(verb="export")
    assert page.request["PATH_INFO"] == reverse("jobs:job-detail", args=[job.pk])
    assert kept.name == f"人员 {timezone.localdate()}.xlsx"
    assert rows[1][0].startswith(f"方兰（安澜机械公司工会）于 {timezone.localtime():%Y-%m-%d}")
    assert "用途：报上级核对人数" in rows[1][0]
    assert [row[0] for row in rows[3:]] == ["张1", "张2", "张3"]
    assert told.by == cast.frank
    assert told.changes == {
        "list": "人员",
        "purpose": "报上级核对人数",
        "count": 3,
        "format": "xlsx",
    }


def test_paper_carries_the_mark_too(cast, people):
    cast.client("frank").post(f"{LIST}?export=pdf", {"purpose": "张贴公示名单"})

    kept = attachments_of(Job.objects.get(), "result").get()
    assert kept.name.endswith(".pdf")
    assert content_of(kept).startswith(b"%PDF-")


def test_long_list_is_written_in_the_background(cast, people, open_list, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    frank, url = cast.client("frank"), f"{LIST}?q=张&export=xlsx"

    page = frank.get(url).content.decode()
    frank.post(url)

    job = Job.objects.get()
    assert "共 3 条" in page
    assert "在后台" in page
    assert (job.stage, job.title, job.total) == (Stage.DONE, "导出人员", 3)
    assert len(sheet_of(content_of(attachments_of(job).get()))) == 6
    assert inbox_of(cast.frank).get().title == "导出人员：已完成"


def test_export_holds_only_what_the_person_sees(cast, people, open_list):
    PersonFactory(name="张外", org=cast.other_company)

    rows = sheet_of(cast.client("frank").get(f"{LIST}?q=张&scope=below&export=xlsx").content)

    assert len(rows) == 5


def test_list_that_declares_no_sheet_is_written_as_it_is_shown(cast):
    """Days stay days, numbers numbers; words are those of the cells."""
    review = AssociationReviewFactory(org__parent=cast.company, members=24)
    there = {"org": cast.company.pk, "scope": "below", "export": "xlsx"}

    response = cast.client("frank").get(reverse("organisation:associationreview-list"), there)

    head, told = sheet_of(response.content)[1:3]
    assert head[:3] == ["协会", "评估日期", "成员数"]
    assert (told[0], told[1].date(), told[2]) == (str(review.org), review.on, 24)


# What points to a person and yet writes out nothing of people: why.
OF_NOBODY = {
    "plans.item": "tasks with who is to do them, as the plan itself says",
    "plans.plan": "its list names nobody",
    "training.demand": "its list names nobody",
}


def test_lists_that_name_people_are_written_out_for_a_purpose():
    found = {
        name
        for name, one in registry.items()
        if exports.names_people(one.model) and not one.personal
    }

    check(found, OF_NOBODY, "a list of people that asks for no purpose")
