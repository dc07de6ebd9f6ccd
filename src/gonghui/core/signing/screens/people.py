"""The list of an activity: who has a place, who waits; people are signed up and taken out here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.reach import within
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.kit.errors import DomainError

from ..actions.signing import sign_up, withdraw
from ..forms.signing import GroupForm
from ..models import Registration
from ..queries.reach import registrations_within
from ..queries.roll import seated, waiting
from ..rules import REGISTRATION_RULES

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a place; a unit's leader signs up several of theirs."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "lead"), pk=pk)
    rows = REGISTRATION_RULES["view"].narrow(seated(activity), asker.actor)
    posted = request.method == "POST"
    form = GroupForm(request.POST if posted else None, actor=asker.actor)
    if posted and form.is_valid():
        try:
            made = sign_up(activity, form.signings(), by=asker.actor)
            messages.success(request, _said(made))
            return redirect("signing:people", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    _answered(activity, page.object_list)
    context = {
        "activity": activity,
        "page": page,
        "waiting": REGISTRATION_RULES["view"].narrow(waiting(activity), asker.actor),
        "form": form if activity.state == "open" else None,
        "may_edit": ACTIVITY_RULES["edit"].allows(asker.actor, activity),
    }
    return TemplateResponse(request, "signing/people.html", context, status=422 if posted else 200)


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser gives somebody's place back; whoever waits first moves up."""
    asker: Any = request
    registration = get_object_or_404(registrations_within(asker.actor, "edit"), pk=pk)
    try:
        withdraw(registration, by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("signing:people", registration.activity_id)


def _answered(activity: Activity, rows: Any) -> None:
    """Each row with what was answered, by the questions' own words."""
    labels = {str(question.pk): question.label for question in activity.questions.all()}
    for one in rows:
        one.said = [(labels[k], words) for k, words in one.answers.items() if k in labels]


def _said(made: list[Registration]) -> str:
    in_line = sum(one.status == Registration.Status.WAITING for one in made)
    more = f"，其中 {in_line} 人进入候补" if in_line else ""
    return f"已为 {len(made)} 人报名{more}。"


urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/people/", people, name="people"),
    path("registration/<int:pk>/take-out/", take_out, name="take-out"),
]
