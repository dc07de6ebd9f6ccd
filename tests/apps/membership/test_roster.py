"""The roster from Excel: judged, written, taken back, and never twice."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from django.db import connection
from openpyxl import load_workbook

from gonghui.apps.membership.actions.people import change_person
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.papers import refused_rows
from gonghui.core.exchange.queries import rows_with
from gonghui.core.history.trail import broken_link, history_of
from gonghui.core.people.models import (
    Membership,
    Person,
    Standing,
)
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PostFactory

from .rosters import (
    HEAD,
    commit,
    counts,
    everything,
    hand_in,
    line,
    number,
    undo,
    verdicts,
)

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21 09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def on_record(cast):
    """安澜, written by an earlier roster."""
    commit(cast, hand_in(cast, line("安澜", 1)))
    return found("安澜")


def found(name: str) -> Person:
    return Person.objects.get(name=name)


def test_new_people_are_written_with_everything_the_roster_says(cast):
    batch = hand_in(cast, line("安澜", 1), line("李勤", 2, 入会日期="", 用工形式="劳务派遣工"))

    assert (batch.stage, counts(batch)) == ("previewed", {"new": 2})
    batch = commit(cast, batch)

    assert (batch.stage, batch.outcome) == ("committed", {"c": 2})
    member, worker = found("安澜"), found("李勤")
    assert (member.org, member.sex, member.birth_date) == (cast.company, "male", date(1990, 1, 5))
    assert (member.department, member.employment, member.pinyin) == ("生产部", "contract", "anlan")
    assert member.identity.number.reveal() == number(serial=1)
    assert (member.identity.mobile.reveal(), member.identity.number_tail) == (
        "13800000001",
        number(serial=1)[-4:],
    )
    assert [(m.standing, m.since) for m in member.memberships.all()] == [
        ("member", date(2015, 7, 1))
    ]
    assert [(m.standing, m.since) for m in worker.memberships.all()] == [("worker", DAY)]
    (entry,) = history_of(member)
    assert (entry.verb, entry.by.name, entry.changes) == (
        "import_row",
        "方兰",
        {"batch": str(batch)},
    )


def test_a_name_spread_out_over_the_column_is_the_same_person(cast, on_record):
    assert counts(hand_in(cast, line("安　澜", 1))) == {"same": 1}

    commit(cast, hand_in(cast, line("李 勤", 2)))

    assert found("李勤").pinyin == "liqin"


def test_a_second_roster_tells_what_is_the_same_and_what_changed(cast, on_record):
    same = line("安澜", 1)
    changed = line("安澜", 1, 部门="质检部", 手机号码="13900000009")

    assert counts(hand_in(cast, same)) == {"same": 1}
    batch = hand_in(cast, changed)

    (shown,) = rows_with(batch, "").lines
    assert shown.finding.changes == {
        "department": ["生产部", "质检部"],
        "mobile": ["已登记", "13900000009"],
    }
    assert counts(batch) == {"changed": 1}


@pytest.mark.parametrize(
    ("rule", "department", "position"),
    [("skip", "生产部", ""), ("fill", "生产部", "车工"), ("overwrite", "质检部", "车工")],
)
def test_the_rule_decides_what_becomes_of_people_on_record(
    cast, on_record, rule, department, position
):
    row = [*line("安澜", 1, 部门="质检部"), "车工"]

    commit(cast, hand_in(cast, row, head=[*HEAD, "岗位"]), rule)

    person = found("安澜")
    assert (person.department, person.position) == (department, position)


def test_the_persons_own_history_tells_what_a_batch_changed_but_nothing_sealed(cast, on_record):
    row = line("安澜", 1, 部门="质检部", 手机号码="13900000009", 用工形式="派遣")
    batch = hand_in(cast, row)

    commit(cast, batch, "overwrite")

    entry = history_of(on_record)[0]
    assert entry.changes == {
        "batch": str(batch),
        "department": ["生产部", "质检部"],
        "employment": ["合同制", "劳务派遣"],
        "mobile": ["已登记", "已更换"],
    }
    assert broken_link(on_record) is None
    assert found("安澜").identity.mobile.reveal() == "13900000009"


def test_the_same_number_twice_stops_both_rows(cast):
    batch = hand_in(cast, line("安澜", 1), line("李勤", 2), line("安兰", 1))

    assert verdicts(batch) == [
        (2, "w", ["证件号码与第 4 行相同，两行都没有采用。"]),
        (3, "n", []),
        (4, "w", ["证件号码与第 2 行相同，两行都没有采用。"]),
    ]
    assert commit(cast, batch).outcome == {"w": 2, "c": 1}


def test_same_name_and_birthday_is_asked_and_decided(cast, on_record):
    twin = line("安澜", 3)
    batch = hand_in(cast, twin, line("安澜", 1, 身份证号="", 手机号码=""))
    asked = [one.finding.candidates for one in rows_with(batch, "d").lines]

    assert counts(batch) == {"doubtful": 2}
    assert asked == [[on_record.pk], [on_record.pk]]
    assert commit(cast, batch).outcome == {"w": 2}
    assert Person.objects.filter(name="安澜").count() == 1


def test_another_person_is_written_and_the_same_person_is_changed(cast, on_record):
    batch = hand_in(cast, line("安澜", 3), [*line("安澜", 1, 身份证号="")[:3], "质检部", "", ""])

    actions.decide(batch, 2, "other", by=cast.actor("frank"))
    actions.decide(batch, 3, "same", by=cast.actor("frank"))
    batch = commit(cast, batch, "overwrite")

    assert batch.outcome == {"c": 1, "u": 1}
    on_record.refresh_from_db()
    assert on_record.department == "质检部"
    assert Person.objects.filter(name="安澜").count() == 2


def test_one_answer_may_settle_all_that_are_asked(cast, on_record):
    batch = hand_in(cast, line("安澜", 3), line("安澜", 5))

    assert actions.decide_all(batch, "other", by=cast.actor("frank")) == (2, 0)
    assert commit(cast, batch).outcome == {"c": 2}


def test_same_number_other_name_is_asked_and_cannot_be_another_person(cast, on_record):
    batch = hand_in(cast, line("安兰", 1))
    ((_, verdict, reasons),) = verdicts(batch)

    assert (verdict, reasons[0][:12]) == ("d", "证件号码相同，姓名不同：")
    actions.decide(batch, 2, "other", by=cast.actor("frank"))
    assert commit(cast, batch).outcome == {"l": 1}
    again = hand_in(cast, line("安兰", 1))
    actions.decide(again, 2, "same", by=cast.actor("frank"))
    assert commit(cast, again, "overwrite").outcome == {"u": 1}
    assert found("安兰").pinyin == "anlan"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"姓名": ""}, "没有填姓名。"),
        ({"身份证号": 11010519900105123}, "证件号码Excel 已把号码改成数字，末几位丢失。"),
        ({"身份证号": "110105199001050011"}, "身份证号的最后一位（校验码）不对"),
        ({"手机号码": "12345"}, "手机号应为 11 位数字"),
        ({"入会日期": "2015.07"}, "入会日期「2015.07」只有年月，没有日。"),
        ({"入会日期": "2027-01-01"}, "入会日期 2027-01-01 还没有到"),
        ({"用工形式": "不清楚"}, "用工形式「不清楚」不在可选的内容里。"),
    ],
)
def test_what_cannot_be_right_is_told_and_not_written(cast, more, said):
    batch = hand_in(cast, line("安澜", 1, **more), line("李勤", 2))

    (_, verdict, reasons), (_, other, _) = verdicts(batch)
    assert (verdict, other) == ("w", "n")
    assert any(reason.startswith(said) for reason in reasons), reasons
    assert commit(cast, batch).outcome == {"w": 1, "c": 1}


@pytest.mark.parametrize(
    "said",
    [
        "2015-7-1",
        "2015/07/01",
        "2015.7.1",
        "2015年7月1日",
        "20150701",
        20150701,
        42186,
        date(2015, 7, 1),
        "２０１５－０７－０１",
    ],
)
def test_a_day_is_understood_in_every_spelling(cast, said):
    commit(cast, hand_in(cast, line("安澜", 1, 入会日期=said)))

    assert found("安澜").joined_on == date(2015, 7, 1)


def test_a_month_is_no_birthday_and_is_told(cast):
    batch = hand_in(cast, ["安澜", "1990.05"], head=["姓名", "出生年月"])

    (shown,) = rows_with(batch, "").lines
    assert shown.row.remarks == [
        "出生日期「1990.05」只有年月，没有日。请写全年月日，或留空。这一项没有写入。"
    ]
    commit(cast, batch)
    assert found("安澜").birth_date is None


def test_titles_sums_notes_and_unknown_columns_are_told(cast):
    rows = [
        ["安澜机械公司职工花名册"],
        ["填报单位：安澜机械公司", "", "2026 年"],
        ["序号", "职工姓名", "公民身份号码", "血型"],
        [1, "安 澜", number(serial=1), "A"],
        [2, "李勤", number(serial=3), "B"],
        ["合计", "2 人"],
        ["填表说明：本表由工会办公室填写，联系电话 13800000000。"],
    ]
    batch = hand_in(cast, *rows[1:], head=rows[0])

    assert (batch.head["last_line"], batch.head["fields"]) == (3, ["", "name", "number", ""])
    assert batch.told["notes"] == [
        [6, "合计 2 人"],
        [7, "填表说明：本表由工会办公室填写，联系电话 …。"],
    ]
    assert counts(batch) == {"new": 2}


def test_a_list_without_a_name_column_asks_which_it_is(cast):
    batch = hand_in(cast, ["安澜", number(serial=1)], head=["谁", "身份证号"])

    assert (batch.stage, batch.told["missing"]) == ("asking", ["姓名"])
    with pytest.raises(DomainError, match="还没有指定哪一列是姓名"):
        actions.assign_columns(
            batch, sheet=0, last_line=1, fields=["", "number"], by=cast.actor("frank")
        )
    batch = actions.assign_columns(
        batch, sheet=0, last_line=1, fields=["name", "number"], by=cast.actor("frank")
    )
    assert (batch.stage, counts(batch)) == ("previewed", {"new": 1})


def test_people_are_recognised_by_the_key_that_was_chosen(cast, on_record):
    batch = hand_in(cast, ["安澜", "1990-01-05", "质检部"], head=["姓名", "生日", "部门"])
    assert counts(batch) == {"doubtful": 1}

    batch = actions.match_by(batch, "birth", by=cast.actor("frank"))

    assert counts(batch) == {"changed": 1}


def test_a_body_below_is_found_by_its_name_and_another_is_not(cast):
    head = ["姓名", "所在分会"]
    batch = hand_in(cast, ["安澜", cast.branch.name], ["李勤", cast.other_company.name], head=head)

    assert [verdict for _, verdict, _ in verdicts(batch)] == ["n", "w"]
    commit(cast, batch)
    assert found("安澜").org == cast.branch


def test_a_person_of_another_union_is_not_shown_and_not_taken(cast):
    commit(cast, hand_in(cast, line("安澜", 1), by="dave", org=cast.other_city), by="dave")

    ((_, verdict, reasons),) = verdicts(hand_in(cast, line("安澜", 1)))

    assert (verdict, reasons) == (
        "w", ["这个人在别的工会登记，不归您管理。请办理会籍转接，不要重新登记。"]
    )  # fmt: skip


def test_who_changed_between_preview_and_commit_is_left(cast):
    first, second = hand_in(cast, line("安澜", 1)), hand_in(cast, line("安澜", 1, 部门="质检部"))

    commit(cast, first)
    second = commit(cast, second)

    assert second.outcome == {"l": 1}
    assert found("安澜").department == "生产部"
    (shown,) = rows_with(second, "l", of="outcomes").lines
    assert shown.left == "核对之后，库里的这一条又有变化，这一行没有写入。请再核对一次。"


def test_undo_takes_new_people_away_and_gives_changed_ones_back(cast, on_record):
    batch = commit(
        cast, hand_in(cast, line("安澜", 1, 部门="质检部"), line("李勤", 3)), "overwrite"
    )

    batch = undo(cast, batch)

    assert (batch.stage, batch.outcome) == ("undone", {"x": 2})
    assert found("安澜").department == "生产部"
    assert not Person.objects.filter(name="李勤").exists()


def test_undo_leaves_whoever_was_touched_since_and_says_so(cast):
    batch = commit(cast, hand_in(cast, line("安澜", 1), line("李勤", 3), line("王强", 5)))
    change_person(found("安澜"), by=cast.actor("frank"), department="质检部")
    PostFactory(person=found("李勤"))

    batch = undo(cast, batch)

    assert batch.outcome == {"t": 2, "x": 1}
    told = [
        (one.row.values["name"], one.left) for one in rows_with(batch, "t", of="outcomes").lines
    ]
    assert told == [
        ("安澜", "导入以后又有人改过这个人的记录，保留不动。"),
        ("李勤", "导入以后这个人已经有了别的记录（任职），保留不动。"),
    ]
    assert sorted(
        Person.objects.filter(name__in=["安澜", "李勤", "王强"]).values_list("name", flat=True)
    ) == ["安澜", "李勤"]


def test_a_worker_who_turns_out_a_member_has_been_one_since(cast):
    commit(cast, hand_in(cast, line("安澜", 1, 入会日期="")))
    batch = commit(cast, hand_in(cast, line("安澜", 1)))

    spans = Membership.objects.filter(person=found("安澜")).values_list("standing", "since")
    assert (batch.outcome, list(spans)) == ({"u": 1}, [(Standing.MEMBER, date(2015, 7, 1))])
    undo(cast, batch)
    assert list(spans.all()) == [(Standing.WORKER, DAY)]


def test_who_left_leaves_their_posts_and_gets_them_back(cast, on_record):
    PostFactory(person=on_record, since=date(2020, 1, 1))
    row = [*line("安澜", 1), "2026-10-01"]

    batch = commit(cast, hand_in(cast, row, head=[*HEAD, "离职日期"]))

    on_record.refresh_from_db()
    assert (batch.outcome, on_record.left_on) == ({"u": 1}, date(2026, 10, 1))
    assert on_record.posts.get().until == date(2026, 10, 1)
    undo(cast, batch)
    on_record.refresh_from_db()
    assert (on_record.left_on, on_record.posts.get().until) == (None, None)


def test_refused_rows_come_as_a_file_that_can_be_corrected(cast):
    batch = hand_in(cast, line("安澜", 1), line("李勤", 3, 手机号码="12345"), [*line("王强", 5)])
    data = refused_rows(batch)

    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))

    assert rows[2] == ("没有采用的原因", *HEAD)
    assert rows[3][0].startswith("手机号应为 11 位数字")
    assert rows[3][1:4] == ("李勤", number(serial=3), "12345")
    book = load_workbook(io.BytesIO(data))
    book.active["D4"] = "13800000003"
    corrected = io.BytesIO()
    book.save(corrected)
    again = actions.hand_in(
        kinds["roster"], cast.company, corrected, name="更正.xlsx", by=cast.actor("frank")
    )
    assert (again.corrects, counts(again)) == (batch, {"new": 1})


def test_nobody_hands_in_for_a_body_they_do_not_keep(cast):
    with pytest.raises(DomainError, match="您不能在"):
        hand_in(cast, line("安澜", 1), by="alice", org=cast.company)


def test_nothing_of_a_roster_lies_open_in_the_database(cast):
    batch = hand_in(cast, line("安澜", 1))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM exchange_batch")
        cursor2 = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM exchange_chunk")
        rows = repr(cursor.fetchall())
    with batch.file.open("rb") as file:
        stored = file.read()
    assert number(serial=1) not in cursor2 + rows
    assert "安澜" not in rows
    assert b"xl/workbook" not in stored


def test_an_import_taken_back_leaves_the_database_as_it_was(cast, on_record):
    before = everything()
    batch = hand_in(
        cast, line("安澜", 1, 部门="质检部", 手机号码="13700000000"), line("李勤", 3),
        line("王强", 5, 入会日期=""),
    )  # fmt: skip

    undo(cast, commit(cast, batch, "overwrite"))

    assert everything() == before
