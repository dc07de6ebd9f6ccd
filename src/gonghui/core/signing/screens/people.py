"""The list of an activity: who has a place, who waits; people are signed up and taken out here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gonghui.core.activities.models import State
from gonghui.core.activities.queries.reach import within
from gonghui.core.screens.downloads import sent
from gonghui.kit.errors import DomainError

from ..actions.admitting import admit, turn_away
from ..actions.choosing import choose
from ..actions.signing import is_over, sign_up, withdraw
from ..forms.signing import ChoiceForm, GroupForm
from ..models import Registration
from ..queries.reach import papers_within, registrations_within
from ..queries.roll import asking, dress, seated, waiting
from ..rules import REGISTRATION_RULES
from ..sockets import ways

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a place; a unit's leader signs up several of theirs."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "lead"), pk=pk)
    seen = REGISTRATION_RULES["view"]
    posted = request.method == "POST"
    form = GroupForm(request.POST if posted else None, activity=activity, actor=asker.actor)
    if posted and form.is_valid():
        try:
            made = sign_up(activity, form.signings(), by=asker.actor, later=True)
            messages.success(request, _said(made))
            return redirect("signing:people", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    rows = seen.narrow(seated(activity), asker.actor)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    line = list(seen.narrow(waiting(activity), asker.actor))
    asked = list(seen.narrow(asking(activity), asker.actor))
    dress(activity, [*page.object_list, *line, *asked], asker.actor)
    context = {
        "activity": activity,
        "page": page,
        "waiting": line,
        "asking": asked,
        "may_admit": bool(asked) and REGISTRATION_RULES["admit"].allows(asker.actor, asked[0]),
        "has_groups": activity.quotas.exclude(name="").exists(),
        "is_ahead": not is_over(activity),
        "form": form if activity.state == State.OPEN else None,
        "ways": [(way.label, way.url(activity)) for way in ways],
    }
    return TemplateResponse(request, "signing/people.html", context, status=422 if posted else 200)


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser or the unit's leader gives a place back; whoever waits first moves up."""
    asker: Any = request
    registration = get_object_or_404(registrations_within(asker.actor, "withdraw"), pk=pk)
    try:
        withdraw(registration, by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:people", registration.activity_id)


@require_POST
def answer_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser's yes or no to somebody the activity was not meant for."""
    asker: Any = request
    registration = get_object_or_404(registrations_within(asker.actor, "admit"), pk=pk)
    is_yes = request.POST.get("comes") == "yes"
    try:
        made = (admit if is_yes else turn_away)(registration, by=asker.actor)
        words = f"，现在是“{made.get_status_display()}”" if is_yes else "，会通知本人"
        messages.success(request, f"{made}：{'已同意' if is_yes else '没有同意'}{words}。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:people", registration.activity_id)


@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, pk: int) -> HttpResponse:
    """Which groups, items or shifts somebody has."""
    asker: Any = request
    registration: Any = get_object_or_404(registrations_within(asker.actor, "withdraw"), pk=pk)
    activity, posted = registration.activity, request.method == "POST"
    held = [choice.quota_id for choice in registration.chosen.all()]
    form = ChoiceForm(request.POST if posted else None, activity=activity, held=held)
    if posted and form.is_valid():
        try:
            choose(registration, form.quotas(), by=asker.actor)
            return redirect("signing:people", activity.pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"activity": activity, "registration": registration, "form": form}
    return TemplateResponse(request, "signing/items.html", context, status=422 if posted else 200)


@require_GET
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """What somebody sent along with an answer, for those who may see the registration."""
    asker: Any = request
    return sent(get_object_or_404(papers_within(asker.actor), pk=pk))


def _said(made: list[Registration]) -> str:
    in_line = sum(one.status == Registration.Status.WAITING for one in made)
    asked = sum(one.status == Registration.Status.ASKED for one in made)
    parts = ((in_line, "进入候补"), (asked, "要负责人同意"))
    said = "，".join(f"{count} 人{words}" for count, words in parts if count)
    more = f"，其中 {said}" if said else ""
    return f"已为 {len(made)} 人报名{more}。"


urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/people/", people, name="people"),
    path("registration/<int:pk>/take-out/", take_out, name="take-out"),
    path("registration/<int:pk>/leave/", answer_leave, name="leave"),
    path("registration/<int:pk>/items/", items, name="items"),
    path("paper/<int:pk>/", paper, name="paper"),
]
