"""What is counted of learning archives: pieces by kind, people who have any, what others thank."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import (
    Indicator,
    Ratio,
    Source,
    Split,
    ages,
    declare,
    employments,
    sexes,
)

from .models import Piece, Shown
from .rules import PIECE_RULES

AREA = "learning"

pieces = Source(
    "archive.pieces",
    rows=lambda: Piece.objects.counting(),
    rule=PIECE_RULES["view"],
    org="org",
    day="on",
    person="person",
    personal=True,
    columns=("person", "title", "kind", "on", "org"),
    splits=(
        Split("kind", "类别", "kind"),
        sexes(),
        employments("person__employment"),
        ages(),
    ),
)

declare(
    Indicator(
        "archive.books", "记入档案的读书", "本", AREA, pieces, only=Q(kind="book"),
        about="职工记入学习档案的书，读完日期在期内的；书屋借阅另计。",
    ),
    Indicator(
        "archive.reflections", "学习心得", "篇", AREA, pieces, only=Q(kind="reflection"),
        about="职工写好、记入学习档案的心得，日期在期内的。",
    ),
    Indicator(
        "archive.notes", "学习笔记", "篇", AREA, pieces, only=Q(kind="note"),
        about="职工写好、记入学习档案的笔记，日期在期内的。",
    ),
    Indicator(
        "archive.hours", "经确认的培训学时", "学时", AREA, pieces, only=Q(kind="course"),
        sum="amount",
        about="职工自己报、工会确认的培训学时，结束日期在期内的；本会办班的学时另计。",
    ),
    Indicator(
        "archive.certificates", "证书与技能等级", "项", AREA, pieces, only=Q(kind="certificate"),
        about="工会确认的证书，发证日期在期内的。",
    ),
    Indicator(
        "archive.papers", "论文与成果", "篇", AREA, pieces, only=Q(kind="paper"),
        about="工会确认的论文与成果，发表日期在期内的。",
    ),
    Indicator(
        "archive.shown", "公开分享", "篇", AREA, pieces,
        only=Q(shown_to__in=(Shown.TEAM, Shown.UNION)),
        about="记入学习档案、本人愿意给班组或全会看的，日期在期内的。",
    ),
    Indicator(
        "archive.people", "自己记过档案的人", "人", AREA, pieces, people=True,
        about="期内自己记入过内容的职工，一人只算一次；只有自动记入学时的不算。",
    ),
    Ratio(
        "archive.books_each", "人均读书", "本/人", AREA, "archive.books", "archive.people",
        about="记入档案的读书除以自己记过档案的人。",
    ),
)  # fmt: skip
