"""Figures of bookrooms: books held, loans, readers, books overdue."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes

from .models import Bookroom, Copy, Loan, RoomKind
from .rules import BOOKROOM_RULES, COPY_RULES, LOAN_RULES

rooms = Source(
    "reading.rooms",
    rows=lambda: Bookroom.objects.filter(is_open=True),
    rule=BOOKROOM_RULES["view"],
    columns=("name", "org", "kind", "place", "level"),
    splits=(Split("kind", "类型", "kind", dict(RoomKind.choices)),),
)
loans = Source(
    "reading.loans",
    rows=lambda: Loan.objects.all(),
    rule=LOAN_RULES["view"],
    day="lent_on",
    person="reader",
    personal=True,
    columns=("book", "reader", "org", "lent_on", "due_on", "returned_on"),
    splits=(sexes("reader"), Split("subject", "类别", "book__subject")),
)
copies = Source(
    "reading.copies",
    rows=lambda: Copy.objects.all(),
    rule=COPY_RULES["view"],
    org="book__org",
    since="added_on",
    until="gone_on",
    columns=("number", "book", "bookroom", "added_on", "gone_on"),
    page="book",
    splits=(Split("subject", "类别", "book__subject"),),
    follows={"reading.book": "org"},
)
out = Source(
    "reading.out",
    rows=lambda: Loan.objects.all(),
    rule=LOAN_RULES["view"],
    since="lent_on",
    until="returned_on",
    person="reader",
    columns=("book", "reader", "org", "lent_on", "due_on", "returned_on"),
)
declare(
    Indicator("reading.rooms", "职工书屋", "个", "learning", rooms, about="正在开放的书屋和站点。"),
    Indicator("reading.books", "藏书", "本", "learning", copies, about="期末在藏的册数。"),
    Indicator("reading.loans", "借书", "次", "learning", loans, about="借出日期在期内的。"),
    Indicator(
        "reading.readers", "借书的人", "人", "learning", loans, people=True,
        about="期内借过书的人，一人只算一次。",
    ),
    Indicator(
        "reading.finished", "读完的书", "次", "learning", loans, only=Q(read_on__isnull=False),
        about="期内借出、读者自己记为读完的。",
    ),
    Indicator(
        "reading.overdue", "逾期未还", "本", "learning", out,
        during=lambda period: Q(due_on__lt=min(period.end, timezone.localdate())),
        about="期末已经过了应还日期、还没有还的。",
    ),
    Ratio(
        "reading.loans_each", "借书的人平均借", "次/人", "learning", "reading.loans",
        "reading.readers", about="借书次数除以借书的人数。",
    ),
)  # fmt: skip
