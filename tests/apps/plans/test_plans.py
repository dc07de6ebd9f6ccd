"""Beginning a plan, its life, and who may do what with it."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.plans import actions
from gonghui.apps.plans.flow import LIFE
from gonghui.apps.plans.models import Draft, Item, Pattern, Plan
from gonghui.core.files.models import Attachment
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.kit.blocks import plain_blocks
from gonghui.kit.errors import DomainError

TEXT = """2026年工会工作计划
一、学习创争
1、3月底前组织读书活动，80%以上的班组参加；
2、每月举办一次技术讲座；
二、关心职工
1、走访困难职工　　户；
"""
YEAR = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}


def begin(client, **said):
    return client.post(reverse("plans:plan-create"), {"kind": "annual", **YEAR, **said})


@pytest.fixture
def plan(cast) -> Plan:
    made = actions.create_plan(
        cast.company,
        title="年度计划",
        kind="annual",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        by=cast.actor("frank"),
    )
    actions.read_into(
        made, plain_blocks(TEXT), source=TEXT, name="粘贴的文字", by=cast.actor("frank")
    )
    return made


def walk(plan: Plan, cast, *steps: str) -> Plan:
    answers = {"approve": {"approved_by": "第五届第九次全委会", "approved_on": date(2026, 1, 12)}}
    for step in steps:
        plan = LIFE.perform(plan, step, by=cast.actor("frank"), **answers.get(step, {}))
    return plan


def paste(client, title: str, **dates: date) -> Plan:
    """Paste a plan whose dates stand as the form offers them, unless others are given."""
    year = timezone.localdate().year
    offered = {"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    text = f"{title}\n一、学习\n1、3月底前组织读书；"
    begin(client, org="安澜机械公司工会", text=text, anyway="on", **{**offered, **dates})
    return Plan.objects.latest("pk")


def test_a_plan_for_years_to_come_lasts_the_years_its_title_names(cast):
    frank, year = cast.client("frank"), timezone.localdate().year

    following = paste(frank, f"{year + 1}年工会工作计划")
    long = paste(frank, f"三年行动计划（{year}—{year + 2}年）")
    past = paste(frank, f"{year - 1}年工会工作要点")
    chosen = paste(frank, f"{year + 1}年工作安排", ends_on=date(year, 6, 30))
    school = paste(frank, f"{year}-{year + 1}学年工会计划")

    spans = [(p.starts_on, p.ends_on) for p in (following, long, past, chosen, school)]
    assert spans == [
        (date(year + 1, 1, 1), date(year + 1, 12, 31)),
        (date(year, 1, 1), date(year + 2, 12, 31)),
        (date(year, 1, 1), date(year, 12, 31)),
        (date(year, 1, 1), date(year, 6, 30)),
        (date(year, 1, 1), date(year, 12, 31)),
    ]
    said = frank.get(reverse("plans:plan-review", args=[past.pk])).content.decode()
    assert f"计划期按标题定为 {year + 1} 年" in said
    assert f"标题写的是 {year - 1} 年" in said


def test_pasted_text_becomes_a_draft_to_review(cast):
    answer = begin(cast.client("frank"), org="安澜机械公司工会", text=TEXT)

    plan = Plan.objects.get()
    assert answer["Location"] == reverse("plans:plan-review", args=[plan.pk])
    assert plan.title == "2026年工会工作计划"
    assert (plan.state, plan.author) == ("draft", cast.frank)
    assert len(plan.draft.outline["nodes"]) == 5
    assert not Item.objects.exists()


def test_uploaded_file_is_kept_beside_the_plan(cast):
    file = SimpleUploadedFile("计划.txt", TEXT.encode("gb18030"))

    begin(cast.client("frank"), org="安澜机械公司工会", file=file)

    kept = Attachment.objects.get()
    assert (kept.name, kept.role) == ("计划.txt", "source")
    assert Draft.objects.get().source_name == "计划.txt"


def test_bad_file_saves_nothing_and_says_why(cast):
    file = SimpleUploadedFile("计划.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    answer = begin(cast.client("frank"), org="安澜机械公司工会", file=file)

    assert answer.status_code == 422
    assert ".docx" in answer.content.decode()
    assert not Plan.objects.exists()


def test_empty_file_is_told_what_to_do(cast):
    answer = begin(
        cast.client("frank"), org="安澜机械公司工会", file=SimpleUploadedFile("计划.docx", b"")
    )

    assert "这个文件是空的（0 字节），请检查后重新选择。" in answer.content.decode()
    assert not Plan.objects.exists()


def test_text_without_items_saves_nothing(cast):
    answer = begin(cast.client("frank"), org="安澜机械公司工会", text="   \n  ")

    assert answer.status_code == 302  # nothing was given: an empty plan to write by hand
    assert Plan.objects.get().draft.outline["nodes"] == []


PROSE = "全年开展读书活动，" * 6000  # more than a line of an outline may hold


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"工作计划\n一、学习\n{PROSE}", "文字太长：最多 50000 字，这里有 54003 字。"),
        ("工作计划\n" + "一、读书\n" * 20_001, "这份文件有 20002 段，一份计划最多 20000 段。"),
    ],
    ids=["a line", "lines"],
)
def test_what_no_draft_can_hold_is_refused_at_once(cast, text, why):
    paper = SimpleUploadedFile("计划.txt", text.encode())

    answer = begin(cast.client("frank"), org="安澜机械公司工会", file=paper)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Plan.objects.exists()


def test_lines_are_not_joined_beyond_what_a_draft_can_hold(cast):
    half = "全年开展读书活动，" * 3000
    text = f"工作计划\n一、学习\n1、{half}\n2、{half}\n"
    begin(cast.client("frank"), org="安澜机械公司工会", text=text)
    draft = Draft.objects.get()

    with pytest.raises(DomainError, match="最多 50000 字"):
        actions.edit_outline(
            draft, {"op": "merge", "node": 3}, revision=draft.revision, by=cast.actor("frank")
        )

    address = reverse("plans:plan-review", args=[draft.plan_id])
    assert cast.client("frank").get(address).status_code == 200


def test_same_plan_again_renumbered_is_noticed(cast, plan):
    again = TEXT.replace("一、", "（一）").replace("二、", "（二）").replace("1、", "1.")

    answer = begin(cast.client("frank"), org="安澜机械公司工会", text=again)

    assert answer.status_code == 422
    assert "几乎一样" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_same_plan_may_be_made_on_purpose(cast, plan):
    begin(cast.client("frank"), org="安澜机械公司工会", text=TEXT, anyway="1")

    assert Plan.objects.count() == 2


def test_file_of_a_plan_like_another_is_asked_for_again_and_kept(cast, plan):
    """As text it would lose its tables and the original beside the plan."""
    client = cast.client("frank")

    def file():
        return SimpleUploadedFile("计划.txt", TEXT.encode())

    page = begin(client, org="安澜机械公司工会", file=file()).content.decode()
    made = begin(client, org="安澜机械公司工会", file=file(), anyway="1")

    assert "再选一次这个文件" in page
    assert "3月底前组织读书活动" not in page
    assert made.status_code == 302
    assert Attachment.objects.get().object_id == Plan.objects.latest("pk").pk


def test_pasted_text_like_a_plan_is_sent_on(cast, plan):
    page = begin(cast.client("frank"), org="安澜机械公司工会", text=TEXT).content.decode()

    assert '<textarea name="text" hidden>2026年工会工作计划' in page
    assert "再选一次这个文件" not in page


def test_two_plans_in_one_paste_are_two(cast):
    two = f"工会工作计划 篇1\n{TEXT}\n工会工作计划 篇2\n{TEXT.replace('读书', '健身')}"

    begin(cast.client("frank"), org="安澜机械公司工会", text=two)

    assert Plan.objects.count() == 2


@pytest.mark.parametrize("pattern", Pattern.values)
def test_every_pattern_makes_a_draft(cast, pattern):
    begin(cast.client("frank"), org="安澜机械公司工会", pattern=pattern)

    draft = Draft.objects.get()
    assert len(draft.outline["nodes"]) > 5
    assert "示例模板" in draft.source_name


def test_only_one_way_to_begin(cast):
    answer = begin(cast.client("frank"), org="安澜机械公司工会", text=TEXT, pattern="team")

    assert answer.status_code == 422
    assert "只能选一种" in answer.content.decode()


def test_foreign_union_is_not_found(cast):
    answer = begin(cast.client("frank"), org="临江市总工会", text=TEXT)

    assert answer.status_code == 422
    assert not Plan.objects.exists()


@pytest.mark.parametrize("name", ["alice", "grace", "mallory"])
def test_who_may_not_write_finds_no_form(cast, name):
    assert cast.client(name).get(reverse("plans:plan-create")).status_code == 404


def test_whole_life_leaves_its_trail(cast, plan):
    walked = walk(plan, cast, "submit", "approve", "issue", "run", "close", "resume")

    assert walked.state == "running"
    assert walked.approved_by == "第五届第九次全委会"
    verbs = [entry.verb for entry in history_of(plan)]
    assert verbs[:5] == ["resume", "close", "run", "issue", "approve"]


def test_submitting_writes_the_items(cast, plan):
    walk(plan, cast, "submit")

    rows = list(plan.items.values_list("marker", "kind", "depth", "due_on"))
    assert [row[0] for row in rows] == ["一、", "1、", "2、", "二、", "1、"]
    assert rows[1][3] == date(2026, 3, 31)
    reading, lecture = plan.items.all()[1:3]
    assert [str(t) for t in reading.targets.all()] == [">=80%"]
    assert reading.targets.get().actual is None
    assert lecture.occurrences.count() == 12
    assert lecture.due_on == date(2026, 1, 31)
    assert plan.items.last().has_blank


def test_empty_plan_cannot_be_submitted(cast):
    plan = actions.create_plan(
        cast.company,
        title="空",
        kind="annual",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        by=cast.actor("frank"),
    )

    with pytest.raises(DomainError, match="还没有内容"):
        LIFE.perform(plan, "submit", by=cast.actor("frank"))
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_returned_plan_is_corrected_and_written_anew(cast, plan):
    walk(plan, cast, "submit")
    LIFE.perform(plan, "return", by=cast.actor("carol"), reason="缺少责任人")
    draft = plan.draft
    actions.edit_outline(
        draft, {"op": "delete", "node": 5}, revision=draft.revision, by=cast.actor("frank")
    )

    walk(plan, cast, "submit")

    assert plan.items.count() == 4


def test_submitted_plan_is_not_edited(cast, plan):
    walk(plan, cast, "submit")

    with pytest.raises(DomainError, match="不能再改提纲"):
        actions.edit_outline(
            plan.draft, {"op": "delete", "node": 5}, revision=9, by=cast.actor("frank")
        )


@pytest.mark.parametrize("name", ["alice", "grace", "dave", "mallory", "bob"])
def test_others_may_not_approve(cast, plan, name):
    walk(plan, cast, "submit")

    with pytest.raises(Refused):
        LIFE.perform(plan, "approve", by=cast.actor(name), approved_by="x", approved_on=None)


def test_members_read_what_is_published_and_no_draft(cast, plan):
    address = reverse("plans:plan-detail", args=[plan.pk])
    assert cast.client("alice").get(address).status_code == 404

    walk(plan, cast, "submit", "approve", "issue")

    assert cast.client("alice").get(address).status_code == 200
    assert cast.client("mallory").get(address).status_code == 404
    assert cast.client("dave").get(address).status_code == 404


def test_discarded_plan_leaves_the_list_and_comes_back(cast, plan):
    client, address = cast.client("frank"), reverse("plans:plan-list")
    walk(plan, cast, "discard")
    assert "年度计划</a>" not in client.get(address).content.decode()

    walked = walk(plan, cast, "restore")

    assert walked.state == "draft"


def test_upper_documents_are_kept_in_order(cast, plan):
    said = {
        "title": "年度计划",
        "kind": "annual",
        **YEAR,
        "upper_documents": "市总工会｜安总〔2026〕3号｜推进产改\n县总工会",
    }

    answer = cast.client("frank").post(reverse("plans:plan-update", args=[plan.pk]), said)

    assert answer.status_code == 302
    papers = list(plan.upper_documents.values_list("issuer", "number", "spirit"))
    assert papers == [("市总工会", "安总〔2026〕3号", "推进产改"), ("县总工会", "", "")]
