"""Reading a piece: one's own, or another's as they show it, with thanks and comments."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attachments_of
from gonghui.kit.errors import DomainError

from ..actions.space import comment, drop_comment, hide_comment, thank
from ..flow import LIFE
from ..forms.pieces import ShownForm
from ..forms.space import CommentForm, HideForm
from ..models import Comment, Piece
from ..queries.gathered import amount_of
from ..queries.pieces import visible
from ..queries.space import comments_of, has_thanked, with_echo
from ..rules import PIECE_RULES
from .home import actor_of

OWN_STEPS = ("write", "hand_in", "recall", "reopen", "discard", "restore")


def read_piece(
    request: HttpRequest, pk: int, actor: Actor, said: CommentForm | None = None
) -> HttpResponse:
    """The page to read on; what the reader may do depends on whose it is and who sees it."""
    rows = with_echo(visible(actor)).annotate(is_thanked=has_thanked(actor))
    shown: Any = get_object_or_404(rows, pk=pk)
    is_own = actor.person is not None and shown.person_id == actor.person.pk
    steps = [s for s in LIFE.open_to(actor, shown) if s.name in OWN_STEPS] if is_own else []
    is_shared = PIECE_RULES["share"].allows(actor, shown)
    context = {
        "piece": shown,
        "is_own": is_own,
        "amount": amount_of(shown),
        "papers": list(attachments_of(shown)),
        "steps": steps,
        "shown_form": ShownForm(initial={"shown": shown.shown_to}) if shown.is_counting else None,
        "is_shared": is_shared,
        "comments": comments_of(shown, actor) if is_shared else [],
        "comment_form": said or CommentForm(),
        "may_moderate": is_shared and PIECE_RULES["moderate"].allows(actor, shown),
        "me": actor.person.pk if actor.person else 0,
        "back": reverse("archive:mine" if is_own else "archive:space"),
    }
    status = 422 if said is not None else 200
    return TemplateResponse(request, "archive/read.html", context, status=status)


@require_safe
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody shows; one's own opens as one's own."""
    return read_piece(request, pk, actor_of(request))


@require_POST
def give_thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap thanks, another takes it back."""
    actor = actor_of(request)
    try:
        thank(_shared(actor, pk), by=actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("archive:shown", pk)


@require_POST
def give_comment(request: HttpRequest, pk: int) -> HttpResponse:
    actor, form = actor_of(request), CommentForm(request.POST)
    found = _shared(actor, pk)
    if not form.is_valid():
        return read_piece(request, pk, actor, form)
    try:
        comment(found, form.cleaned_data["words"], by=actor)
    except DomainError as error:
        form.add_error(None, error.sentence)
        return read_piece(request, pk, actor, form)
    return redirect("archive:shown", pk)


@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """The union takes a comment out of sight, with a reason."""
    actor = actor_of(request)
    held = PIECE_RULES["moderate"].narrow(Piece.objects.all(), actor).order_by().values("pk")
    found = get_object_or_404(Comment.objects.filter(piece__in=held), pk=pk)
    form = HideForm(request.POST)
    if form.is_valid():
        hide_comment(found, by=actor, **form.cleaned_data)
        messages.success(request, "评论已隐藏，写评论的人能看到原因。")
    else:
        messages.error(request, "请写明为什么隐藏。")
    return redirect("archive:shown", found.piece_id)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever said it may unsay it."""
    actor = actor_of(request)
    found = get_object_or_404(Comment.objects.filter(person=actor.person), pk=pk)
    piece = found.piece_id
    drop_comment(found, by=actor)
    if visible(actor).filter(pk=piece).exists():
        return redirect("archive:shown", piece)
    return redirect("archive:space")


def _shared(actor: Actor, pk: int) -> Piece:
    return get_object_or_404(PIECE_RULES["share"].narrow(Piece.objects.all(), actor), pk=pk)


urlpatterns: list[URLPattern] = [
    path("space/<int:pk>/", shown, name="shown"),
    path("space/<int:pk>/thank/", give_thanks, name="thank"),
    path("space/<int:pk>/comment/", give_comment, name="comment"),
    path("space/comment/<int:pk>/hide/", hide, name="comment-hide"),
    path("space/comment/<int:pk>/drop/", take_back, name="comment-drop"),
]
