"""The review screen through its doors: seen, corrected, undone, and never losing what was typed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from gonghui.apps.plans.engine.outlining import from_reading, outline_from_json, outline_to_json
from gonghui.apps.plans.engine.reader import read_text
from gonghui.apps.plans.models import Draft, Plan
from gonghui.core.access.models import Role
from tests.factories.organisation import GrantFactory, PostFactory

SOURCE = """安澜机械公司工会工作计划
一、4、5月份：
1、组织职工体检和结果反馈；
2、办好信息平台，适时召开信息员会议；
3、开展安全竞赛，每月检查一次，共有个车间参加；
二、6月份：
1、继续办好信息平台；
2、举办一期干部培训班，80%以上的干部参加，由生活委员负责。
"""
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def draft(cast) -> Draft:
    plan = Plan.objects.create(
        org=cast.company,
        title="二〇二六年工会工作计划",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        author=cast.frank,
    )
    outline = outline_to_json(from_reading(read_text(SOURCE), 0, SOURCE))
    return Draft.objects.create(plan=plan, outline=outline, source=SOURCE, source_name="计划.docx")


@pytest.fixture
def officer(cast):
    return cast.client("frank")


def address(draft: Draft, name: str = "review") -> str:
    return reverse(f"plans:plan-{name}", args=[draft.plan_id])


def outline_of(draft: Draft):
    draft.refresh_from_db()
    return outline_from_json(draft.outline)


def do(officer, draft: Draft, op: dict[str, object], revision: int | None = None, **extra: str):
    data = {"op": json.dumps(op), "revision": revision or draft.revision}
    return officer.post(address(draft, "edit-outline"), data, **extra)


def panel(draft: Draft, node: int, **said: object) -> dict[str, object]:
    """What the browser sends for a node's panel when only ``said`` was changed."""
    found = outline_of(draft).node(node)
    filled: dict[str, object] = {
        "revision": draft.revision,
        "node": node,
        "do": "save",
        "text": found.text,
        "marker": found.marker,
        "kind": found.kind,
        "months": [str(m) for m in found.months],
        "owner": found.owner,
        "area": "",
    }
    return {**filled, **said}


def test_screen_shows_paper_and_tree_and_counts(officer, draft):
    page = officer.get(address(draft)).content.decode()

    assert "「计划.docx」读出 2 章" in page
    assert '<mark data-node="1">4、5月份</mark>' in page
    assert "4–5 月" in page
    assert "谁负责？" in page
    assert "生活委员" in page
    assert "待填" in page


def test_screen_opens_at_the_first_doubt(officer, draft):
    doubtful = next(node for node in outline_of(draft).nodes if node.is_doubtful)

    def current(query: str = "") -> int | None:
        return officer.get(address(draft) + query).context["live"].current

    assert current() == doubtful.id
    assert current("?at=2") == 2
    do(officer, draft, {"op": "settle", "node": doubtful.id}, **HTMX)
    assert current() is None


def test_fragment_has_no_shell(officer, draft):
    part = officer.get(address(draft), {"edit": 2}, **HTMX).content.decode()

    assert "<html" not in part
    assert 'id="node-2"' in part
    assert "data-panel" in part


def test_edit_with_a_script_gives_back_tree_paper_and_counts(officer, draft):
    answer = do(officer, draft, {"op": "indent", "node": 3}, **HTMX)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert [n.depth for n in outline_of(draft).nodes][:3] == [0, 1, 2]
    assert 'data-current="3"' in page
    assert f'data-revision="{draft.revision}"' in page
    assert page.count('hx-swap-oob="true"') == 2


def test_edit_without_a_script_leads_back_to_the_line(officer, draft):
    answer = do(officer, draft, {"op": "indent", "node": 3})

    assert answer.status_code == 302
    assert answer["Location"].endswith("?at=3#node-3")


def test_panel_saves_only_what_was_changed(officer, draft):
    said = panel(draft, 2, due="5-31", owner="体检小组", every_unit="month", targets="90%以上")

    officer.post(address(draft, "edit-outline"), said, **HTMX)

    node = outline_of(draft).node(2)
    assert (node.due, node.owner, node.text) == ("05-31", "体检小组", "组织职工体检和结果反馈；")
    assert [(e.unit, e.min, e.max) for e in node.every] == [("month", 1, 1)]
    assert [(t.op, t.value, t.unit) for t in node.targets] == [(">=", 90, "%")]


def test_panel_finds_whom_the_papers_words_name(cast, officer, draft):
    """The reader read 由生活委员负责; who that is, is known once somebody holds the post."""
    node = next(n for n in outline_of(draft).nodes if n.owner == "生活委员")
    officer.post(address(draft, "edit-outline"), panel(draft, node.id), **HTMX)
    assert outline_of(draft).node(node.id).owner_person is None

    PostFactory(person=cast.alice, org=cast.company, title="生活委员", since=date(2020, 1, 1))
    officer.post(address(draft, "edit-outline"), panel(draft, node.id), **HTMX)

    linked = outline_of(draft).node(node.id)
    assert (linked.owner, linked.owner_person) == ("生活委员", cast.alice.pk)
    revision = draft.revision
    officer.post(address(draft, "edit-outline"), panel(draft, node.id), **HTMX)
    draft.refresh_from_db()
    assert draft.revision == revision


def test_panel_with_a_mistake_keeps_all_that_was_written(officer, draft):
    said = panel(draft, 2, due="月底", text="我改过的话")

    answer = officer.post(address(draft, "edit-outline"), said, **HTMX)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "看不懂这个日期" in page
    assert "我改过的话" in page
    assert answer["HX-Retarget"] == "#node-2"
    assert outline_of(draft).node(2).text == "组织职工体检和结果反馈；"


def test_panel_with_a_mistake_keeps_all_without_a_script(officer, draft):
    answer = officer.post(
        address(draft, "edit-outline"), panel(draft, 2, due="月底", text="我改过的话")
    )

    assert answer.status_code == 422
    assert "<html" in answer.content.decode()
    assert "我改过的话" in answer.content.decode()


def test_line_broken_in_the_panel_is_split_there(officer, draft):
    text = outline_of(draft).node(3).text
    said = panel(draft, 3, text=text[:7] + "\r\n" + text[7:], do="split")

    officer.post(address(draft, "edit-outline"), said)

    nodes = outline_of(draft).nodes
    assert [n.text for n in nodes[2:4]] == ["办好信息平台，", "适时召开信息员会议；"]


def test_caret_says_where_to_split(officer, draft):
    said = panel(draft, 3, do="split", at=7)

    officer.post(address(draft, "edit-outline"), said, **HTMX)

    assert [n.text for n in outline_of(draft).nodes[2:4]][1] == "适时召开信息员会议；"


def test_split_without_a_place_asks_for_one(officer, draft):
    answer = officer.post(address(draft, "edit-outline"), panel(draft, 3, do="split"), **HTMX)

    assert answer.status_code == 422
    assert "光标" in answer.content.decode()


def test_figure_is_filled_in_and_its_doubt_answered(officer, draft):
    node = next(n for n in outline_of(draft).nodes if n.blank)
    doubt = next(d for d in node.doubts if "缺少" in d)
    said = {"do": "fill_blank", "node": node.id, "value": "12", "settles": doubt}

    officer.post(address(draft, "edit-outline"), said)

    after = outline_of(draft).node(node.id)
    assert ("共有12个车间" in after.text, after.blank, doubt in after.doubts) == (
        True,
        False,
        False,
    )


def test_line_is_added_behind_the_current_one(officer, draft):
    officer.post(address(draft, "edit-outline"), {"do": "add", "after": 2, "text": "办一次讲座"})

    assert outline_of(draft).nodes[2].text == "办一次讲座"


def test_what_cannot_be_done_is_said_in_its_place(officer, draft):
    answer = do(officer, draft, {"op": "indent", "node": 1}, **HTMX)

    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#notice"
    assert "没有同级的条目" in answer.content.decode()


@pytest.mark.parametrize("said", ["", "[", "[]", '{"op": "explode"}', '{"op": "split", "node": 1}'])
def test_nonsense_changes_nothing(officer, draft, said):
    before = draft.outline

    answer = officer.post(address(draft, "edit-outline"), {"op": said}, **HTMX)

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.outline == before


@pytest.fixture
def colleague(cast):
    """Another officer of the same union."""
    GrantFactory(person=cast.alice, role=Role.objects.get(name="工会委员"), org=cast.company)
    return cast.client("alice")


@pytest.mark.parametrize("extra", [HTMX, {}], ids=["script", "none"])
def test_second_officer_on_another_line_is_told_of_the_first(officer, colleague, draft, extra):
    old = draft.revision
    do(colleague, draft, {"op": "set_months", "node": 2, "months": [5]})

    answer = do(officer, draft, {"op": "set_due", "node": 3, "due": "05-20"}, old, **extra)

    outline = outline_of(draft)
    assert (outline.node(2).months, outline.node(3).due) == ((5,), "05-20")
    page = answer if extra else officer.get(answer["Location"])
    assert "艾丽刚改了 1 处，与您的改动都已存好。" in page.content.decode()
    later = do(officer, draft, {"op": "set_due", "node": 3, "due": "05-21"}, **HTMX)
    assert "刚改了" not in later.content.decode()


def test_own_earlier_changes_are_told_to_nobody(officer, draft):
    old = draft.revision
    do(officer, draft, {"op": "set_months", "node": 2, "months": [5]})

    answer = do(officer, draft, {"op": "set_due", "node": 3, "due": "05-20"}, old, **HTMX)

    assert answer.status_code == 200
    assert "刚改了" not in answer.content.decode()


def test_second_officer_on_the_same_line_is_told_and_loses_nothing(officer, draft):
    mine = panel(draft, 2, text="第二个人写的话")
    do(officer, draft, {"op": "set_text", "node": 2, "text": "第一个人写的话"})

    answer = officer.post(address(draft, "edit-outline"), mine, **HTMX)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "第二个人写的话" in page
    assert "第一个人写的话" in page
    assert outline_of(draft).node(2).text == "第一个人写的话"


def test_words_for_a_line_that_is_gone_are_still_shown(officer, draft):
    mine = panel(draft, 3, text="第二个人写的话")
    do(officer, draft, {"op": "merge", "node": 3})

    answer = officer.post(address(draft, "edit-outline"), mine, **HTMX)

    assert "第二个人写的话" in answer.content.decode()
    assert answer.status_code == 409


def test_undo_brings_the_outline_back(officer, draft):
    before = draft.outline
    do(officer, draft, {"op": "delete", "node": 1})

    answer = officer.post(address(draft, "undo-outline"), {"revision": draft.revision}, **HTMX)

    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.outline == before


def test_undo_of_nothing_is_said(officer, draft):
    answer = officer.post(address(draft, "undo-outline"), {"revision": draft.revision}, **HTMX)

    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["dave", "mallory"])
def test_strangers_find_nothing(cast, draft, name):
    client = cast.client(name)

    assert client.get(address(draft)).status_code == 404
    assert do(client, draft, {"op": "indent", "node": 3}).status_code == 404
    assert client.post(address(draft, "undo-outline")).status_code == 404


def test_nobody_from_elsewhere_is_named(cast, officer, draft):
    """The page offers no other, so such a change was made by hand."""
    for said in (
        {"owner_person": cast.dave.pk},
        {"owner_person": 999_999},
        {"owner_org": cast.city.pk},
    ):
        op = {"op": "set_owner", "node": 2, "owner": "某人", **said}

        assert do(officer, draft, op, **HTMX).status_code == 422
        assert do(officer, draft, {"op": "all", "ops": [op]}, **HTMX).status_code == 422

    assert outline_of(draft).node(2).owner_person is None
    mine = {"op": "set_owner", "node": 2, "owner": "本会", "owner_org": cast.company.pk}
    assert do(officer, draft, mine, **HTMX).status_code == 200


def test_source_is_text_and_never_markup(officer, draft):
    Draft.objects.filter(pk=draft.pk).update(source="<script>alert(1)</script>")

    assert "<script>alert" not in officer.get(address(draft)).content.decode()
