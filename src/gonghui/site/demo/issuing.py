"""What the demo's unions issued this year: a brief a quarter from its draft, news, one recalled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from gonghui.apps.communication import api as communication
from gonghui.core.documents.outbound.docx import OfficialPaper
from gonghui.core.reports.codes import write_out
from gonghui.core.reports.writing import compose
from gonghui.kit.dates import Period

from .lives import Lives

TO = "报省总工会，发各县（市、区）总工会、市直属基层工会"
LATER = 8  # days after its quarter, or month, that something is issued
# Union, months ago, title, who took it up, what it says.
NEWS = (
    ("machinery", 5, "铸造车间班组学习日坚持三年不断线", "安澜市总工会",
     "铸造车间把每周四定为班组学习日，三年没有断过。轮到谁讲，谁提前备一个自己遇到的问题。"),
    ("machinery", 3, "“一人一招”岗位练兵进班组", "",
     "各班组每人拿出一招看家本领，互相教、当场练，练会的记进学习档案。"),
    ("freight", 4, "装卸班组把学习园地搬到货场", "安澜市总工会、安澜日报",
     "装卸班组在货场边设了学习园地，歇班的时候看一段、议一议，第二天就能用上。"),
    ("freight", 2, "货运工会为夜班职工开设流动书屋", "",
     "流动书屋每周两次送到夜班候班室，借书还书都用手机，读完写一句话留给下一位。"),
    ("machinery", 1, "师带徒出师考核首次全部公开", "安澜市总工会",
     "今年出师考核的项目、评分和结果全部在班组公开，徒弟当场操作，师傅不打自己徒弟的分。"),
)  # fmt: skip
LESSON = "铸造车间“班前十分钟”学习法"
TAUGHT = (
    "班前十分钟只讲一件事：昨天碰到什么问题，怎么解决的，今天要防什么。讲的人轮流来，听的人当场问。"
)
# Union, months ago, kind, title, how many.
SHOWN = (
    ("machinery", 6, "leaflet", "学习创争活动宣传单", 400),
    ("freight", 6, "banner", "“争当知识型职工”横幅", 8),
)
RECALLED = "与上一期重复登记，撤回。"


def issue_papers(lives: Lives) -> None:
    """Only what a day that has passed could have brought; on New Year's Day there is nothing."""
    _briefs(lives)
    for body, ago, title, adopted, text in NEWS:
        day = _month_before(lives.today, ago)
        if day.year == lives.today.year:
            _item(lives, body, day, text, kind="news", title=title, adopted_by=adopted)
    day, taken = _month_before(lives.today, 2), "安澜市总工会"
    _item(lives, "machinery", day, TAUGHT, kind="experience", title=LESSON, adopted_by=taken)
    for body, ago, kind, title, copies in SHOWN:
        day = _month_before(lives.today, ago)
        if day.year == lives.today.year:
            communication.register(
                lives.seed.orgs[body], kind=kind, title=title, copies=copies, year=day.year,
                issued_on=day, by=lives.able("communication.write", body),
            )  # fmt: skip


def _briefs(lives: Lives) -> None:
    """The city's own: each from its draft, whose figures still open by the code it bears."""
    city, by = lives.seed.orgs["city"], lives.writer("city")
    made: Any = None
    for number, quarter in enumerate(_quarters(lives.today), start=1):
        found = compose("brief", city, quarter, by, lives.today)
        paper, content = write_out(found, sort="brief", org=city, period=quarter, by=by)
        facts = {
            "kind": "brief", "title": paper.title, "year": quarter.start.year, "sent_to": TO,
            "issued_on": quarter.end + timedelta(days=LATER),
        }  # fmt: skip
        file = ContentFile(content, name=f"第{number}期简报.docx")
        made = communication.register(
            city, number=number, paper=paper, files=[file], by=by, **facts
        )
    if made is not None:
        twice = communication.register(
            city, kind="brief", title=made.title, year=made.year, number=made.number + 1,
            issued_on=made.issued_on, files=[_word(made.title)], by=by,
        )  # fmt: skip
        communication.take_back(twice, reason=RECALLED, by=by)


def _quarters(today: date) -> Iterator[Period]:
    """The quarters of this year whose brief is out by today."""
    for first in (1, 4, 7, 10):
        end = Period.of_month(today.year, first + 2).end
        if end + timedelta(days=LATER) <= today:
            yield Period(date(today.year, first, 1), end)


def _item(lives: Lives, body: str, day: date, text: str, *, title: str, **facts: Any) -> None:
    org, by = lives.seed.orgs[body], lives.able("communication.write", body)
    communication.register(
        org, title=title, year=day.year, issued_on=day, files=[_word(title, text)],
        sent_to="报市总工会", by=by, **facts,
    )  # fmt: skip


def _word(title: str, *words: str) -> ContentFile[bytes]:
    """A file as it was sent."""
    paper = OfficialPaper(title)
    for one in words:
        paper.paragraph(one)
    return ContentFile(paper.to_bytes(), name=f"{title}.docx")


def _month_before(today: date, months: int) -> date:
    n = today.year * 12 + today.month - 1 - months
    return date(n // 12, n % 12 + 1, LATER)
