"""The member's own pages, for the phone: what is on, signing up, giving a place back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gonghui.core.activities.actions.papers import PAPER, PICTURE
from gonghui.core.activities.forms.activity import CATEGORIES, OUTSIDERS
from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity, State
from gonghui.core.activities.rules import UPCOMING
from gonghui.core.activities.tables import TONES
from gonghui.core.files.store import attach
from gonghui.kit.dates import speak_moment
from gonghui.kit.errors import DomainError

from .actions.choosing import choose
from .actions.inviting import OPEN_ANSWERS, accept, decline
from .actions.pressing import press
from .actions.signing import complete as finish
from .actions.signing import is_over, sign_up, why_held, withdraw
from .forms.signing import ChoiceForm, SignUpForm
from .models import Delegation, Registration
from .queries.meant import admission_words
from .queries.mine import (
    ahead_of,
    been_to,
    items_of,
    offers,
    owes,
    own_registration,
    own_share,
    papers_of,
    partners_of,
    sessions_of,
    shown_to,
    signable,
    standing_items,
)
from .queries.teams import delegations_within
from .sockets import portal_links, portal_parts

MEANT_FOR = (*CATEGORIES, *OUTSIDERS)
GONE = (Registration.Status.WITHDRAWN, Registration.Status.DECLINED)
ASKED = Registration.Status.ASKED
SIGNED = "报上名了。"
STANDING = (Registration.Status.SIGNED, Registration.Status.WAITING)


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What is to come and what I have been to."""
    asker: Any = request
    now = timezone.now()
    context = {
        "offers": offers(asker.actor, now),
        "past": been_to(asker.actor, now),
        "links": [one for one in portal_links if one.shown(asker.actor)],
    }
    return TemplateResponse(request, "signing/portal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity; a tap signs up, unless the organiser asks something.

    Whoever followed a link to what is not theirs is told what to do, and not whether there is one.
    """
    asker: Any = request
    if request.method != "POST":
        try:
            return _page(request, pk)
        except Http404:
            return TemplateResponse(request, "signing/portal_absent.html", status=404)
    if _is_bare(request):
        with suppress(DomainError):  # said by the page, which has to be drawn for it anyway
            if (made := press(pk, by=asker.actor)) is not None:
                messages.success(request, _told(made, SIGNED))
                return redirect("signing:portal-activity", pk)
    shown = signable(asker.actor, pk)
    if not shown.may_sign:  # type: ignore[attr-defined]  # asked with it
        raise Http404
    form = SignUpForm(request.POST, request.FILES, activity=shown)
    return _taken(request, shown, form, lambda: _sign(shown, form, asker.actor))


def _is_bare(request: HttpRequest) -> bool:
    """Nothing was filled in: most presses of a rush are like that."""
    return not request.FILES and request.POST.keys() <= {"csrfmiddlewaretoken"}


def _taken(
    request: HttpRequest,
    shown: Activity,
    form: SignUpForm,
    act: Callable[[], str],
) -> HttpResponse:
    """Do it, or show the page again with everything that was filled in."""
    if form.is_valid():
        try:
            messages.success(request, act())
            return redirect("signing:portal-activity", shown.pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    return _page(request, shown.pk, form)


def _page(request: HttpRequest, pk: int, form: SignUpForm | None = None) -> HttpResponse:
    asker: Any = request
    shown: Any = shown_to(asker.actor, pk)
    mine = own_registration(shown, asker.actor)
    ahead = not is_over(shown)
    stands = mine is not None and mine.status in STANDING and ahead
    asks = mine is not None and mine.status == ASKED and ahead
    stays = why_held(mine) if stands and mine is not None else ""
    owing = stands and mine is not None and owes(mine)
    share = own_share(shown, asker.actor)
    is_full = shown.seats_left == 0 or (share is not None and share.seats_left == 0)
    context = _notice(shown) | {
        "mine": mine,
        "ahead": ahead_of(mine) if mine else 0,
        "form": form or _form(shown, asker.actor, later=owing),
        "may_sign": _may_sign(shown, mine),
        "may_answer": mine is not None and mine.status in OPEN_ANSWERS and shown.state in UPCOMING,
        "owes": owing,
        "share": share,
        "is_full": is_full,
        "sign_label": "报名候补" if is_full else "报名",
        "may_withdraw": (stands and _may_withdraw(shown, mine) and not stays) or asks,
        "items": standing_items(mine) if mine else (),
        "choice": _choice(shown, mine) if stands else None,
        "stays": stays,
        "may_lead": shown.may_lead,
        "teams": _led_teams(shown, asker.actor) if shown.leads_team else (),
        "closed_words": _closed_words(shown),
        "over_words": _over_words(shown),
        "parts": _parts(shown, mine, asker.actor),
    }
    status = 422 if form is not None else 200
    return TemplateResponse(request, "signing/portal_activity.html", context, status=status)


def _notice(shown: Any) -> dict[str, Any]:
    """What the notice says, with its documents and the picture that heads it."""
    found, meant = papers_of(shown), {*shown.categories, *shown.outsiders}
    return {
        "activity": shown,
        "kind": kinds[shown.kind],
        "tone": TONES[State(shown.state)],
        "sessions": sessions_of(shown),
        "without_rooms": not shown.has_rooms,
        "partners": partners_of(shown),
        "meant_for": [label for code, label in MEANT_FOR if code in meant],
        "admission": admission_words(shown),
        "papers": [one for one in found if one.role == PAPER],
        "picture": next((one for one in found if one.role == PICTURE), None),
    }


def _form(shown: Activity, actor: Any, *, later: bool) -> SignUpForm:
    """What the record knows of the person is filled in already."""
    known = {"category": actor.person.category} if actor.person else {}
    return SignUpForm(activity=shown, later=later, initial=known)


def _may_withdraw(shown: Activity, mine: Registration | None) -> bool:
    """A turn in the line may be given up after the deadline too."""
    if mine is None:
        return False
    late = shown.withdraw_by is not None and timezone.now() > shown.withdraw_by
    return not late or mine.status == Registration.Status.WAITING


def _choice(shown: Any, mine: Any) -> ChoiceForm | None:
    """Where one may have several items: which ones, to be changed."""
    if not shown.has_groups or shown.items_allowed == 1:
        return None
    return ChoiceForm(activity=shown, held=[one.quota_id for one in items_of(mine)])


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """My place goes to whoever waits first."""
    asker: Any = request
    shown = signable(asker.actor, pk)
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
def choose_items(request: HttpRequest, pk: int) -> HttpResponse:
    """Other items than I have; a full one is waited for, one that is given up goes to others."""
    asker: Any = request
    shown = signable(asker.actor, pk)
    mine = own_registration(shown, asker.actor)
    if mine is None or mine.status not in STANDING:
        raise Http404
    form = ChoiceForm(request.POST, activity=shown)
    try:
        if form.is_valid():
            choose(mine, form.quotas(), by=asker.actor)
            messages.success(request, "已改好。")
        else:
            messages.error(request, "所选的已经不在了，请重新选。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:portal-activity", pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no to an invitation, in one tap; a question of the organiser is answered first."""
    asker: Any = request
    shown = signable(asker.actor, pk)
    mine = own_registration(shown, asker.actor)
    if mine is None or mine.status not in OPEN_ANSWERS:
        raise Http404
    if request.POST.get("comes") == "no":
        return _declined(request, mine)
    form = SignUpForm(request.POST, request.FILES, activity=shown)
    return _taken(request, shown, form, lambda: _accept(mine, form, asker.actor))


def _declined(request: HttpRequest, mine: Registration) -> HttpResponse:
    asker: Any = request
    try:
        decline(mine, by=asker.actor)
        messages.success(request, "已告诉组织者您不参加。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:portal-activity", mine.activity_id)


@transaction.atomic
def _accept(mine: Registration, form: SignUpForm, actor: Any) -> str:
    made = accept(mine, by=actor, said=form.signing(actor.person))
    _keep_papers(made, form, actor)
    return _told(made, "已接受邀请。")


@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was signed up by their leader agrees to the notice and answers the questions."""
    asker: Any = request
    shown = signable(asker.actor, pk)
    mine = own_registration(shown, asker.actor)
    if mine is None or mine.status not in STANDING or is_over(shown):
        raise Http404
    form = SignUpForm(request.POST, request.FILES, activity=shown, later=True)
    return _taken(request, shown, form, lambda: _complete(mine, form, asker.actor))


@transaction.atomic
def _complete(mine: Registration, form: SignUpForm, actor: Any) -> str:
    consented = bool(form.cleaned_data.get("consented"))
    _keep_papers(finish(mine, form.answers(), by=actor, consented=consented), form, actor)
    return "已补填。"


def _parts(
    shown: Activity, mine: Registration | None, actor: Any
) -> list[tuple[str, dict[str, Any]]]:
    """What others add to the page: a code for the door, a question how it was."""
    found = ((part.template, part.context(shown, mine, actor)) for part in portal_parts)
    return [(template, context) for template, context in found if context is not None]


def _led_teams(shown: Activity, actor: Any) -> QuerySet[Delegation]:
    return delegations_within(actor, "edit").filter(activity=shown, leader=actor.person)


def _may_sign(shown: Any, mine: Registration | None) -> bool:
    if mine is not None and mine.status not in (*GONE, Registration.Status.INVITED):
        return False
    return _is_open_now(shown) and shown.may_sign


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
    return words.get(State(shown.state)) or _over_words(shown) or "报名已经截止。"


def _over_words(shown: Activity) -> str:
    """To who has a place or waits for one: that it is over, or will not be."""
    if not is_over(shown):
        return ""
    return "活动已取消，不用来了。" if shown.state == State.CANCELLED else "活动已经结束。"


def _sign(shown: Activity, form: SignUpForm, actor: Any) -> str:
    signing = form.signing(actor.person)
    # Together with papers it is one transaction; in a rush there are none, and two cost more.
    with transaction.atomic() if form.papers() else nullcontext():
        (made,) = sign_up(shown, [signing], by=actor)
        _keep_papers(made, form, actor)
    return _told(made, SIGNED)


def _keep_papers(made: Registration, form: SignUpForm, actor: Any) -> None:
    """A paper that cannot be taken takes the whole back: nobody is signed up by halves."""
    for label, file in form.papers():
        attach(made, file, name=file.name or label, by=actor, role="answer")


def _told(made: Registration, words: str) -> str:
    if made.status == ASKED:
        return "已请负责人同意，答复后会通知您。"
    if made.status == Registration.Status.WAITING:
        return "名额已满，您进入候补。"  # the page it leads to says how many are ahead
    return words


urlpatterns: list[URLPattern] = [
    path("portal/", activities, name="portal-list"),
    path("portal/<int:pk>/", activity, name="portal-activity"),
    path("portal/<int:pk>/answer/", answer, name="portal-answer"),
    path("portal/<int:pk>/items/", choose_items, name="portal-items"),
    path("portal/<int:pk>/complete/", complete, name="portal-complete"),
    path("portal/<int:pk>/withdraw/", give_back, name="portal-withdraw"),
]
