"""A list of honours: whose each row is, what stands already, refused in words, taken back whole."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.base import ContentFile

from gonghui.apps.honours.actions import HonourClerk
from gonghui.apps.honours.models import Honour
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import Order, Row, kinds
from gonghui.core.exchange.models import Rule
from gonghui.core.exchange.queries import rows_with
from gonghui.core.files.store import attach_all
from gonghui.core.history.trail import history_of
from tests.core.sheets.sheet_files import xlsx
from tests.factories.exchange import BatchFactory
from tests.factories.honours import HonourFactory
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db

MEDAL = {
    "title": "全国五一劳动奖章",
    "sort": "medal",
    "level": "national",
    "granted_by": "中华全国总工会",
    "granted_on": "2025-04-28",
}
HEAD = ["姓名", "单位", "荣誉称号", "类别", "级别", "授予单位", "授予时间", "文号"]


@pytest.fixture
def clerk(cast) -> HonourClerk:
    return HonourClerk(BatchFactory(org=cast.branch, kind="honours"), cast.actor("frank"))


def row(line: int, name: str, **more: str) -> Row:
    return Row(line, {"name": name} | MEDAL | more, [], [])


def test_rows_are_held_against_the_roster_and_the_register(cast, clerk):
    HonourFactory(person=cast.bob, org=cast.branch, **MEDAL, document="总工发〔2025〕1号")
    twins = [PersonFactory(org=cast.branch, name="周敏") for _ in range(2)]
    rows = [
        row(2, "艾丽"), row(3, "鲍博"), row(4, "鲍博", granted_by="省总工会"), row(5, "周敏"),
        row(6, "方兰"), row(7, "艾丽"), row(8, "鲍博", granted_on="2020-04-28"),
    ]  # fmt: skip

    found = clerk.judge(rows)

    assert "".join(one.verdict for one in found) == "nswdwwn"
    assert found[2].reasons == [
        "已登记为授予机关「中华全国总工会」，和表里不同；哪个对请在荣誉里改。"
    ]
    assert found[3].candidates == [one.pk for one in twins]
    assert "没有「方兰」" in found[4].reasons[0], "the company's people are not the branch's"
    assert "写了两次" in found[5].reasons[0]
    rows[3].decision = f"same:{twins[1].pk}"
    assert [one.verdict for one in clerk.judge(rows[3:4])] == ["n"]
    assert clerk.meant[5] == twins[1]


def test_an_honour_that_was_revoked_is_not_entered_again(cast, clerk):
    HonourFactory(
        person=cast.alice, org=cast.branch, **MEDAL,
        revoked_on=date(2026, 1, 5), revoked_for="弄虚作假",
    )  # fmt: skip

    (found,) = clerk.judge([row(2, "艾丽")])

    assert (found.verdict, found.reasons) == (
        "w",
        ["这项荣誉已经登记过，并于 2026-01-05 撤销，请核对。"],
    )


@pytest.mark.parametrize(
    ("title", "sort"),
    [
        ("安澜市劳动模范", "model_worker"),
        ("全国先进工作者", "advanced"),
        ("省五一劳动奖章", "medal"),
    ],
)
def test_a_sort_left_out_is_read_from_the_name(clerk, title, sort):
    said = row(2, "艾丽", title=title, sort="")

    clerk.prepare(said)

    assert (said.values["sort"], said.problems) == (sort, [])


def test_a_row_that_cannot_be_is_refused_in_words(clerk):
    vague = row(2, "艾丽", title="安澜工匠", sort="")
    both = row(3, "艾丽", title="劳动模范和先进工作者", sort="")
    early = row(4, "艾丽", granted_on="2999-01-01")

    for one in (vague, both, early):
        clerk.prepare(one)

    assert vague.problems == both.problems == ["从荣誉名称看不出类别，请填类别。"]
    assert early.problems == ["授予日期还没有到。"]


def test_what_was_touched_since_is_left_when_a_list_is_taken_back(cast, clerk):
    rows = [row(2, "艾丽"), row(3, "鲍博"), row(4, "艾丽", granted_on="2020-04-28")]
    clerk.judge(rows)
    written = clerk.write([Order(one, None, {}) for one in rows])
    kept, papered, free = (Honour.objects.get(pk=pk) for pk, _ in written)

    Honour.objects.filter(pk=kept.pk).update(document="总工发〔2025〕1号")
    attach_all(papered, [ContentFile(b"%PDF-1.4\n%%EOF\n", "证书.pdf")], by=cast.actor("frank"))

    changed = "导入以后又改过，保留不动。"
    assert clerk.take_back(written) == [changed, changed, ""]
    assert clerk.take_back(written[2:]) == ["导入以后已经删去。"]
    assert set(Honour.objects.all()) == {kept, papered}
    assert [one.verb for one in history_of(free)] == ["delete", "create"]


def test_a_list_from_excel_is_looked_at_committed_and_undone(cast):
    rows = [
        ["艾丽", "一分会", "全国劳动模范", "", "国家级", "中共中央、国务院", "2020年11月24日", ""],
        ["何人", "", "全国劳动模范", "劳动模范", "国家级", "国务院", "2020-11-24", ""],
        ["艾丽", "", "市劳动模范", "劳动模范", "宇宙级", "市政府", "2020-11-24", ""],
        ["艾丽", "", "市劳动模范", "劳动模范", "市级", "市政府", "2020年", ""],
        ["艾丽", "", "", "劳动模范", "市级", "市政府", "2020-04-30", ""],
    ]
    file, frank = io.BytesIO(xlsx(("荣誉", [HEAD, *rows]))), cast.actor("frank")
    batch = actions.hand_in(kinds["honours"], cast.company, file, name="荣誉.xlsx", by=frank)
    batch.refresh_from_db()

    lines = rows_with(batch, "").lines
    assert "".join(one.finding.verdict for one in lines) == "nwwww"
    assert all(one.finding.reasons or one.row.problems for one in lines[1:])
    actions.commit(batch, Rule.OVERWRITE, by=frank)

    honour = Honour.objects.get()
    assert (honour.person, honour.org, honour.sort) == (cast.alice, cast.branch, "model_worker")
    assert honour.granted_on == date(2020, 11, 24)
    batch.refresh_from_db()
    actions.undo(batch, by=frank)
    assert not Honour.objects.exists()


def test_a_list_that_changes_nothing_speaks_of_no_changes(cast):
    file, frank = io.BytesIO(xlsx(("荣誉", [HEAD, ["艾丽"]]))), cast.actor("frank")
    batch = actions.hand_in(kinds["honours"], cast.company, file, name="荣誉.xlsx", by=frank)

    page = cast.client("frank").get(f"/exchange/batch/{batch.pk}/").content.decode()

    assert "没有变化" in page
    assert "有变化" not in page.replace("没有变化", "")
    assert re.search(r'href="/honours/honour/"[^>]*>(<svg.*?</svg>)?荣誉', page, re.DOTALL)


def test_only_who_keeps_honours_may_hand_in_a_list(cast):
    page = "/exchange/honours/"

    assert cast.client("alice").get(page).status_code == 404
    assert cast.client("frank").get(page).status_code == 200
    listed = cast.client("frank").get("/honours/honour/").content.decode()
    assert f'href="{page}"' in listed
