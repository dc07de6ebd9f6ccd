"""What every paper of an election is made of, and what they say alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import models

from gonghui.kit.dates import full_day

from ..models import Candidate, Election, Race

BLANK = "（待填）"
SAMPLE = "示例模板，请按本级的规定核对后使用。"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A table of a paper: its heading, its columns and its rows."""

    title: str
    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Paper:
    """A paper before it is written out: whom it is for, what it says, who signs it."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    signer: str
    day: date | None = None
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)


def said(value: object) -> str:
    """A fact of the record, or the mark that it has to be filled in."""
    if value in (None, ""):
        return BLANK
    return full_day(value) if isinstance(value, date) else str(value)


def what(election: Election) -> str:
    return f"第{election.number}届{election.get_kind_display()}"


def years(election: Election) -> str:
    """How long the elected serve; who fills a vacancy serves out the running term."""
    return f" {election.years} 年" if election.is_full else "到本届届满为止"


def seats(election: Election) -> str:
    races = [race for race in election.races.all() if not race.again_id]
    found = "、".join(f"{race.get_office_display()} {race.seats} 名" for race in races)
    return found or BLANK


def day_of(election: Election, name: str) -> date | None:
    """The day a step was taken; the paper of a step that was not has no date yet."""
    step = election.steps.filter(name=name).first()
    return step.on if step else None


def first_rounds(election: Election) -> models.QuerySet[Race]:
    """What is voted on at first; who stands in a repeat is said at the meeting."""
    return election.races.filter(again=None).order_by("pk")


def order_said(election: Election) -> str:
    """How the list is ordered: by the strokes somebody settled, or by pinyin, and it says so."""
    candidates = Candidate.objects.filter(race__election=election)
    settled = not candidates.filter(position=None).exists() and candidates.exists()
    return "名单按姓氏笔画为序。" if settled else "名单按姓名拼音为序，请按姓氏笔画核定次序。"
