"""A sheet as it is shown: headings and items in their order, doors of figures, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment
from gonghui.core.history.trail import history_of
from gonghui.core.indicators.periods import query_of
from gonghui.core.indicators.registry import Indicator, indicators
from gonghui.core.indicators.screens.person import person_door
from gonghui.core.indicators.shown import words as figure_words
from gonghui.kit.dates import Period

from ..models import Contender, ContenderState, Criterion, Filler, RoundState, SheetLine
from .results import Marked, lines_of
from .schemes import Row, sheet
from .voting import Vote

HIDDEN = (RoundState.DRAFT, RoundState.APPLYING, RoundState.RATING)


@dataclass(frozen=True)
class Shown:
    """A row of a sheet: a heading, or an item with what is known of it."""

    row: Row
    marked: Marked | None
    door: str
    parts: str
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
                _parts(marked),
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
    if not line.is_counted or indicator is None:
        return ""
    period = Period(contender.round.since, contender.round.until)
    if contender.person is not None:
        return person_door(indicator, contender.person, period)
    name = "records" if isinstance(indicator, Indicator) else "one"
    query = urlencode({"org": str(contender.org_id), **query_of(period)})
    return f"{reverse(f'indicators:{name}', args=[indicator.code])}?{query}"


def _parts(marked: Marked | None) -> str:
    """What a ratio was made of."""
    figure = marked.line.figure if marked else None
    if not figure or figure[2] is None:
        return ""
    over, under = (figure_words(Decimal(one)) if one else "暂无" for one in figure[1:])
    return f"{over} ÷ {under}"
