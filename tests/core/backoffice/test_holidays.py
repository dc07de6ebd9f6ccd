"""The holiday calendar through its screens: years shown, a notice read, shown and entered."""

from __future__ import annotations

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.core.regulations.models import CalendarYear, Holiday

LIST, ENTER = reverse("backoffice:holidays"), reverse("backoffice:holidays-enter")
TEXT = "2027-01-01,放假,元旦\n2027-02-20,上班,春节\n"
SAID = {"year": 2027, "document": "放假通知", "number": "国办发明电〔2026〕1号"}


@time_machine.travel("2026-11-21 01:00:00+00:00", tick=False)
def test_years_are_shown_and_the_missing_one_is_named(cast):
    html = cast.client("frank").get(LIST).content.decode()

    assert "国办发明电〔2025〕7号" in html
    assert "待核实" in html
    assert "2027 年的放假安排还没有录入" in html
    assert "2026 年的放假安排还没有录入" not in html
    assert ENTER not in html


def test_notice_is_shown_first_and_entered_when_told_to(cast):
    erin = cast.client("erin")

    shown = erin.post(ENTER, SAID | {"text": TEXT})
    assert shown.status_code == 200
    assert "2027-02-20 春节" in " ".join(shown.content.decode().split())
    assert not CalendarYear.objects.filter(year=2027).exists()

    entered = erin.post(ENTER, SAID | {"text": shown.context["text"], "enter": "1"})

    assert (entered.status_code, entered.url) == (302, LIST)
    assert Holiday.objects.filter(year__year=2027, is_workday=True).count() == 1


def test_wrong_line_is_shown_and_nothing_is_entered(cast):
    response = cast.client("erin").post(
        ENTER, SAID | {"text": TEXT + "2027-02-30,放假", "enter": "1"}
    )

    assert response.status_code == 422
    assert "没有读懂日期" in response.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_file_is_read_in_either_encoding(cast):
    for encoding in ("utf-8-sig", "gb18030"):
        file = SimpleUploadedFile("2027.csv", TEXT.encode(encoding))

        response = cast.client("erin").post(ENTER, SAID | {"file": file})

        assert [line.name for line in response.context["lines"]] == ["元旦", "春节"]


def test_file_that_is_no_text_or_nothing_at_all_is_refused(cast):
    erin = cast.client("erin")
    sheet = SimpleUploadedFile("2027.xlsx", b"PK\x03\x04\xff\xff\xff")

    assert "另存为 CSV" in erin.post(ENTER, SAID | {"file": sheet}).content.decode()
    assert "请选择文件" in erin.post(ENTER, SAID).content.decode()
    large = SimpleUploadedFile("2027.csv", b"2" * 200_001)
    assert "文件太大" in erin.post(ENTER, SAID | {"file": large}).content.decode()


def test_calendar_is_entered_by_who_sets_standards_for_all(cast):
    assert cast.client("carol").get(ENTER).status_code == 404
    assert cast.client("erin").get(ENTER).status_code == 200
    assert cast.client("alice").get(LIST).status_code == 404
