"""What leaves the printer: the plan and its lists on A4, without menus, told where they go on."""

from __future__ import annotations

import io
from unicodedata import normalize

import pypdf
import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from gonghui.apps.plans.models import Item, Plan
from tests.factories.plans import make_plan

from .conftest import DESK
from .visitor import Visitor

TASKS = 49  # more than a list shows on one page
COMMITTEE = "生产与劳动保护监督委员会"
FESTIVALS = ["春节", "中秋", "国庆节前"]
MORE = "，由各车间分会配合，每季度评比一次，年底在公司表彰会上授奖"
MENU = ("导出", "全部", "未开始", "不再办")  # words of the drop-downs; no task is in such a state


@pytest.fixture(params=[DESK], ids=["desk"])
def size(request):
    return request.param


@pytest.fixture
def plan(cast) -> Plan:
    plan = make_plan(cast.company, tasks=TASKS)
    tasks = plan.items.filter(kind="task")
    tasks.update(
        state="doing",
        owner_words=COMMITTEE,
        months=[],
        due_on=None,
        when=FESTIVALS,
        text=Concat("text", Value(MORE)),
    )
    Item.objects.filter(pk=tasks.order_by("position")[0].pk).update(state="done")
    return plan


def printed(officer: Visitor, path: str) -> tuple[str, int]:
    """The words of a page as it is printed, without white space, and its number of sheets."""
    officer.open(path)
    file = officer.page.pdf(format="A4", prefer_css_page_size=True)
    sheets = pypdf.PdfReader(io.BytesIO(file)).pages
    words = "".join(sheet.extract_text() for sheet in sheets)
    return "".join(map(plain, "".join(words.split()))), len(sheets)


def menus(officer: Visitor) -> int:
    """How many drop-downs lie open on the paper; one may lie half beside it, its words cut off."""
    officer.page.emulate_media(media="print")
    found = officer.page.locator(".menu_sheet:visible").count()
    officer.page.emulate_media(media="null")
    return found


def plain(sign: str) -> str:
    """A PDF may name a radical (⼯, ⻚) where the page has the character (工, 页)."""
    return normalize("NFKC", sign) if "\u2f00" <= sign < "\u2fe0" else sign.replace("⻚", "页")


def test_a_plan_and_its_list_are_printed_as_they_are_read(enter, plan):
    officer = enter("frank")
    path = f"/plans/plan/{plan.pk}/"

    narrowed, sheets = printed(officer, f"{path}?state=done")
    assert "状态：已完成" in narrowed
    assert "显示1/49项" in narrowed
    assert not [word for word in MENU if word in narrowed]
    assert sheets <= 3
    assert menus(officer) == 0
    for look in ("board", "month", "year"):
        words, _ = printed(officer, f"{path}{look}/?state=done")
        assert "状态：已完成" in words
        assert "导出" not in words
        assert "责任人：" not in words
        assert menus(officer) == 0

    tree, sheets = printed(officer, path)
    assert tree.count("办好第") == TASKS
    assert sheets <= 5
    board, sheets = printed(officer, f"{path}board/")
    assert "还有18项" in board
    assert sheets <= 3

    first, _ = printed(officer, "/plans/item/")
    assert "共49条" in first
    assert "第1页，共2页" in first
    assert "下一页" not in first
    last, _ = printed(officer, "/plans/item/?page=2")
    assert "第2页，共2页" in last
    whole, _ = printed(officer, "/plans/mine/")
    assert "第1页" not in whole
