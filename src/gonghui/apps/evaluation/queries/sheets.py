"""A sheet as it is shown: headings and items in their order, doors of figures, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment
from gonghui.core.history.trail import history_of
from gonghui.core.indicators.registry import Declared, Ratio, indicators, parts
from gonghui.core.indicators.screens.asked import Doors
from gonghui.core.indicators.screens.person import person_door
from gonghui.core.indicators.shown import UNKNOWN
from gonghui.core.indicators.shown import words as figure_words
from gonghui.kit.dates import Period

from ..models import Contender, ContenderState, Criterion, Filler, RoundState, SheetLine
from .results import Marked, lines_of, recorded
from .schemes import Row, sheet
from .voting import Vote

HIDDEN = (RoundState.DRAFT, RoundState.APPLYING, RoundState.RATING)


@dataclass(frozen=True)
class Shown:
    """A row of a sheet: a heading, or an item with what is known of it."""

    row: Row
    marked: Marked | None
    door: str
    parts: list[tuple[str, str]]  # of a ratio: what is divided by what, each with its door
    beside: str  # what the records hold of an item that people judge
    files: tuple[Attachment, ...]
    hidden: bool  # peers' marks, before all have given
    counts: int

    @property
    def criterion(self) -> Criterion:
        return self.row.criterion

    @property
    def line(self) -> SheetLine | None:
        return self.marked.line if self.marked else None

    @property
    def vote(self) -> Vote | None:
        """How members voted on it on the phone."""
        return self.marked.vote if self.marked else None

    @property
    def differs(self) -> bool:
        """Whether the visitor found something else than the unit said."""
        line = self.line
        if line is None or line.is_counted:
            return False
        return line.found is not None and line.own not in (None, line.found)


def shown_sheet(contender: Contender, actor: Actor) -> list[Shown]:
    """Every row with its door, open where the reader may look at figures there."""
    lines = {one.criterion.pk: one for one in lines_of([contender])[contender.pk]}
    files = evidence_of([one.line for one in lines.values()])
    opens = _opens(contender, actor)
    hides = contender.round.state in HIDDEN
    found = []
    for row in sheet(contender.round.scheme):
        marked = lines.get(row.criterion.pk)
        found.append(
            Shown(
                row,
                marked,
                door_of(contender, marked.line) if marked and opens else "",
                parts_of(contender, marked.line, opens=opens) if marked else [],
                beside_of(marked.line) if marked else "",
                tuple(files.get(marked.line.pk, ())) if marked else (),
                hides and row.criterion.filler == Filler.PEERS,
                len(marked.line.counts.all()) if marked else 0,
            )
        )
    return found


def reason_of_return(contender: Contender) -> str:
    """Why it was sent back last; empty unless it still waits to be handed in again."""
    if contender.state != ContenderState.FILLING:
        return ""
    last = history_of(contender).filter(verb="send_back").first()
    return str(last.changes.get("reason", "")) if last else ""


def _opens(contender: Contender, actor: Actor) -> bool:
    """A person opens their own figures; others those of the body they look after."""
    person = contender.person
    if person is None:
        return actor.can("indicators.view", at=contender.org)
    return person == actor.person or actor.can("indicators.view", at=person.org)


def evidence_of(lines: list[SheetLine]) -> dict[int, list[Attachment]]:
    """Item → its papers and photos; one query."""
    kind = ContentType.objects.get_for_model(SheetLine)
    rows = Attachment.objects.filter(content_type=kind, object_id__in=[one.pk for one in lines])
    found: dict[int, list[Attachment]] = {}
    for one in rows.order_by("pk"):
        found.setdefault(one.object_id, []).append(one)
    return found


def door_of(contender: Contender, line: SheetLine) -> str:
    """The address where a figure is opened to its records; what the unit said has none."""
    indicator = indicators.get(line.criterion.indicator)
    return _door(contender, indicator) if line.figure and indicator else ""


def beside_of(line: SheetLine) -> str:
    """What the records hold of an item that people judge, for them to look at."""
    indicator = indicators.get(line.criterion.indicator)
    if indicator is None or not line.figure or line.is_counted:
        return ""
    return f"{indicator.title} {recorded(line, indicator)}"


def _door(contender: Contender, one: Declared) -> str:
    period = Period(contender.round.since, contender.round.until)
    if contender.person is not None:
        return person_door(one, contender.person, period)
    return Doors(contender.org, period).records(one)


def parts_of(contender: Contender, line: SheetLine, *, opens: bool) -> list[tuple[str, str]]:
    """What a ratio was made of, each part with its door where the reader may look there."""
    indicator = indicators.get(line.criterion.indicator)
    if not line.figure or line.figure[2] is None or not isinstance(indicator, Ratio):
        return []
    return [
        (
            figure_words(Decimal(said)) if said else UNKNOWN,
            _door(contender, part) if opens else "",
        )
        for said, part in zip(line.figure[1:], parts(indicator), strict=True)
    ]
