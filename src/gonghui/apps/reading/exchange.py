"""The columns of a bookroom's catalogue that comes in, and who may hand one in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Kind, register
from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column

from .actions.importing import BookClerk
from .models import Book, Bookroom
from .rules import BOOKROOM_RULES

COLUMNS = (
    Column(
        "isbn", "ISBN", cells.code, ("书号", "国际标准书号", "ISBN号"), "9787020002207", width=18,
        note="10 位 13 位都可以；没有就空着。",
    ),
    Column(
        "title", "书名", cells.short_text(120), ("题名", "图书名称", "名称"), "红楼梦",
        required=True, width=30,
    ),
    Column("author", "作者", cells.short_text(100), ("著者", "责任者", "编著者"), "曹雪芹"),
    Column("publisher", "出版社", cells.short_text(60), ("出版者",), "人民文学出版社", width=20),
    Column("year", "出版年", cells.text, ("出版年份", "出版时间"), "2008"),
    Column("subject", "类别", cells.short_text(30), ("分类", "图书类别", "类型"), "文学"),
    Column("shelf", "架位", cells.short_text(30), ("书架", "位置", "排架号"), "A-3"),
    Column("copies", "册数", cells.text, ("数量", "复本数", "复本"), "2", note="不填就是 1 册。"),
    Column("added_on", "入藏日期", cells.day, ("入库日期", "购入日期", "登记日期"), "2026-03-01"),
)  # fmt: skip


def _room(actor: Actor, pk: int) -> Bookroom | None:
    """A bookroom the actor may fill."""
    rows = Bookroom.objects.select_related("org").filter(pk=pk)
    return BOOKROOM_RULES["edit"].narrow(rows, actor).first()


def _in_words(books: Iterable[int]) -> dict[int, str]:
    rows = Book.objects.filter(pk__in=list(books))
    return {one.pk: f"{one}{one.author}" for one in rows}


def _page(pk: int) -> str:
    return reverse("reading:book-detail", args=[pk])


register(
    Kind(
        code="books",
        label="图书目录",
        noun="种",
        model=Book,
        columns=COLUMNS,
        keys={"isbn": "ISBN，没有 ISBN 的按书名和作者"},
        capability="learning.write",
        clerk=BookClerk,
        back="reading:bookroom-detail",
        describe=_in_words,
        touches=("reading.book",),
        notes=(
            "第 2 行是例子，不会导入，可以删去。",
            "ISBN 所在的列已设为文本，请不要改成数字。",
            "每一册的登录号由系统从最后一号往后编。",
        ),
        address=_page,
        about=_room,
        org_words=("哪个组织的书屋", "图书都登记在选定的书屋里。"),
        same="同一种书",
        changes=False,
    )
)
