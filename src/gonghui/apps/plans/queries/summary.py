"""What a year's summary and a month's brief say, from the records alone (R-397, R-398)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q

from gonghui.core.files.models import Attachment
from gonghui.kit.dates import Period

from ..models import UNFINISHED, Item, ItemState, Occurrence, Plan, Progress, Target
from .activities import pictured

STOPPED = (ItemState.PUT_OFF, ItemState.DROPPED)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done for one task: turns, notes and proof by title; the task says how it stands."""

    item: Item
    turns_kept: int
    turns_planned: int
    notes: tuple[Progress, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A top section of the plan and what was done below it; the tasks at the top have none."""

    section: Item | None
    deeds: tuple[Deed, ...]
    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A target beside what was reached; ``actual`` is None while nobody knows it."""

    item: Item
    target: Target


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole of a plan as it stands now."""

    plan: Plan
    chapters: tuple[Chapter, ...]
    figures: tuple[Figure, ...]
    open: tuple[Item, ...]
    dropped: tuple[Item, ...]
    blanks: tuple[Item, ...]  # of what is dropped nothing is filled in any more
    carried: dict[int, str]  # an open task → the plan that continues it
    planned: int
    done: int

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.done) / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Brief:
    """One month of a plan: what was done, what is late, what is to come in it and after it."""

    plan: Plan
    month: Period
    finished: tuple[Deed, ...]
    going_on: tuple[Deed, ...]
    stopped: tuple[Deed, ...]  # worked on in the month and by now put off or dropped
    late: tuple[Item, ...]
    pending: tuple[Item, ...]  # due later in the month, where it is not over
    ahead: tuple[Item, ...]


def summary_of(plan: Plan) -> Summary:
    """The plan with its records, in seven queries however long it is."""
    items = list(_with_records(plan, Q(), Q()))
    tasks = [item for item in items if item.is_task]
    kept = [item for item in tasks if item.state != ItemState.DROPPED]
    return Summary(
        plan=plan,
        chapters=tuple(_chapters(items, _evidence(items))),
        figures=tuple(Figure(item, t) for item in items for t in item.targets.all()),
        open=tuple(item for item in tasks if item.is_unfinished),
        dropped=tuple(item for item in tasks if item.state == ItemState.DROPPED),
        blanks=tuple(i for i in items if i.has_blank and i.state != ItemState.DROPPED),
        carried=_carried(plan),
        planned=len(kept),
        done=sum(1 for item in kept if item.state == ItemState.DONE),
    )


def brief_of(plan: Plan, month: Period, today: date) -> Brief:
    """What happened in one month, so far where it is not over, and what the next one brings."""
    said, turned = Q(on__range=(month.start, month.end)), Q(done_on__range=(month.start, month.end))
    items = [item for item in _with_records(plan, said, turned) if item.is_task]
    evidence = _evidence(items)
    deeds = [_deed(item, evidence) for item in items]
    worked_on = [d for d in deeds if (d.notes or d.turns_kept) and not _finished_in(d.item, month)]
    following = _month_after(month)
    open_ = [i for i in items if _was_open(i, month) and i.due_on and i.due_on <= month.end]
    return Brief(
        plan=plan,
        month=month,
        finished=tuple(d for d in deeds if _finished_in(d.item, month)),
        going_on=tuple(d for d in worked_on if d.item.state not in STOPPED),
        stopped=tuple(d for d in worked_on if d.item.state in STOPPED),
        late=tuple(i for i in open_ if i.due_on and i.due_on < today),
        pending=tuple(i for i in open_ if i.due_on and i.due_on >= today),
        ahead=tuple(
            i for i in items if i.is_unfinished and i.due_on and following.contains(i.due_on)
        ),
    )


def _with_records(plan: Plan, notes: Q, turns: Q) -> Iterable[Item]:
    said = Progress.objects.filter(notes).order_by("on", "pk")
    kept = Occurrence.objects.filter(turns)
    return plan.items.select_related("owner", "owner_org").prefetch_related(
        "targets",
        Prefetch("progress_notes", queryset=said, to_attr="said"),
        Prefetch("occurrences", queryset=kept, to_attr="turns"),
    )


def _chapters(items: list[Item], evidence: dict[int, list[str]]) -> Iterator[Chapter]:
    """Tasks by the top section they stand below; a task at the top stands in none."""
    grouped: dict[int, list[Item]] = defaultdict(list)
    sections: dict[int, Item | None] = {0: None}
    current = 0
    for item in items:
        if item.depth == 0:
            current = 0 if item.is_task else item.pk
            sections.setdefault(current, item)
        if item.is_task:
            grouped[current].append(item)
    for key, tasks in grouped.items():
        deeds = (_deed(item, evidence) for item in tasks)
        kept = [item for item in tasks if item.state != ItemState.DROPPED]
        yield Chapter(
            section=sections[key],
            deeds=tuple(
                d for d in deeds if d.item.state == ItemState.DONE or d.notes or d.turns_kept
            ),
            planned=len(kept),
            done=sum(1 for item in kept if item.state == ItemState.DONE),
        )


def _deed(item: Item, evidence: dict[int, list[str]]) -> Deed:
    notes: list[Progress] = item.said  # type: ignore[attr-defined]  # prefetched above
    turns: list[Occurrence] = item.turns  # type: ignore[attr-defined]  # likewise
    return Deed(
        item=item,
        turns_kept=sum(1 for turn in turns if turn.done_on),
        turns_planned=len(turns),
        notes=tuple(notes),
        evidence=tuple(evidence.get(item.pk, ())),
    )


def _evidence(items: list[Item]) -> dict[int, list[str]]:
    """Titles of what is attached to each task or to a note, and of the photos of an activity."""
    kinds = ContentType.objects.get_for_models(Item, Progress)
    of_note = {note.pk: item.pk for item in items for note in item.said}  # type: ignore[attr-defined]  # prefetched
    own = Q(content_type=kinds[Item], object_id__in=[item.pk for item in items])
    noted = Q(content_type=kinds[Progress], object_id__in=list(of_note))
    found: dict[int, list[str]] = defaultdict(list)
    for kind, subject, name in Attachment.objects.filter(own | noted).values_list(
        "content_type_id", "object_id", "name"
    ):
        found[subject if kind == kinds[Item].pk else of_note[subject]].append(name)
    held = {note.activity_id: item.pk for item in items for note in item.said}  # type: ignore[attr-defined]  # likewise
    for activity, words in pictured(held.keys() - {None}).items():
        found[held[activity]].append(words)
    return found


def _carried(plan: Plan) -> dict[int, str]:
    rows = Item.objects.filter(continues__plan=plan).exclude(plan=plan)
    return dict(rows.values_list("continues_id", "plan__title"))


def _finished_in(item: Item, month: Period) -> bool:
    return (
        item.state == ItemState.DONE
        and item.finished_on is not None
        and month.contains(item.finished_on)
    )


def _was_open(item: Item, month: Period) -> bool:
    """Open at the end of the month, as far as the records tell."""
    if item.state == ItemState.DONE:
        return item.finished_on is not None and item.finished_on > month.end
    return item.state in UNFINISHED


def _month_after(month: Period) -> Period:
    first: date = month.end.replace(day=1)
    year, number = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)
    return Period.of_month(year, number)
