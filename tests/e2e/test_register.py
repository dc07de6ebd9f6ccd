"""People come onto the register: by a roster with mistakes in it, by applying, by a handover."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gonghui.core.access.models import Role
from gonghui.core.exchange.models import Batch, Stage
from gonghui.core.people.ledger import current, open_books
from gonghui.core.people.models import Person
from tests.apps.membership.rosters import HEAD, line, roster
from tests.factories.organisation import AccountFactory, GrantFactory, OrgFactory, PersonFactory

from .visitor import Visitor

UNION = "安澜纺织公司工会"


@pytest.fixture
def paper(tmp_path) -> Path:
    """Four people: two are right, one has a mobile too short, one an ID that cannot be."""
    wrong_id = line("孙平", 7, 身份证号="110105199001050078")
    rows = [line("安澜", 1), line("李勤", 3), line("周晓", 5, 手机号码="1380000"), wrong_id]
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(roster(*rows))
    return file


def hand_in(officer: Visitor, file: Path) -> None:
    officer.page.get_by_label("Excel 或 CSV 文件").set_input_files(file)
    officer.press("上传并核对")
    officer.sees("等您核对")


def sure(officer: Visitor, step: str) -> None:
    """Press a button that asks whether one is sure, and say yes."""
    officer.press(step)
    officer.press(step, inside="#confirm-dialog")


def corrected(officer: Visitor, to: Path) -> Path:
    """The file of only the wrong rows, with the two mistakes put right in it."""
    with officer.page.expect_download() as given:
        officer.follow("下载没有采用的行")
    book = load_workbook(io.BytesIO(given.value.path().read_bytes()))
    sheet = book.active
    heads = next(row for row in sheet.iter_rows() if row[1].value == HEAD[0])
    at = {cell.value: cell.column for cell in heads}
    wrong = {row[1].value: row for row in sheet.iter_rows(min_row=heads[0].row + 1)}
    assert set(wrong) == {"周晓", "孙平"}
    assert all(row[0].value for row in wrong.values())
    right = dict(zip(HEAD, line("孙平", 7), strict=True))
    sheet.cell(wrong["周晓"][0].row, at["手机号码"], "13800000005")
    sheet.cell(wrong["孙平"][0].row, at["身份证号"], right["身份证号"])
    book.save(to)
    return to


def test_roster_with_mistakes_is_corrected_written_and_undone(enter, cast, paper, tmp_path):
    before = Person.objects.count()
    officer = enter("frank", to="/membership/person/")
    officer.follow("导入花名册")
    officer.look("hand-in")
    hand_in(officer, paper)
    officer.sees("手机号应为 11 位数字")
    officer.look("preview")
    mended = corrected(officer, tmp_path / "改好的.xlsx")

    officer.press("写入")
    officer.look("sure")
    officer.press("写入", inside="#confirm-dialog")
    officer.sees("已写入")
    officer.look("written")
    assert set(Person.objects.filter(name__in=["安澜", "李勤", "周晓", "孙平"]).values_list(
        "name", flat=True
    )) == {"安澜", "李勤"}  # fmt: skip

    officer.follow("上传改好的")
    officer.look("again")
    hand_in(officer, mended)
    officer.look("preview-again")
    sure(officer, "写入")
    officer.sees("已写入")
    assert Person.objects.count() == before + 4

    sure(officer, "撤销这一批")
    officer.sees("已撤销")
    officer.look("undone")
    officer.open("/membership/person/?scope=below")
    officer.sees("安澜", inside="#rows")
    officer.look("people")
    assert Person.objects.count() == before + 2
    assert list(Batch.objects.order_by("pk").values_list("stage", flat=True)) == [
        Stage.COMMITTED,
        Stage.UNDONE,
    ]


@pytest.fixture
def worker(cast) -> Person:
    """伊凡 works in the branch and has not joined; he has a phone and an account."""
    ivan = Person.objects.create(name="伊凡", org=cast.branch, pinyin="yifan", initials="yf")
    open_books([ivan])
    AccountFactory(username="ivan", person=ivan, mobile=None)
    return ivan


def test_worker_applies_on_the_phone_and_is_approved(enter, worker):
    member = enter("ivan", to="/membership/my/")
    member.sees("未入会")
    member.look("standing")
    member.follow("申请入会")
    member.page.get_by_label("想说的话").fill("我想参加工会的活动。")
    member.page.get_by_label("我自愿加入工会").check()
    member.look("applying")
    member.press("提交申请")
    member.sees("申请已送到工会")
    member.look("applied")

    officer = enter("frank")
    officer.look("desk")
    officer.open("/membership/application/?scope=below")
    officer.look("applications")
    officer.follow("伊凡")
    officer.look("application")
    officer.follow("批准")
    dialog = officer.page.locator("#fetched-dialog")
    dialog.get_by_label("会议或文号").fill("第五届第九次委员会")
    officer.look("approving")
    dialog.get_by_role("button", name="批准").click()
    officer.sees("已批准")
    officer.look("approved")

    member.open("/membership/my/")
    member.sees("在籍会员")
    member.look("member")
    here = current(worker)
    assert here is not None
    assert here.standing == "member"


@pytest.fixture
def helen(cast) -> Person:
    """海伦 chairs another union of the city."""
    union = OrgFactory(name=UNION, parent=cast.city)
    person = PersonFactory(name="海伦", org=union)
    GrantFactory(person=person, role=Role.objects.get(name="工会主席"), org=union)
    AccountFactory(username="helen", person=person, mobile=None)
    return person


def test_membership_goes_from_one_union_to_another(enter, cast, helen):
    member = enter("alice", to="/membership/my/")
    member.look("standing")
    member.follow("转到别的工会")
    member.fill_in("转到哪个工会", UNION)
    member.fill_in("原因", "调动工作")
    member.look("asking")
    member.press("发起转接")
    member.sees("等原工会同意、新工会接收")
    member.look("asked")

    leaving = enter("frank", to="/membership/transfer/?scope=below")
    leaving.look("transfers")
    leaving.follow("艾丽")
    leaving.sees("等一分会办理")
    leaving.follow("同意转出")
    leaving.look("releasing")
    leaving.press("同意转出", inside="#fetched-dialog")
    leaving.sees(f"等{UNION}办理")
    leaving.look("released")

    taking = enter("helen", to="/membership/transfer/?side=in")
    taking.follow("艾丽")
    taking.follow("接收")
    taking.press("接收", inside="#fetched-dialog")
    taking.sees("已接收")
    taking.look("accepted")

    member.open("/membership/my/")
    member.sees(UNION, inside="#standing")
    member.look("moved")
    held = [(str(one.org), one.standing) for one in cast.alice.memberships.filter(until=None)]
    assert held == [(UNION, "member")]
