"""What the page of a task shows: its words, figures, turns, notes, phases, where it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment
from gonghui.kit.rules import may

from ..forms.tasks import ProgressForm, TurnForm
from ..models import Directive, DirectiveState, Item, ItemState, Occurrence, Progress
from ..queries import words
from ..queries.passing import received_as
from ..rules import DIRECTIVE_RULES, ITEM_RULES
from .figures import figures_of

MOST_NOTES = 50
MOST_TURNS = 60
MOST_PHASES = 12
MOST_UNITS = 50
MOST_BELOW = 200


@dataclass
class Note:
    """A progress note with its files."""

    progress: Progress
    files: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    occurrence: Occurrence
    word: str
    tone: str


def task_panel(item: Item, request: Any) -> dict[str, Any]:
    """Everything of the page's left side; the number of queries does not grow with the notes."""
    actor, today = request.actor, timezone.localdate()
    may_work = item.plan.is_open and may("work", ITEM_RULES, actor, item)
    wrong = getattr(request, "wrong_forms", {})
    turns = list(item.occurrences.order_by("due_on", "serial")) if _has(item, "occurrences") else []
    item.turns = len(turns)  # type: ignore[attr-defined]  # see queries/words.py
    item.turns_done = sum(turn.done_on is not None for turn in turns)  # type: ignore[attr-defined]  # likewise
    open_turns = any(turn.done_on is None for turn in turns)
    return {
        "item": item,
        "state": words.state_of(item, today),
        "facts": list(_facts(item, today)),
        "above": item.parent,
        "figures": figures_of(item, request, may_work=may_work, wrong=wrong),
        "turns": [_turn(turn, today) for turn in turns[:MOST_TURNS]],
        "turns_left": max(0, len(turns) - MOST_TURNS),
        "turn_form": _turn_form(item, wrong) if may_work and open_turns else None,
        "notes": _notes(item) if _has(item, "progress_notes") else [],
        "note_form": (wrong.get("progress") or ProgressForm()) if may_work else None,
        "phases": _phases(item, actor),
        "sent": _sent(item, actor) if _has(item, "directives") else [],
        "from_above": received_as(item) if _has(item, "directive") else None,
        "below": _below(item, actor, today) if _has(item, "children") else [],
    }


def _has(item: Item, part: str) -> bool:
    """Whether it is worth asking for the part; see ``queries.views.whole``."""
    return bool(item.__dict__.get(f"has_{part}", True))


def to_report(item: Item, actor: Actor) -> Directive | None:
    """What the upper union still waits to hear of, where the actor may tell it."""
    if not _has(item, "directive"):
        return None
    rows = DIRECTIVE_RULES["receive"].narrow(Directive.objects.filter(accepted_as=item), actor)
    awaited = (DirectiveState.ACCEPTED, DirectiveState.RETURNED)
    return rows.filter(state__in=awaited).first()


def _facts(item: Item, today: date) -> Iterator[tuple[str, Any]]:
    yield "计划", item.plan
    if item.is_task:
        yield "时间", words.time_of(item)
        yield "到期", f"{item.due_on:%Y-%m-%d}" if item.due_on else words.UNDATED
    helpers = list(map(str, item.helpers.all())) if _has(item, "helpers") else []
    helpers += list(map(str, item.helper_orgs.all())) if _has(item, "helper_orgs") else []
    optional = (
        ("责任人", item.owner),
        ("责任组织", item.owner_org),
        ("计划所写责任", item.owner_words),
        ("协助", "、".join(helpers)),
        ("工作方面", item.get_area_display() if item.area else ""),
        ("完成日期", f"{item.finished_on:%Y-%m-%d}" if item.finished_on else ""),
        ("推迟到" if item.state == ItemState.PUT_OFF else "", words.due_of(item, today)),
        ("原因", item.reason),
    )
    yield from ((label, value) for label, value in optional if label and value)


def _turn(turn: Occurrence, today: date) -> Turn:
    if turn.done_on:
        return Turn(turn, "已完成", "done")
    if turn.due_on < today:
        return Turn(turn, "已逾期", "late")
    return Turn(turn, "本期" if turn.starts_on <= today else "未到", "plain")


def _turn_form(item: Item, wrong: dict[str, Any]) -> Any:
    return wrong.get("turns") or TurnForm(item=item)


def _notes(item: Item) -> list[Note]:
    """The newest notes with their files, by two queries."""
    rows = item.progress_notes.select_related("by", "occurrence")[:MOST_NOTES]
    notes = {note.pk: Note(note) for note in rows}
    kind = ContentType.objects.get_for_model(Progress)
    files = Attachment.objects.filter(content_type=kind, object_id__in=list(notes))
    for file in files:
        notes[file.object_id].files.append(file)
    return list(notes.values())


def _phases(item: Item, actor: Actor) -> list[Item]:
    """One matter in several steps (R-417), in order, as far as the actor may see them."""
    if not item.continues_id and not _has(item, "continued_by"):
        return []
    rows = ITEM_RULES["view"].narrow(Item.objects.select_related("plan"), actor)
    found, at = [item], item
    while at.continues_id and len(found) < MOST_PHASES:
        earlier = rows.filter(pk=at.continues_id).first()
        if earlier is None or earlier in found:
            break
        found.insert(0, earlier)
        at = earlier
    level = [item.pk]
    while level and len(found) < MOST_PHASES:
        later = [one for one in rows.filter(continues__in=level) if one not in found]
        found += later[: MOST_PHASES - len(found)]
        level = [one.pk for one in later]
    return found if len(found) > 1 else []


def _sent(item: Item, actor: Actor) -> list[Directive]:
    rows = DIRECTIVE_RULES["view"].narrow(Directive.objects.filter(item=item), actor)
    return list(rows.select_related("org").order_by("org__path")[:MOST_UNITS])


def _below(item: Item, actor: Actor, today: date) -> list[tuple[Item, str, str]]:
    """What a heading consists of."""
    rows = ITEM_RULES["view"].narrow(Item.objects.filter(parent=item), actor)
    dressed = rows.select_related("plan").prefetch_related("targets").order_by("position")
    return [(one, *words.state_of(one, today)) for one in dressed[:MOST_BELOW]]
