"""The member's own pages, for the phone: my tasks, and a word on how one of them goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach_all
from gonghui.kit.errors import DomainError

from .actions import keep_turn, note_progress
from .flow import TASK_LIFE
from .forms.portal import NoteForm
from .models import Item, ItemState, Occurrence
from .queries.desk import short
from .queries.portal import done_by, member_tasks, notes_of, open_turn, portal_of, published_to
from .queries.words import state_of, targets_of
from .rules import ITEM_RULES


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What I have to do, what I have done, and the plans of my unions."""
    asker: Any = request
    today = timezone.localdate()
    context = {
        "portal": portal_of(asker.actor, today),
        "done": done_by(asker.actor, today),
        "plans": published_to(asker.actor, today),
    }
    return TemplateResponse(request, "plans/portal_tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task; whoever works on it says here how it goes."""
    asker: Any = request
    item = get_object_or_404(member_tasks(asker.actor), pk=pk)
    may_work = item.is_unfinished and ITEM_RULES["work"].allows(asker.actor, item)
    turn = open_turn(item)
    posted = request.method == "POST"
    if posted and not may_work:
        raise Http404
    form = _form(request, item, turn)
    if posted and form.is_valid():
        try:
            note(item, turn, form.cleaned_data, by=asker.actor)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "已记下，计划里看得到。")
            return redirect("plans:portal-task", pk=pk)
    context = {
        "item": item,
        "title": short(item.text),
        "above": _above(item),
        "turn": turn,
        "targets": targets_of(item),
        "notes": notes_of(item),
        "state": state_of(item, timezone.localdate()),
        "draft": f"task-{pk}",
        "form": form if may_work else None,
    }
    return TemplateResponse(
        request, "plans/portal_task.html", context, status=422 if posted else 200
    )


@transaction.atomic
def note(item: Item, turn: Occurrence | None, said: dict[str, Any], *, by: Actor) -> None:
    """Note it; a first word begins the task, the last one ends it. All of it or nothing."""
    words = {"on": said["on"], "text": said["text"], "by": by}
    if turn and said["is_done"]:
        is_last = keep_turn(turn, **words)
        attach_all(turn.progress_notes.latest("pk"), said["proof"], by=by)
        if is_last:
            TASK_LIFE.perform(item, "finish", by=by, on=said["on"])
            return
    else:
        note_progress(item, occurrence=turn, files=said["proof"], **words)
        if said["is_done"]:
            TASK_LIFE.perform(item, "finish", by=by, on=said["on"])
            return
    if item.state in (ItemState.NOT_STARTED, ItemState.PUT_OFF):
        TASK_LIFE.perform(item, "start", by=by)


def _form(request: HttpRequest, item: Item, turn: Occurrence | None) -> NoteForm:
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    label = f"本期（{turn}）办完了" if turn else ""
    return NoteForm(*given, done_label=label)


def _above(item: Item) -> list[str]:
    """The headings a task stands below, from the top."""
    found: list[str] = []
    above = item.parent
    while above is not None and len(found) < 3:
        found.insert(0, str(above))
        above = above.parent
    return found


urlpatterns: list[URLPattern] = [
    path("portal/", tasks, name="portal-tasks"),
    path("portal/<int:pk>/", task, name="portal-task"),
]
