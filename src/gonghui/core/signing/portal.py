"""The member's own pages, for the phone: what is on, signing up, giving a place back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity, State
from gonghui.core.activities.rules import ACTIVITY_RULES, UPCOMING
from gonghui.core.activities.tables import TONES
from gonghui.core.files.store import attach
from gonghui.kit.dates import speak_moment
from gonghui.kit.errors import DomainError

from .actions.inviting import OPEN_ANSWERS, accept, decline
from .actions.signing import Signing, sign_up, withdraw
from .forms.signing import SignUpForm
from .models import Registration
from .queries.mine import ahead_of, been_to, offers, open_to, own_registration
from .sockets import portal_parts

GONE = (Registration.Status.WITHDRAWN, Registration.Status.DECLINED)


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What is to come and what I have been to."""
    asker: Any = request
    now = timezone.now()
    context = {"offers": offers(asker.actor, now), "past": been_to(asker.actor, now)}
    return TemplateResponse(request, "signing/portal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity; a tap signs up, unless the organiser asks something."""
    asker: Any = request
    shown = get_object_or_404(open_to(asker.actor).select_related("org", "organiser"), pk=pk)
    mine = own_registration(shown, asker.actor)
    may_sign = _may_sign(shown, mine, asker.actor)
    posted = request.method == "POST"
    if posted and not may_sign:
        raise Http404
    given = (request.POST, request.FILES) if posted else (None, None)
    form = SignUpForm(*given, activity=shown)
    if posted and form.is_valid():
        try:
            messages.success(request, _sign(shown, form, asker.actor))
            return redirect("signing:portal-activity", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {
        "activity": shown,
        "kind": kinds[shown.kind],
        "tone": TONES[State(shown.state)],
        "sessions": shown.sessions.prefetch_related("resources"),
        "mine": mine,
        "ahead": ahead_of(mine) if mine else 0,
        "form": form,
        "may_sign": may_sign,
        "may_answer": mine is not None and mine.status in OPEN_ANSWERS and shown.state in UPCOMING,
        "sign_label": "报名" if shown.seats_left != 0 else "报名候补",
        "may_withdraw": not (shown.withdraw_by and timezone.now() > shown.withdraw_by),
        "closed_words": _closed_words(shown),
        "parts": _parts(shown, mine, asker.actor),
    }
    return TemplateResponse(
        request, "signing/portal_activity.html", context, status=422 if posted else 200
    )


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """My place goes to whoever waits first."""
    asker: Any = request
    shown = get_object_or_404(open_to(asker.actor), pk=pk)
    mine = own_registration(shown, asker.actor)
    if mine is None:
        raise Http404
    try:
        withdraw(mine, by=asker.actor)
        messages.success(request, "已退出，名额会让给候补的人。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:portal-activity", pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no to an invitation, in one tap; a question of the organiser is answered first."""
    asker: Any = request
    shown = get_object_or_404(open_to(asker.actor), pk=pk)
    mine = own_registration(shown, asker.actor)
    if mine is None or mine.status not in OPEN_ANSWERS:
        raise Http404
    try:
        messages.success(request, _answered(request, shown, mine, asker.actor))
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:portal-activity", pk)


def _answered(request: HttpRequest, shown: Activity, mine: Registration, actor: Any) -> str:
    if request.POST.get("comes") == "no":
        decline(mine, by=actor)
        return "已告诉组织者您不参加。"
    form = SignUpForm(request.POST, request.FILES, activity=shown)
    if not form.is_valid():
        raise DomainError("还有没填的，请填好再接受。")
    said = form.cleaned_data
    consented = bool(said.get("consented"))
    made = accept(mine, by=actor, answers=form.answers(), consented=consented)
    for file in form.papers():
        attach(made, file, name=file.name or "附件", by=actor, role="answer")
    if made.status == Registration.Status.WAITING:
        return f"名额已满，您进入候补，前面还有 {ahead_of(made)} 人。"
    return "已接受邀请。"


def _parts(
    shown: Activity, mine: Registration | None, actor: Any
) -> list[tuple[str, dict[str, Any]]]:
    """What others add to the page: a code for the door, a question how it was."""
    found = ((part.template, part.context(shown, mine, actor)) for part in portal_parts)
    return [(template, context) for template, context in found if context is not None]


def _may_sign(shown: Activity, mine: Registration | None, actor: Any) -> bool:
    if mine is not None and mine.status not in (*GONE, Registration.Status.INVITED):
        return False
    return _is_open_now(shown) and ACTIVITY_RULES["sign"].allows(actor, shown)


def _is_open_now(shown: Activity) -> bool:
    now = timezone.now()
    begun = shown.opens_at is None or shown.opens_at <= now
    return shown.state == State.OPEN and begun and not (shown.closes_at and shown.closes_at < now)


def _closed_words(shown: Activity) -> str:
    now = timezone.now()
    if shown.state == State.OPEN and shown.opens_at and shown.opens_at > now:
        return f"{speak_moment(timezone.localtime(shown.opens_at), timezone.localtime())}开始报名。"
    words = {
        State.ANNOUNCED: "还没有开放报名，请留意通知。",
        State.POSTPONED: "活动延期，新的时间会另行通知。",
        State.CANCELLED: "活动已取消。",
    }
    return words.get(State(shown.state), "报名已经截止。")


def _sign(shown: Activity, form: SignUpForm, actor: Any) -> str:
    said = form.cleaned_data
    signing = Signing(
        actor.person,
        quota=said.get("quota"),
        category=said.get("category", ""),
        companions=len(said.get("companions", ())),
        companion_names=said.get("companions", ()),
        answers=form.answers(),
        consented=bool(said.get("consented")),
    )
    (made,) = sign_up(shown, [signing], by=actor)
    for file in form.papers():
        attach(made, file, name=file.name or "附件", by=actor, role="answer")
    if made.status == Registration.Status.WAITING:
        return f"名额已满，您进入候补，前面还有 {ahead_of(made)} 人。"
    return "报上名了。"


urlpatterns: list[URLPattern] = [
    path("portal/", activities, name="portal-list"),
    path("portal/<int:pk>/", activity, name="portal-activity"),
    path("portal/<int:pk>/answer/", answer, name="portal-answer"),
    path("portal/<int:pk>/withdraw/", give_back, name="portal-withdraw"),
]
