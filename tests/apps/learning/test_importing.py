"""Lists of days of hire and of leaves: whom a row means, what stands already, taken back whole."""

from __future__ import annotations

import io
from datetime import date

import pytest

from gonghui.apps.learning.actions.importing import HireClerk, LeaveClerk
from gonghui.apps.learning.models import Hire, Leave
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import Order, Row, kinds
from gonghui.core.exchange.models import Rule, Verdict
from gonghui.core.exchange.queries import rows_with
from tests.core.sheets.sheet_files import xlsx
from tests.factories.exchange import BatchFactory
from tests.factories.learning import HireFactory, LeaveFactory
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hires(cast) -> HireClerk:
    return HireClerk(BatchFactory(org=cast.branch, kind="hires"), cast.actor("bob"))


@pytest.fixture
def leaves(cast) -> LeaveClerk:
    return LeaveClerk(BatchFactory(org=cast.branch, kind="leaves"), cast.actor("bob"))


def hired(line: int, name: str, on: str = "2020-09-01", **more) -> Row:
    return Row(line, {"name": name, "on": on} | more, [], [])


def away(line: int, name: str, since: str, until: str) -> Row:
    return Row(line, {"name": name, "kind": "sick", "since": since, "until": until}, [], [])


def test_days_of_hire_are_held_against_the_roster(cast, hires):
    HireFactory(person=cast.bob, on=date(2019, 9, 1))
    twins = [PersonFactory(org=cast.branch, name="周敏") for _ in range(2)]
    rows = [
        hired(2, "艾丽"), hired(3, "鲍博"), hired(4, "鲍博", "2019-09-01"), hired(5, "周敏"),
        hired(6, "方兰"), hired(7, "马洛"), hired(8, "艾丽", "2021-01-01"),
    ]  # fmt: skip

    found = hires.judge(rows)

    assert "".join(one.verdict for one in found) == "nwsdwww"
    assert "已登记为 2019-09-01" in found[1].reasons[0]
    assert found[3].candidates == [one.pk for one in twins]
    assert "没有「方兰」" in found[4].reasons[0], "the company's people are not the branch's"
    assert "写了两次" in found[6].reasons[0]
    rows[3].decision = f"same:{twins[1].pk}"
    assert [one.verdict for one in hires.judge(rows[3:4])] == [Verdict.NEW]


def test_a_day_of_hire_to_come_is_refused(hires):
    row = hired(2, "艾丽", "2999-01-01")

    hires.prepare(row)

    assert row.problems == ["入职日期还没有到。"]


def test_leaves_are_written_once_and_taken_back_where_nobody_changed_them(cast, leaves):
    LeaveFactory(person=cast.bob, kind="sick", since=date(2026, 3, 2), until=date(2026, 3, 6))
    rows = [
        away(2, "艾丽", "2026-03-02", "2026-03-06"), away(3, "艾丽", "2026-05-06", "2026-05-08"),
        away(4, "鲍博", "2026-03-02", "2026-03-06"), away(5, "鲍博", "2026-03-02", "2026-03-09"),
        away(6, "艾丽", "2026-03-02", "2026-03-07"),
    ]  # fmt: skip

    found = leaves.judge(rows)
    written = leaves.write([Order(one, None, {}) for one in rows[:2]])
    backwards = away(7, "艾丽", "2026-03-06", "2026-03-02")
    leaves.prepare(backwards)

    assert "".join(one.verdict for one in found) == "nnsww"
    assert backwards.problems == ["结束日期不能早于开始日期。"]
    mine = Leave.objects.filter(person=cast.alice).order_by("since")
    assert {one.noted_by for one in mine} == {cast.bob}
    mine.filter(since=date(2026, 5, 6)).update(until=date(2026, 5, 9))
    assert leaves.take_back(written) == ["", "导入以后又改过，保留不动。"]
    assert leaves.take_back(written[:1]) == ["导入以后已经删去。"]
    assert [one.until for one in mine.all()] == [date(2026, 5, 9)]


def test_a_list_from_excel_is_looked_at_committed_and_undone(cast):
    head = ["姓名", "单位", "参加工作时间", "备注"]
    rows = [["艾丽", "一分会", "2020年9月1日", "劳动合同"], ["何人", "", "2020-09-01", ""]]
    file, frank = io.BytesIO(xlsx(("入职", [head, *rows]))), cast.actor("frank")
    batch = actions.hand_in(kinds["hires"], cast.company, file, name="入职.xlsx", by=frank)
    batch.refresh_from_db()

    lines = rows_with(batch, "").lines
    assert "".join(one.finding.verdict for one in lines) == "nw"
    actions.commit(batch, Rule.OVERWRITE, by=frank)

    hire = Hire.objects.get()
    assert (hire.person, hire.on, hire.evidence) == (cast.alice, date(2020, 9, 1), "劳动合同")
    assert cast.client("alice").get("/exchange/hires/").status_code == 404
    batch.refresh_from_db()
    actions.undo(batch, by=frank)
    assert not Hire.objects.exists()
