"""The pages of an import, through the browser's door."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gonghui.core.exchange.models import Batch, Stage
from gonghui.core.jobs.models import Job
from gonghui.core.jobs.models import Stage as JobStage
from gonghui.core.people.models import Person
from tests.apps.membership.rosters import hand_in, line, roster
from tests.core.sheets.sheet_files import xlsx

pytestmark = pytest.mark.slow

HAND_IN = "/exchange/roster/"


def choice(cast) -> str:
    return f"{cast.company} #{cast.company.pk}"


def upload(client, cast, data: bytes, name: str = "花名册.xlsx", at: str = HAND_IN):
    return client.post(at, {"org": choice(cast), "file": SimpleUploadedFile(name, data)})


def page(client, batch: Batch, more: str = "") -> str:
    return client.get(f"/exchange/batch/{batch.pk}/{more}").content.decode()


def test_a_roster_goes_from_the_file_to_people_and_back(cast):
    client = cast.client("frank")

    response = upload(client, cast, roster(line("安澜", 1), line("李勤", 3, 手机号码="1")))

    batch = Batch.objects.get()
    assert response.url == f"/exchange/batch/{batch.pk}/"
    shown = page(client, batch)
    assert "手机号应为 11 位数字" in shown
    assert "110105********0" in shown
    assert "按什么认出已经在库里的人" in shown
    client.post(f"/exchange/batch/{batch.pk}/commit/", {"rule": "fill"})
    door = f"/membership/person/{Person.objects.get(name='安澜').pk}/"
    written = page(client, batch)
    assert "没有采用" in written
    assert f'href="{door}"' in written
    client.post(f"/exchange/batch/{batch.pk}/undo/")
    assert not Person.objects.filter(name="安澜").exists()
    assert "已撤销" in page(client, batch)
    assert door not in page(client, batch)


def test_pasted_cells_are_a_roster_too(cast):
    client = cast.client("frank")
    text = "姓名\t部门\n安澜\t生产部\n"

    client.post(HAND_IN, {"org": choice(cast), "text": text})

    assert Batch.objects.get().counts["new"] == 1


def test_what_is_no_sheet_is_refused_beside_the_form(cast):
    client = cast.client("frank")

    response = upload(client, cast, b"%PDF-1.7")

    assert response.status_code == 422
    assert "这是 PDF，不能当表格导入" in response.content.decode()
    assert not Batch.objects.exists()


def test_an_empty_sheet_fails_in_words_and_can_be_given_up(cast):
    client = cast.client("frank")

    upload(client, cast, xlsx(("表", [])))

    batch = Batch.objects.get()
    assert (batch.stage, "这个表格里没有内容" in page(client, batch)) == (Stage.FAILED, True)
    client.post(f"/exchange/batch/{batch.pk}/drop/")
    batch.refresh_from_db()
    assert (batch.stage, bool(batch.file)) == (Stage.DROPPED, False)


def test_the_template_comes_back_without_its_example(cast):
    client = cast.client("frank")
    data = client.get(f"{HAND_IN}template/").content
    book = load_workbook(io.BytesIO(data))
    sheet = book["花名册"]

    assert sheet["A1"].value == "姓名*"
    assert sheet["A2"].value == "例：安澜"
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert any(formula.startswith(("='选项'!", "'选项'!")) for formula in lists)
    sheet["A3"] = "李勤"
    filled = io.BytesIO()
    book.save(filled)
    upload(client, cast, filled.getvalue())
    batch = Batch.objects.get()
    assert (batch.counts["new"], batch.head["fields"].count("")) == (1, 0)
    assert batch.told["notes"][0][1].startswith("例：安澜")


def test_columns_are_assigned_and_rows_decided_by_hand(cast):
    client = cast.client("frank")
    upload(client, cast, xlsx(("表", [["谁", "哪个部门"], ["安澜", "生产部"]])))
    batch = Batch.objects.get()
    assert "有必填的列没有认出来" in page(client, batch)

    client.post(
        f"/exchange/batch/{batch.pk}/assign/",
        {"sheet": "0", "last_line": "1", "field_0": "name", "field_1": "department"},
    )
    client.post(f"/exchange/batch/{batch.pk}/match/", {"key": "card"})
    batch.refresh_from_db()
    assert (batch.stage, batch.match_key, batch.counts["new"]) == (Stage.PREVIEWED, "card", 1)


def test_doubtful_rows_are_asked_and_answered(cast):
    client = cast.client("frank")
    for serial in (1, 3):
        upload(client, cast, roster(line("安澜", serial)))
        batch = Batch.objects.latest("pk")
        if serial == 1:
            client.post(f"/exchange/batch/{batch.pk}/commit/", {"rule": "fill"})
    shown = page(client, batch, "?rows=d")
    assert "就是安澜" in shown
    # The bar over a list's rows is hidden until some are chosen; here it is for all of them.
    assert "都是同一人" in shown
    assert 'class="bulk"' not in shown

    response = client.post(
        f"/exchange/batch/{batch.pk}/decide/", {"line": "2", "decision": "other", "back": "rows=d"}
    )

    assert response.url.endswith("?rows=d")
    assert "不是同一人" in page(client, batch, "?rows=d")
    client.post(f"/exchange/batch/{batch.pk}/decide/", {"decision": "skip"})
    client.post(f"/exchange/batch/{batch.pk}/commit/", {"rule": "fill"})
    assert Person.objects.filter(name="安澜").count() == 2


def test_refused_rows_are_fetched_with_their_reasons(cast):
    client = cast.client("frank")
    batch = hand_in(cast, line("安澜", 1, 手机号码="1"))

    response = client.get(f"/exchange/batch/{batch.pk}/refused/")

    rows = load_workbook(io.BytesIO(response.content)).active
    assert rows["A4"].value.startswith("手机号应为 11 位数字")


def test_a_broken_work_is_taken_up_again(cast):
    client = cast.client("frank")
    batch = hand_in(cast, line("安澜", 1))
    Batch.objects.filter(pk=batch.pk).update(stage=Stage.COMMITTING)
    Job.objects.filter(pk=batch.job_id).update(stage=JobStage.FAILED)
    assert "接着办" in page(client, batch)

    client.post(f"/exchange/batch/{batch.pk}/go-on/")

    batch.refresh_from_db()
    assert (batch.stage, Person.objects.filter(name="安澜").count()) == (Stage.COMMITTED, 1)


@pytest.mark.parametrize("who", ["alice", "dave", "mallory"])
def test_nobody_else_comes_near(cast, who):
    batch = hand_in(cast, line("安澜", 1))
    client = cast.client(who)

    for end in ("", "refused/"):
        assert client.get(f"/exchange/batch/{batch.pk}/{end}").status_code == 404
    for end in ("commit/", "undo/", "drop/", "assign/", "match/", "decide/", "go-on/"):
        assert client.post(f"/exchange/batch/{batch.pk}/{end}").status_code == 404


def test_who_may_not_write_people_finds_no_door(cast):
    client = cast.client("alice")

    assert client.get(HAND_IN).status_code == 404
    assert client.get(f"{HAND_IN}template/").status_code == 404
    assert client.get("/exchange/nothing/").status_code == 404
    assert "导入花名册" in cast.client("frank").get("/membership/person/").content.decode()
