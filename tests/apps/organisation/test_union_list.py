"""The list of unions from Excel: judged, planted level by level, changed, and taken back."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine

from gonghui.apps.organisation.actions.bodies import rename_org
from gonghui.apps.organisation.actions.records import keep_headcount, keep_record
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.models import Batch
from gonghui.core.exchange.papers import template
from gonghui.core.exchange.queries import rows_with
from gonghui.core.history.trail import broken_link, history_of
from gonghui.core.orgs.models import Headcount, Org, OrgVersion, UnionRecord
from gonghui.core.orgs.tree import wrong_paths
from gonghui.core.search.models import SearchCard
from gonghui.kit.errors import DomainError
from gonghui.kit.identity import code_check
from tests.core.sheets.sheet_files import xlsx
from tests.factories.organisation import OrgFactory, PersonFactory

pytestmark = pytest.mark.slow

HEAD = ["工会名称", "工会类型", "上级工会", "工会代码", "职工数", "其中女职工", "建会日期"]
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-21 09:00:00+08:00", tick=False):
        yield


def code(serial: int, begins: str = "81") -> str:
    first = f"{begins}119999{serial:08}X"
    return first + code_check(first)


def row(name: str, **more) -> list:
    values = dict.fromkeys(HEAD, "") | {"工会名称": name} | more
    return [values[head] for head in HEAD]


def hand_in(cast, *rows, head=HEAD, by="carol", org=None) -> Batch:
    data = xlsx(("工会", [head, *rows]))
    return actions.hand_in(
        kinds["unions"], org or cast.city, io.BytesIO(data), name="工会.xlsx", by=cast.actor(by)
    )


def commit(cast, batch: Batch, rule: str = "overwrite", by: str = "carol") -> Batch:
    return actions.commit(batch, rule, by=cast.actor(by))


def undo(cast, batch: Batch) -> Batch:
    return actions.undo(batch, by=cast.actor("carol"))


def told(batch: Batch) -> list[tuple[str, list[str]]]:
    return [(one.finding.verdict, one.finding.reasons) for one in rows_with(batch, "").lines]


def everything() -> dict:
    found = {}
    for model in (Org, UnionRecord, Headcount, OrgVersion, SearchCard):
        rows = model.objects.values()
        if model in (OrgVersion, SearchCard):
            rows = [{k: v for k, v in one.items() if k != "id"} for one in rows]
        found[model.__name__] = sorted(rows, key=str)
    return found


def test_new_unions_are_planted_with_their_record_and_headcount(cast):
    batch = hand_in(
        cast,
        row("滨河分会", 工会类型="分会", 上级工会="安澜滨河公司工会"),
        row(
            "安澜滨河公司工会", 工会代码=code(7), 职工数="120", 其中女职工="41", 建会日期="2019.5.1"
        ),
    )
    assert told(batch) == [("n", []), ("n", [])]

    batch = commit(cast, batch)

    assert (batch.stage, batch.outcome) == ("committed", {"c": 2})
    union, branch = Org.objects.get(name="安澜滨河公司工会"), Org.objects.get(name="滨河分会")
    assert (union.parent, union.kind, union.since) == (cast.city, "grassroots", date(2019, 5, 1))
    assert (branch.parent, branch.kind, branch.pinyin) == (union, "branch", "binhefenhui")
    assert wrong_paths() == []
    assert union.record.code == code(7)
    assert union.headcounts.values_list("day", "workers", "women").get() == (TODAY, 120, 41)
    assert union.versions.get().since == date(2019, 5, 1)
    assert [(e.verb, e.by) for e in history_of(union)] == [("import_row", cast.carol)]
    assert SearchCard.objects.filter(kind="orgs.org", object_id=branch.pk).exists()


def test_a_union_on_record_is_known_by_its_code_and_changed_field_by_field(cast):
    keep_record(cast.company, by=cast.actor("carol"), code=code(3), employer="安澜机械厂")
    keep_headcount(cast.company, day=date(2026, 1, 1), workers=90, by=cast.actor("carol"))
    given = row("安澜机械有限公司工会", 工会代码=code(3), 职工数="95")
    batch = hand_in(
        cast, [*given, "安澜机械有限公司", "国有企业"], head=[*HEAD, "单位名称", "经济类型"]
    )
    (shown,) = rows_with(batch, "").lines

    assert shown.finding.changes == {
        "name": [cast.company.name, "安澜机械有限公司工会"],
        "employer": ["安澜机械厂", "安澜机械有限公司"],
        "economy": ["", "state"],
        "workers": ["职工 90", "职工 95"],
    }
    commit(cast, batch)

    union = Org.objects.get(pk=cast.company.pk)
    assert (union.name, union.initials[:4]) == ("安澜机械有限公司工会", "aljx")
    assert union.record.employer == "安澜机械有限公司"
    assert [(c.day, c.workers) for c in union.headcounts.all()] == [
        (TODAY, 95),
        (date(2026, 1, 1), 90),
    ]
    entry = history_of(union)[0]
    assert (entry.verb, entry.changes["economy"]) == ("import_row", ["", "国有"])
    page = cast.client("carol").get(f"/organisation/org/{union.pk}/").content.decode()
    assert ("单位名称" in page, "经济类型" in page, "employer" in page) == (True, True, False)
    assert broken_link(union) is None
    assert told(hand_in(cast, given)) == [("s", [])]


def test_a_union_of_the_same_name_is_asked_about_or_settled_by_the_key(cast):
    batch = hand_in(cast, row(cast.company.name, 工会代码=code(3)))
    assert [one.finding.candidates for one in rows_with(batch, "d").lines] == [[cast.company.pk]]

    batch = actions.match_by(batch, "name", by=cast.actor("carol"))
    assert batch.counts["changed"] == 1
    commit(cast, batch)

    assert UnionRecord.objects.get(org=cast.company).code == code(3)


def test_a_union_of_the_same_name_below_the_same_parent_is_the_same(cast):
    given = row("一分会", 工会类型="分会", 上级工会=cast.company.name)

    assert told(hand_in(cast, given)) == [("s", [])]
    keep_record(cast.company, by=cast.actor("carol"), code=code(3))
    other = row(cast.company.name, 上级工会=cast.city.name, 工会代码=code(4))
    ((verdict, _),) = told(hand_in(cast, other))
    assert verdict == "d"  # its code says that it may be another


def test_two_rows_cannot_be_the_same_union(cast):
    carol = cast.actor("carol")
    batch = hand_in(
        cast,
        row(cast.company.name, 职工数="1"),
        row(cast.company.name, 职工数="2"),
    )
    actions.decide(batch, 2, "same", by=carol)

    with pytest.raises(DomainError, match="第 2 行已经判断为同一个"):
        actions.decide(batch, 3, "same", by=carol)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"工会代码": code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1")}, "校验码"),
        ({"工会代码": code(1, "91")}, "以 81 开头"),
        ({"工会代码": code(1, "89")}, "请填工会类型"),
        ({"工会类型": "产业工会", "工会代码": code(1)}, "以 89 开头"),
        ({"上级工会": "没有的工会"}, "没有找到上级工会"),
        ({"工会类型": "分会"}, "不能设在"),
        ({"工会类型": "协会"}, "不在可选的内容里"),
        ({"职工数": "10", "其中女职工": "11"}, "大于职工数"),
        ({"其中女职工": "11"}, "没有填职工数"),
        ({"建会日期": "2027-01-01"}, "还没有到"),
    ],
)
def test_what_cannot_be_right_is_told_and_not_written(cast, more, said):
    before = everything()
    batch = hand_in(cast, row("某某工会", **more), row("好工会"))

    (wrong, fine) = told(batch)
    assert (wrong[0], fine[0]) == ("w", "n")
    assert said in wrong[1][0]
    commit(cast, batch)
    assert Org.objects.filter(name="某某工会").count() == 0
    undo(cast, batch)
    assert everything() == before


def test_two_that_stand_below_each_other_stand_nowhere(cast):
    batch = hand_in(cast, row("甲工会", 上级工会="乙工会"), row("乙工会", 上级工会="甲工会"))

    assert [verdict for verdict, _ in told(batch)] == ["w", "w"]


def test_what_stands_below_a_row_that_is_left_out_is_left_too(cast):
    batch = hand_in(
        cast,
        row(cast.company.name),
        row("新车间工会", 工会类型="车间工会", 上级工会="新公司工会"),
        row("新公司工会"),
        row("新公司工会", 职工数="3"),
    )
    assert [verdict for verdict, _ in told(batch)] == ["d", "n", "n", "d"]
    actions.decide_all(batch, "skip", by=cast.actor("carol"))

    assert commit(cast, batch).outcome == {"w": 2, "c": 2}


def test_a_union_of_another_city_is_not_taken(cast):
    keep_record(cast.other_company, by=cast.actor("dave"), code=code(5))

    ((verdict, reasons),) = told(hand_in(cast, row("抢来的工会", 工会代码=code(5))))

    assert (verdict, reasons) == ("w", ["这个代码是别处一个工会的，不归您管理，请核对。"])


def test_kind_and_parent_are_told_and_left(cast):
    keep_record(cast.company, by=cast.actor("carol"), code=code(3))
    other = OrgFactory(parent=cast.city, kind="joint", name="某联合会")
    given = row(cast.company.name, 工会类型="分会", 工会代码=code(3), 上级工会=other.name)

    ((verdict, reasons),) = told(hand_in(cast, given))

    assert verdict == "s"
    assert ("库里是基层工会" in reasons[0], "调整上级" in reasons[1]) == (True, True)


def test_a_list_taken_back_leaves_the_database_as_it_was(cast):
    keep_record(cast.company, by=cast.actor("carol"), code=code(3), employer="安澜机械厂")
    keep_headcount(cast.company, day=TODAY, workers=90, by=cast.actor("carol"))
    before = everything()
    batch = hand_in(
        cast,
        row("新分会", 工会类型="分会", 上级工会="新公司工会"),
        row("新公司工会", 工会代码=code(9), 职工数="5"),
        row("改名公司工会", 工会代码=code(3), 职工数="95", 其中女职工="9", 建会日期="2001-01-01"),
    )
    commit(cast, batch)
    assert everything() != before

    batch = undo(cast, batch)

    assert batch.outcome == {"x": 3}
    assert everything() == before


def test_unions_touched_since_are_kept_and_said(cast):
    carol = cast.actor("carol")
    batch = hand_in(
        cast,
        row("甲分会", 工会类型="分会", 上级工会="甲公司工会"),
        row("甲公司工会"),
        row("乙公司工会"),
        row("丙公司工会"),
        row("丁公司工会"),
    )
    commit(cast, batch)
    PersonFactory(org=Org.objects.get(name="甲分会"))
    rename_org(Org.objects.get(name="乙公司工会"), name="乙集团工会", by=carol)
    OrgFactory(parent=Org.objects.get(name="丙公司工会"), kind="team")

    batch = undo(cast, batch)

    assert batch.outcome == {"t": 4, "x": 1}
    reasons = [one.left for one in rows_with(batch, "t", of="outcomes").lines]
    assert reasons == [
        "导入以后这个工会已经有了别的记录（人员），保留不动。",
        "导入以后这个工会已经有了别的记录（组织），保留不动。",
        "导入以后又有人改过这个工会，保留不动。",
        "导入以后这个工会已经有了别的记录（组织），保留不动。",
    ]
    assert not Org.objects.filter(name="丁公司工会").exists()


def test_a_long_list_may_name_a_parent_of_an_earlier_part(cast, monkeypatch):
    monkeypatch.setattr("gonghui.core.exchange.reading.CHUNK", 2)
    rows = [row("总公司工会"), row("子一工会"), row("子二工会", 上级工会="总公司工会")]
    batch = hand_in(cast, *rows, row("一分会", 工会类型="分会", 上级工会="子二工会"))
    assert [verdict for verdict, _ in told(batch)] == ["n"] * 4

    commit(cast, batch)

    assert (
        str(Org.objects.get(name="一分会", parent__name="子二工会").parent.parent) == "总公司工会"
    )


def test_the_pages_lead_from_the_list_of_bodies_to_the_batch_and_back(cast):
    carol = cast.client("carol")
    assert "/exchange/unions/" in carol.get("/organisation/org/").content.decode()
    assert "都建在它的下面" in carol.get("/exchange/unions/").content.decode()
    text = "工会名称\t工会类型\n新公司工会\t基层工会\n" + cast.company.name
    carol.post("/exchange/unions/", {"org": f"#{cast.city.pk}", "text": text})
    batch = Batch.objects.get()

    page = carol.get(f"/exchange/batch/{batch.pk}/?rows=d").content.decode()

    assert f"就是{cast.company.name}" in page
    assert "不是同一个工会" in page
    assert "同一人" not in page
    carol.post(f"/exchange/batch/{batch.pk}/commit/", {"rule": "fill"})
    assert Org.objects.get(name="新公司工会").parent == cast.city
    assert cast.client("alice").get("/exchange/unions/").status_code == 404
    assert cast.client("alice").get(f"/exchange/batch/{batch.pk}/").status_code == 404


def test_nobody_hands_in_for_a_union_they_do_not_keep(cast):
    with pytest.raises(DomainError, match="您不能在"):
        hand_in(cast, row("甲工会"), by="frank")


def test_the_template_is_read_without_its_example(cast):
    data = template(kinds["unions"])
    batch = actions.hand_in(
        kinds["unions"], cast.city, io.BytesIO(data), name="模板.xlsx", by=cast.actor("carol")
    )

    batch.refresh_from_db()
    assert batch.stage == "failed"
    assert [field for field in batch.head["fields"] if not field] == []
