"""The agreement of a pair on paper, for signing: Word to change, PDF to print."""

from __future__ import annotations

from datetime import date

from gonghui.core.documents.outbound.docx import OfficialPaper, numeral
from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.kit.deadlines import add_months

from ..models import Milestone, Pair

BLANK = "【待填】"
TITLE = "师徒结对协议"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def sections_of(pair: Pair) -> list[tuple[str, list[str]]]:
    """What the agreement says, in the order in which both papers say it."""
    two = [
        f"师傅（导师）：{pair.mentor}，{pair.mentor.org.name}",
        f"徒弟：{pair.apprentice}，{pair.apprentice.org.name}",
    ]
    what = [f"{pair.field}，自{_day(pair.since)}至{_day(pair.until)}。"]
    parts = [
        ("双方", two),
        ("带教内容和期限", what),
        ("目标", _lines(pair.goal)),
        ("师傅的承诺", _lines(pair.mentor_promise)),
        ("徒弟的承诺", _lines(pair.apprentice_promise)),
    ]
    if pair.track_id is not None:
        parts.append(("培养目标", _milestones(pair)))
    return parts


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()] or [BLANK]


def _milestones(pair: Pair) -> list[str]:
    rows = Milestone.objects.filter(track=pair.track_id)
    return [
        f"{_day(add_months(pair.since, one.months))}前：{one.title}{_content(one)}" for one in rows
    ]


def _content(one: Milestone) -> str:
    if one.is_blank:
        return "（内容由本单位填写）"
    return f"，{one.words}" if one.words.strip() else ""


def _signatures(pair: Pair) -> list[str]:
    """Who agreed on their phone is said; the lines to sign stand there all the same."""
    lines = []
    for who, person, at in (
        ("师傅", pair.mentor, pair.mentor_agreed_at),
        ("徒弟", pair.apprentice, pair.apprentice_agreed_at),
    ):
        agreed = f"（{_day(at.date())}在手机上同意）" if at else ""
        lines.append(f"{who}签名：{'　' * 8}{person}{agreed}")
    return lines


def agreement_docx(pair: Pair, today: date) -> bytes:
    paper = OfficialPaper(f"{pair.org.name}\n{TITLE}")
    for number, (heading, lines) in enumerate(sections_of(pair), 1):
        paper.heading(f"{numeral(1, number)}{heading}", 1)
        for line in lines:
            paper.paragraph(line)
    for line in _signatures(pair):
        paper.paragraph(line)
    paper.signature(pair.org.name, today)
    return paper.to_bytes()


def agreement_pdf(pair: Pair, today: date) -> bytes:
    sections = [
        {"heading": f"{numeral(1, number)}{heading}", "paragraphs": lines}
        for number, (heading, lines) in enumerate(sections_of(pair), 1)
    ]
    signed = {"paragraphs": ["", *_signatures(pair), "", f"{pair.org.name}　{_day(today)}"]}
    data = {"title": f"{pair.org.name}{TITLE}", "sections": [*sections, signed]}
    return write_pdf("paper", data)
