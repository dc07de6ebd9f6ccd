"""What people put on record, as far as they show it; the union confirms what needs it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern

from gonghui.core.credits.kinds import kinds
from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import WORDS, Attachments, Custom
from gonghui.core.screens.screens import Screens
from gonghui.kit.amounts import plain

from ..filters import PieceFilters
from ..flow import LIFE
from ..models import Piece, State
from ..queries.gathered import amount_of
from ..queries.pieces import nearly_the_same
from ..queries.space import comments_of
from ..rules import PIECE_RULES
from ..tables import PieceTable

WORDS |= {"code": "编号", "year": "年度", "file": "文件"}
FACTS = ("author", "isbn", "grade", "since", "on")


def facts_of(piece: Piece) -> list[tuple[str, Any]]:
    """What it says beside its words, each by the name its sort gives it; blanks left out."""
    sort = piece.sort
    named = [(sort.asked_as(name, _label(name)), getattr(piece, name)) for name in FACTS]
    unit = kinds[sort.credit].unit.label
    claimed = f"{plain(piece.amount)} {unit}" if piece.amount else amount_of(piece)
    who = [("姓名", piece.person), ("所在组织", piece.person.org), ("类别", sort.label)]
    pairs: list[tuple[str, Any]] = [*who, *named, ("数量", claimed)]
    if piece.kind == "course":
        pairs.append(("在哪里", "外单位" if piece.outside else "本单位"))
    pairs.append(("给谁看", piece.get_shown_to_display()))
    if piece.confirmed_by:
        pairs.append(("确认", f"{piece.confirmed_by} {piece.confirmed_at:%Y-%m-%d}"))
    return [(label, value) for label, value in pairs if value not in ("", None)]


def _label(name: str) -> str:
    field: Any = Piece._meta.get_field(name)
    return str(field.verbose_name)


def _facts(piece: Piece, request: Any) -> dict[str, Any]:
    """The same thing twice would count twice: what is near stands beside what is handed in."""
    waits = piece.state == State.HANDED_IN and PIECE_RULES["judge"].allows(request.actor, piece)
    near = nearly_the_same(piece, request.actor) if waits else []
    lines = [
        (one, kinds[one.kind].label, f"{plain(one.amount)} {one.get_unit_display()}")
        for one in near
    ]
    return {"piece": piece, "facts": facts_of(piece), "near": lines}


def _echo(piece: Piece, request: Any) -> dict[str, Any]:
    """What was said to it, for who may hide it."""
    if not PIECE_RULES["share"].allows(request.actor, piece):
        return {}
    may = PIECE_RULES["moderate"].allows(request.actor, piece)
    return {"comments": comments_of(piece, request.actor), "may_hide": may, "piece": piece}


class PieceScreens(Screens):
    """What people of the chosen place learned and achieved, as far as they show it."""

    model = Piece
    lead = "职工记入学习档案、愿意给工会看的内容；需要工会确认的，筛选“待确认”逐条看材料。"
    table = PieceTable
    filterset = PieceFilters
    rules = PIECE_RULES
    flow = LIFE
    org_field = "person__org"
    personal = True
    bulk = (BulkAction.of(LIFE, "confirm"),)
    export = Export(
        (
            Column("姓名", lambda one: one.person.name),
            Column("题目", lambda one: one.title, 40),
            Column("类别", lambda one: one.sort.label),
            Column("作者或单位", lambda one: one.author, 24),
            Column("级别", lambda one: one.grade, 14),
            Column("日期", lambda one: one.on, 12),
            Column("数量", amount_of, 12),
            Column("状态", lambda one: one.get_state_display(), 10),
            Column("记在", lambda one: one.org.name, 30),
        )
    )
    panels = (
        Custom("内容", "archive/panel_piece.html", _facts),
        Attachments(),
        Custom("评论", "archive/panel_comments.html", _echo),
    )

    def queryset(self) -> QuerySet[Any]:
        return super().queryset().select_related("org", "person__org", "confirmed_by")

    def listed(self) -> QuerySet[Any]:
        """One's own drafts are at home in one's own archive, not among an officer's records."""
        rows = super().listed()
        return rows.exclude(state__in=(State.DRAFT, State.DISCARDED))


urlpatterns: list[URLPattern] = PieceScreens.urls()
