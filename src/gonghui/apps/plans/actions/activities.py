"""An activity carries out a task: it is noted there when its record is finished, with the record as
proof, and taken back when the record is opened again.
"""

from __future__ import annotations

from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.carrying import set_carried_out
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.queries.roll import came_count
from gonghui.core.files.store import attach, attachments_of
from gonghui.core.history.trail import VERBS, record
from gonghui.core.records.papers.record import record_paper
from gonghui.core.records.queries.record import record_of
from gonghui.kit.errors import DomainError

from ..models import Item, Occurrence, Progress
from .items import held, keep_turn, note_progress

VERBS |= {"unprogress": "撤回活动进展"}


@transaction.atomic
def tie_activity(activity: Activity, item: Item | None, *, by: Actor) -> Activity:
    """Say which task an activity carries out; nothing takes the tie away."""
    if item is not None:
        if not item.is_task:
            raise DomainError("请选一项任务，不是章节或说明。")
        held(item)
    return set_carried_out(activity, item, by=by)


@transaction.atomic
def note_activity(activity: Activity, item: Item, *, by: Actor) -> Progress:
    """Note on the task what was done, on which day, with the record attached.

    The turn in whose days it took place is kept by it. Whether the task is done with that its
    owner says; the figures it promised are counted and not guessed.
    """
    day, text = _day(activity), _words(activity)
    turn = _turn(item, day)
    if turn is None:
        note = note_progress(item, on=day, text=text, by=by)
    else:
        keep_turn(turn, on=day, text=text, by=by)
        note = turn.progress_notes.latest("pk")
    note.activity = activity
    note.save(update_fields=["activity"])
    name = f"{activity.title}记录.pdf"
    attach(note, ContentFile(record_paper(activity), name=name), name=name, by=by)
    return note


@transaction.atomic
def withdraw_activity(activity: Activity, *, by: Actor) -> None:
    """The record is open again: its note goes with its paper, and the turn it kept is open."""
    for note in Progress.objects.filter(activity=activity).select_related("item", "occurrence"):
        for paper in attachments_of(note):
            stored = paper.file
            paper.delete()
            transaction.on_commit(lambda gone=stored: gone.delete(save=False))  # type: ignore[misc]
        if note.occurrence:
            _open_again(note.item, note.occurrence)
        record(note.item, "unprogress", by=by, changes={"on": note.on, "note": note.text})
        note.delete()


def _open_again(item: Item, turn: Occurrence) -> None:
    turn.done_on = None
    turn.save(update_fields=["done_on"])
    first = item.occurrences.filter(done_on=None).order_by("due_on", "serial").first()
    if first:
        item.starts_on, item.due_on = first.starts_on, first.due_on
        item.save(update_fields=["starts_on", "due_on"])


def _turn(item: Item, day: date) -> Occurrence | None:
    open_then = item.occurrences.filter(done_on=None, starts_on__lte=day, due_on__gte=day)
    return open_then.order_by("due_on", "serial").first()


def _day(activity: Activity) -> date:
    return timezone.localdate(activity.ends_at) if activity.ends_at else timezone.localdate()


def _words(activity: Activity) -> str:
    """What the task is told, from the record alone."""
    gains = record_of(activity).gains.strip()
    return f"举办“{activity.title}”，到场 {came_count(activity)} 人。{gains}"
