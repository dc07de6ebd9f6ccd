"""Writing a piece on the phone: kept as one types, with photos of the page; nothing is lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attachments_of
from gonghui.kit.errors import DomainError

from ..actions.pieces import add_papers, drop_paper, keep_draft, new_pen, settle_aside, show_to
from ..engine.merging import Meeting
from ..engine.sorts import CONFIRMED
from ..flow import LIFE
from ..forms.pieces import PieceForm, ShownForm
from ..models import Piece, State
from ..queries.pieces import own_pieces
from .home import actor_of
from .reading import read_piece

KEPT_ASIDE = "别处有更新的内容，这里写的已另存在下面，没有丢，也没有盖掉别的。"


def _own(actor: Actor, pk: int) -> Piece:
    return get_object_or_404(own_pieces(actor).select_related("org", "confirmed_by"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own piece: the page to write on while it may change, to read afterwards."""
    actor = actor_of(request)
    mine = own_pieces(actor).select_related("org", "confirmed_by").filter(pk=pk).first()
    if mine is None or not mine.is_changing:
        if request.method == "POST" and mine is None:
            raise Http404
        return read_piece(request, pk, actor)
    if request.method != "POST":
        return _page(request, mine, PieceForm(instance=mine, pen=new_pen()))
    form = PieceForm(request.POST, request.FILES, instance=_own(actor, pk))
    if not form.is_valid():
        keep_draft(mine, form.came, by=actor)  # what is right is kept, whatever is wrong beside it
        return _page(request, _own(actor, pk), form, status=422)
    return _saved(request, mine, form, actor)


def _saved(request: HttpRequest, mine: Piece, form: PieceForm, actor: Actor) -> HttpResponse:
    """Keep it, and take the step whose button was pressed."""
    try:
        meeting = keep_draft(mine, form.came, facts=form.facts, by=actor)
        if form.cleaned_data["pictures"]:
            add_papers(mine, form.cleaned_data["pictures"], by=actor)
        step = request.POST.get("act", "")
        if meeting is Meeting.ASIDE:
            messages.warning(request, KEPT_ASIDE)
        elif step in ("write", "hand_in"):
            LIFE.perform(mine, step, by=actor)
            messages.success(request, "已记入档案。" if step == "write" else "已交工会确认。")
            return redirect("archive:mine")
        else:
            messages.success(request, "草稿已保存。")
    except DomainError as error:
        form.add_error(None, error.sentence)
        return _page(request, _own(actor, mine.pk), form, status=422)
    return redirect("archive:my-piece", mine.pk)


def _page(request: HttpRequest, mine: Piece, form: PieceForm, status: int = 200) -> HttpResponse:
    if form.is_bound:  # the words are kept by now: this page goes on from there with a new pen
        form.begins_anew(mine.version, new_pen())
    context = {
        "piece": mine,
        "form": form,
        "papers": list(attachments_of(mine)),
        "hands_in": mine.kind in CONFIRMED,
    }
    return TemplateResponse(request, "archive/write.html", context, status=status)


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed, every few seconds and on leaving; also what a phone kept without a network."""
    actor = actor_of(request)
    mine = _own(actor, pk)
    form = PieceForm(request.POST, instance=_own(actor, pk))
    form.is_valid()
    meeting = keep_draft(mine, form.came, facts=form.facts, by=actor)
    context = {"at": timezone.localtime(), "meeting": meeting.value}
    answer = TemplateResponse(request, "archive/_kept.html", context)
    answer["X-Kept"] = meeting.value
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A step of one's own piece; GET asks whether one is sure, for who has no script."""
    actor = actor_of(request)
    mine = get_object_or_404(Piece.objects.filter(person=actor.person), pk=pk)
    taken = next((one for one in LIFE.open_to(actor, mine) if one.name == step), None)
    if taken is None or taken.form is not None:
        raise Http404
    if request.method != "POST":
        context = {"piece": mine, "step": taken}
        return TemplateResponse(request, "archive/step.html", context)
    try:
        LIFE.perform(mine, step, by=actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    if taken.target == State.DISCARDED:
        return redirect("archive:mine")
    return redirect("archive:my-piece", pk)


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to more or fewer people; it takes effect at once."""
    actor = actor_of(request)
    mine, form = _own(actor, pk), ShownForm(request.POST)
    if form.is_valid():
        try:
            shown = show_to(mine, form.cleaned_data["shown"], by=actor)
            messages.success(request, f"现在给{shown.get_shown_to_display()}看。")
        except DomainError as error:
            messages.error(request, error.sentence)
    return redirect("archive:my-piece", pk)


@require_POST
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """What was kept aside is taken, joined or thrown away."""
    actor = actor_of(request)
    settle_aside(_own(actor, pk), request.POST.get("choice", ""), by=actor)
    return redirect("archive:my-piece", pk)


@require_POST
def drop(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a photo or a paper out of a draft."""
    actor = actor_of(request)
    mine = _own(actor, pk)
    found: Any = get_object_or_404(attachments_of(mine), pk=file)
    try:
        drop_paper(mine, found, by=actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("archive:my-piece", pk)


urlpatterns: list[URLPattern] = [
    path("my/<int:pk>/", piece, name="my-piece"),
    path("my/<int:pk>/keep/", keep, name="my-keep"),
    path("my/<int:pk>/show/", show, name="my-show"),
    path("my/<int:pk>/aside/", aside, name="my-aside"),
    path("my/<int:pk>/do/<slug:step>/", step, name="my-step"),
    path("my/<int:pk>/paper/<int:file>/drop/", drop, name="my-paper-drop"),
]
