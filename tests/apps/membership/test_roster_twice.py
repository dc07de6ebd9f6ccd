"""One person in two rows of one roster: stopped, or asked, and never written twice."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from gonghui.core.exchange import actions
from gonghui.core.exchange.queries import rows_with
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from .rosters import HEAD, commit, counts, hand_in, line, verdicts

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21 09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def on_record(cast):
    """安澜, written by an earlier roster."""
    commit(cast, hand_in(cast, line("安澜", 1)))
    return Person.objects.get(name="安澜")


def nameless(department: str) -> list:
    """A row of 安澜 that says the birthday but no number."""
    return ["安澜", "1990-01-05", department]


BORN = ["姓名", "出生日期", "部门"]


def test_two_rows_cannot_both_be_decided_to_be_one_person(cast, on_record):
    frank = cast.actor("frank")
    batch = hand_in(cast, nameless("质检部"), nameless("仓储部"), head=BORN)
    assert counts(batch) == {"doubtful": 2}

    actions.decide(batch, 2, "same", by=frank)
    with pytest.raises(DomainError, match="第 2 行已经判断为同一个"):
        actions.decide(batch, 3, f"same:{on_record.pk}", by=frank)

    assert commit(cast, batch, "overwrite").outcome == {"u": 1, "w": 1}
    on_record.refresh_from_db()
    assert on_record.department == "质检部"


def test_a_decision_can_be_taken_over_by_the_other_row(cast, on_record):
    frank = cast.actor("frank")
    batch = hand_in(cast, nameless("质检部"), nameless("仓储部"), head=BORN)
    actions.decide(batch, 2, "same", by=frank)
    actions.decide(batch, 2, "same", by=frank)  # once more is no second row

    actions.decide(batch, 2, "skip", by=frank)
    actions.decide(batch, 3, "same", by=frank)

    commit(cast, batch, "overwrite")
    on_record.refresh_from_db()
    assert on_record.department == "仓储部"


def test_one_answer_for_all_leaves_two_rows_of_one_person_open(cast, on_record):
    frank = cast.actor("frank")
    other = line("李勤", 3)
    commit(cast, hand_in(cast, other))
    batch = hand_in(
        cast, nameless("质检部"), nameless("仓储部"), ["李勤", "1990-01-05", "工会"], head=BORN
    )

    assert actions.decide_all(batch, "same", by=frank) == (1, 2)

    assert commit(cast, batch, "overwrite").outcome == {"w": 2, "u": 1}
    on_record.refresh_from_db()
    assert on_record.department == "生产部"


def test_whom_one_row_means_for_certain_no_other_row_may_mean(cast, on_record):
    certain = line("安澜", 1, 部门="质检部")
    doubtful = line("安澜", 1, 身份证号="", 手机号码="", 部门="仓储部")
    batch = hand_in(cast, [*doubtful, "1990-01-05"], [*certain, ""], head=[*HEAD, "出生日期"])

    (first, second) = rows_with(batch, "").lines

    assert (first.finding.verdict, first.finding.candidates) == ("d", [])
    assert first.finding.reasons[-1].startswith("第 3 行已经是库里的这一个")
    assert (second.finding.verdict, second.finding.target) == ("c", on_record.pk)
    with pytest.raises(DomainError, match="请选择是其中哪一个"):
        actions.decide(batch, 2, "same", by=cast.actor("frank"))
    assert commit(cast, batch, "overwrite").outcome == {"w": 1, "u": 1}
    on_record.refresh_from_db()
    assert (on_record.department, on_record.birth_date) == ("质检部", date(1990, 1, 5))


def test_another_key_finds_anew_who_comes_twice(cast, on_record):
    frank = cast.actor("frank")
    batch = hand_in(cast, nameless("质检部"), nameless("仓储部"), head=BORN)

    batch = actions.match_by(batch, "birth", by=frank)

    assert verdicts(batch) == [
        (2, "w", ["与第 3 行是同一人，两行都没有采用。"]),
        (3, "w", ["与第 2 行是同一人，两行都没有采用。"]),
    ]
    batch = actions.match_by(batch, "number", by=frank)
    assert counts(batch) == {"doubtful": 2}


def test_the_page_says_which_row_has_the_person_already(cast, on_record):
    client = cast.client("frank")
    batch = hand_in(cast, nameless("质检部"), nameless("仓储部"), head=BORN)
    door = f"/exchange/batch/{batch.pk}/decide/"
    client.post(door, {"line": "2", "decision": f"same:{on_record.pk}"})

    page = client.post(
        door, {"line": "3", "decision": f"same:{on_record.pk}", "back": "rows=d"}, follow=True
    ).content.decode()

    assert "第 2 行已经判断为同一个" in page
    page = client.post(door, {"decision": "same"}, follow=True).content.decode()
    assert "有 1 行不能一起定" in page
