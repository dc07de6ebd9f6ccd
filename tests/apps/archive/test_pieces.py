"""Pieces: begun, written, confirmed by the union, shown to whom their person says."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from gonghui.apps.archive.actions.pieces import add_papers, begin_piece, show_to
from gonghui.apps.archive.engine.sorts import AT_ONCE, CONFIRMED, SORTS
from gonghui.apps.archive.flow import LIFE
from gonghui.apps.archive.models import Piece, Shown
from gonghui.apps.archive.queries.gathered import Asked, gathered, sums_of, years_of
from gonghui.apps.archive.queries.pieces import known_books, lacking, nearly_the_same, union_of
from gonghui.apps.archive.rules import PIECE_RULES
from gonghui.core.access.actor import Actor
from gonghui.core.credits.kinds import kinds
from gonghui.core.credits.models import Credit
from gonghui.core.files.store import attach
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.kit.errors import DomainError
from tests.factories.archive import PieceFactory, RecommendationFactory
from tests.factories.credits import CreditFactory
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 proof"


def prove(piece: Piece, actor) -> None:
    attach(piece, ContentFile(PDF, name="证书.pdf"), name="证书.pdf", by=actor)


def standing(piece: Piece) -> list[tuple[str, str, Decimal, str]]:
    rows = Credit.objects.standing().filter(person=piece.person).order_by("pk")
    return list(rows.values_list("kind", "role", "amount", "words"))


@pytest.mark.parametrize("sort", SORTS.values(), ids=lambda sort: sort.code)
def test_every_sort_earns_a_known_kind_and_asks_what_it_needs(sort):
    assert sort.credit in kinds
    assert sort.role in Credit.Role.values
    assert set(sort.needs) <= set(sort.asks)


def test_book_counts_as_soon_as_it_is_written(cast):
    alice = cast.actor("alice")

    piece = begin_piece("book", by=alice, title="教育的情调", author="李镇西")
    LIFE.perform(piece, "write", by=alice)

    assert standing(piece) == [("book", "own", Decimal(1), "教育的情调")]
    assert piece.org == cast.company  # the union, where it counts for good
    assert [entry.verb for entry in history_of(piece)] == ["write", "credit", "create"]
    LIFE.perform(piece, "reopen", by=alice)
    assert standing(piece) == []


def test_blank_draft_is_taken_again_instead_of_another(cast):
    alice = cast.actor("alice")

    first, second = begin_piece("note", by=alice), begin_piece("note", by=alice)

    assert first.pk == second.pk
    assert begin_piece("reflection", by=alice).pk != first.pk


def test_text_without_a_title_is_called_by_its_beginning(cast):
    alice = cast.actor("alice")
    piece = PieceFactory(
        person=cast.alice, kind="reflection", state="draft", title="", text="今天学了安全。\n很好。"
    )

    LIFE.perform(piece, "write", by=alice)

    piece.refresh_from_db()
    assert piece.title == "今天学了安全。"


@pytest.mark.parametrize("kind", AT_ONCE)
def test_own_kinds_are_written_and_never_handed_in(cast, kind):
    piece = PieceFactory(person=cast.alice, kind=kind, state="draft", text="正文")
    alice = cast.actor("alice")

    names = [step.name for step in LIFE.open_to(alice, piece)]

    assert "write" in names
    assert "hand_in" not in names
    with pytest.raises(DomainError):
        LIFE.perform(piece, "hand_in", by=alice)


@pytest.mark.parametrize("kind", [kind for kind in CONFIRMED if kind != "teaching"])
def test_what_needs_proof_waits_for_it_and_for_the_union(cast, kind):
    alice, frank = cast.actor("alice"), cast.actor("frank")
    piece = PieceFactory(
        person=cast.alice, kind=kind, state="draft", text="前 10 分钟，后 6 分钟",
        author="市总工会", grade="一等奖", amount=8, outside=True, shown_to=Shown.ME,
    )  # fmt: skip

    with pytest.raises(DomainError, match="证明材料"):
        LIFE.perform(piece, "hand_in", by=alice)
    prove(piece, alice)
    piece = LIFE.perform(piece, "hand_in", by=alice)

    assert standing(piece) == []
    assert PIECE_RULES["view"].allows(frank, piece)  # whoever confirms sees it, whatever is chosen
    assert not PIECE_RULES["view"].allows(cast.actor("grace"), piece)  # she reads, confirms nothing
    with pytest.raises(DomainError):
        LIFE.perform(piece, "confirm", by=alice)
    piece = LIFE.perform(piece, "confirm", by=frank)
    assert piece.confirmed_by == cast.frank
    assert standing(piece)[0][0] == SORTS[kind].credit
    assert standing(piece)[0][3] == SORTS[kind].label  # shown to nobody, so not named either
    back = LIFE.perform(piece, "return", by=frank, reason="证书看不清，请重拍")
    assert (back.state, back.reason, standing(piece)) == ("returned", "证书看不清，请重拍", [])


@pytest.mark.parametrize("kind", SORTS)
def test_day_on_a_paper_is_asked_for_and_never_begins_as_today(cast, kind):
    alice = cast.actor("alice")

    piece = begin_piece(kind, by=alice)

    assert piece.on == (timezone.localdate() if kind in AT_ONCE else None)
    assert (SORTS[kind].asked_as("on", "日期") in lacking(piece)) == (kind in CONFIRMED)
    assert (nearly_the_same(piece, alice), years_of(cast.alice, date(2026, 1, 5))) == (
        [],
        sorted({2026, (piece.on or date(2026, 1, 5)).year}, reverse=True),
    )


def test_course_inside_needs_no_paper_and_counts_its_hours(cast):
    alice = cast.actor("alice")
    piece = PieceFactory(
        person=cast.alice, kind="course", state="draft", author="本公司", amount=Decimal("4.5")
    )

    piece = LIFE.perform(piece, "hand_in", by=alice)
    piece = LIFE.perform(piece, "confirm", by=cast.actor("bob"))

    assert standing(piece) == [("course", "attended", Decimal("4.5"), piece.title)]


def test_teaching_is_credited_as_teaching(cast):
    piece = PieceFactory(
        person=cast.alice, kind="teaching", state="handed_in", author="新员工", amount=2
    )

    LIFE.perform(piece, "confirm", by=cast.actor("frank"))

    assert standing(piece)[0][:2] == ("course", "taught")


def test_nobody_confirms_their_own(cast):
    piece = PieceFactory(person=cast.frank, kind="award", state="handed_in", author="市总工会")

    assert LIFE.open_to(cast.actor("frank"), piece) != []
    assert "confirm" not in [one.name for one in LIFE.open_to(cast.actor("frank"), piece)]
    assert "confirm" in [one.name for one in LIFE.open_to(cast.actor("carol"), piece)]


def test_keepers_are_told_of_what_is_handed_in_and_the_person_of_the_answer(cast):
    alice, bob = cast.actor("alice"), cast.actor("bob")
    piece = PieceFactory(person=cast.alice, kind="course", state="draft", author="厂", amount=3)

    LIFE.perform(piece, "hand_in", by=alice)
    LIFE.perform(piece, "return", by=bob, reason="请写明内容")

    told = set(Notice.objects.values_list("person__name", "title"))
    assert told == {("鲍博", f"待确认：{piece}"), ("艾丽", f"已退回：{piece}")}


# Who sees what: alice and bob are of one branch, frank leads the company, carol the city.
SEES = {
    Shown.ME: {"alice"},
    Shown.OFFICERS: {"alice", "bob", "carol", "erin", "frank", "grace"},
    Shown.TEAM: {"alice", "bob", "carol", "erin", "frank", "grace", "ivan"},
    Shown.UNION: {"alice", "bob", "carol", "erin", "frank", "grace", "ivan", "judy"},
}


@pytest.mark.parametrize("shown", Shown)
def test_piece_is_seen_by_whom_its_person_says(cast, shown):
    piece = PieceFactory(person=cast.alice, org=cast.company, kind="reflection", shown_to=shown)
    others = {
        "ivan": Actor(PersonFactory(org=cast.branch)),
        "judy": Actor(PersonFactory(org=cast.second_branch)),
    }
    actors = {name: cast.actor(name) for name in cast.names} | others

    seen = {name for name, actor in actors.items() if PIECE_RULES["view"].allows(actor, piece)}

    assert seen == SEES[shown]


@pytest.mark.parametrize("state", ["draft", "returned", "discarded"])
def test_what_is_unfinished_is_shown_to_nobody_else(cast, state):
    piece = PieceFactory(person=cast.alice, state=state, shown_to=Shown.UNION)

    seen = [name for name in cast.names if PIECE_RULES["view"].allows(cast.actor(name), piece)]

    assert seen == ["alice"]


def test_showing_is_taken_back_at_once_and_the_credit_is_named_no_more(cast):
    alice = cast.actor("alice")
    piece = begin_piece("note", by=alice, title="我的心事", shown_to=Shown.UNION)
    LIFE.perform(piece, "write", by=alice)
    ivan = PersonFactory(org=cast.branch)

    assert standing(piece)[0][3] == "我的心事"
    show_to(piece, Shown.ME, by=alice)

    assert standing(piece)[0][3] == "学习笔记"
    assert not PIECE_RULES["view"].allows(cast.actor("frank"), piece)
    assert ivan.pk
    with pytest.raises(DomainError):
        show_to(piece, Shown.UNION, by=cast.actor("frank"))


def test_choice_of_who_sees_is_remembered_for_the_sort(cast):
    alice = cast.actor("alice")

    assert begin_piece("reflection", by=alice).shown_to == Shown.ME
    PieceFactory(person=cast.alice, kind="reflection", shown_to=Shown.UNION)
    Piece.objects.filter(state="draft").delete()

    assert begin_piece("reflection", by=alice).shown_to == Shown.UNION


def test_archive_gathers_what_other_records_earned(cast):
    alice, today = cast.actor("alice"), timezone.localdate()
    CreditFactory(person=cast.alice, org=cast.company, words="书法讲座", on=today)
    CreditFactory(person=cast.alice, org=cast.company, on=today - timedelta(days=400))
    piece = begin_piece("book", by=alice, title="教育的情调")
    LIFE.perform(piece, "write", by=alice)

    lines = gathered(cast.alice, alice, Asked(today.year))

    assert {(one.sort, one.words, one.amount) for one in lines} == {
        ("读书", "教育的情调", "1 本"),
        ("学习培训", "书法讲座", "2 小时"),
    }
    assert [one.words for one in sums_of(cast.alice, today.year, alice)] == ["1 本", "2 小时"]
    assert len(years_of(cast.alice, today)) == 2
    found = gathered(cast.alice, alice, Asked(today.year, q="情调"))
    assert [one.words for one in found] == ["教育的情调"]


def test_gathering_costs_the_same_for_one_line_and_for_many(cast, django_assert_max_num_queries):
    today = timezone.localdate()
    for _ in range(5):
        CreditFactory(person=cast.alice, org=cast.company, on=today)
        PieceFactory(person=cast.alice)
    actor = cast.actor("alice")

    with django_assert_max_num_queries(8):
        assert len(gathered(cast.alice, actor, Asked(today.year))) == 10


def test_known_titles_are_offered_and_private_ones_are_not(cast):
    PieceFactory(person=cast.bob, title="班组管理一本通", isbn="9787020002207")
    PieceFactory(person=cast.bob, title="班组里的心事", shown_to=Shown.ME, isbn="9787115546081")
    RecommendationFactory(org=cast.company, title="班组长手册")

    assert [one.title for one in known_books("班组")] == ["班组管理一本通", "班组长手册"]
    assert [one.title for one in known_books("7-02-000220-X")] == ["班组管理一本通"]
    assert known_books("9787115546081") == []
    assert known_books("班") == []


def test_what_may_be_the_same_thing_twice_stands_beside_it(cast):
    piece = PieceFactory(
        person=cast.alice, kind="course", state="handed_in", author="市总工会", amount=3
    )
    near = CreditFactory(person=cast.alice, kind="course", unit="class_hour", on=piece.on)
    CreditFactory(person=cast.alice, kind="course", on=piece.on - timedelta(days=9))

    assert nearly_the_same(piece, cast.actor("frank")) == [near]


def test_union_of_a_person_is_the_unit_above_their_team(cast):
    assert union_of(cast.alice) == cast.company
    assert union_of(cast.frank) == cast.company


def test_database_refuses_what_counts_without_a_title(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        PieceFactory(person=cast.alice, title="", state="written")
    with pytest.raises(IntegrityError), transaction.atomic():
        PieceFactory(person=cast.alice, on=None, state="handed_in")


def test_photo_loses_what_the_phone_wrote_and_a_false_one_is_refused(cast):
    alice = cast.actor("alice")
    piece = PieceFactory(person=cast.alice, state="draft")

    with pytest.raises(DomainError, match="不是照片"):
        add_papers(piece, [ContentFile(b"\xff\xd8\xff nothing", name="页.jpg")], by=alice)
    made = add_papers(piece, [ContentFile(PDF, name="证书.pdf")], by=alice)
    assert [one.name for one in made] == ["证书.pdf"]
    with pytest.raises(DomainError, match="已经记入或提交"):
        add_papers(PieceFactory(person=cast.alice), [], by=alice)
