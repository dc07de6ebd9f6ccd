"""The member's side afterwards: how it was, the photos, the paper that proves it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import OVER, Activity, State
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import PortalPart, portal_parts
from gonghui.kit.counting import count_about
from gonghui.kit.errors import DomainError

from .actions.recording import give_feedback
from .forms.record import FeedbackForm
from .models import Feedback, Photo
from .queries.certificates import own_certificates
from .queries.results import placed_in
from .queries.teams import team_table


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """How it was, in two taps; the organiser reads the words without my name."""
    asker: Any = request
    mine = get_object_or_404(
        Registration.objects.select_related("activity"), activity=pk, person=asker.actor.person
    )
    posted = request.method == "POST"
    said = Feedback.objects.filter(registration=mine).first()
    initial = {"stars": said.stars, "words": said.words} if said else {}
    form = FeedbackForm(request.POST if posted else None, initial=initial)
    if posted and form.is_valid():
        try:
            give_feedback(mine, by=asker.actor, **form.cleaned_data)
            messages.success(request, "谢谢，已经记下。")
            return redirect("signing:portal-activity", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"activity": mine.activity, "form": form}
    return TemplateResponse(
        request, "records/feedback.html", context, status=422 if posted else 200
    )


def _opinion(activity: Activity, mine: Registration | None, actor: Actor) -> dict[str, Any] | None:
    """Asked of those who came, once it is over."""
    if mine is None or activity.state not in OVER:
        return None
    if not mine.attendances.filter(in_at__isnull=False).exists():
        return None
    return {"said": Feedback.objects.filter(registration=mine).first()}


def _paper(activity: Activity, mine: Registration | None, actor: Actor) -> dict[str, Any] | None:
    """Once the record is finished, whoever came has one; whoever passed its class another."""
    if mine is None or actor.person is None or activity.state not in OVER:
        return None
    found = list(own_certificates(actor.person).filter(registration=mine))
    return {"certificates": found} if found else None


def _photos(activity: Activity, mine: Registration | None, actor: Actor) -> dict[str, Any] | None:
    count = count_about((activity.pk,), "photos", _photos_of)["photos"]
    return {"count": count} if count else None


def _photos_of(activity: int) -> dict[str, QuerySet[Photo]]:
    return {"photos": Photo.objects.filter(activity=activity)}


portal_parts.add("opinion", PortalPart("records/portal_opinion.html", _opinion))
portal_parts.add("certificate", PortalPart("records/portal_certificate.html", _paper))


def _results(activity: Activity, mine: Registration | None, actor: Actor) -> dict[str, Any] | None:
    """Who was placed, for everybody it was for, once the record is finished (R-364: 结果公布)."""
    if activity.state not in (State.RECORDED, State.FILED):
        return None
    found = placed_in(activity)
    return {"placed": found, "teams": team_table(activity)} if found else None


portal_parts.add("results", PortalPart("records/portal_results.html", _results))
portal_parts.add("photos", PortalPart("records/portal_photos.html", _photos))

urlpatterns: list[URLPattern] = [path("feedback/<int:pk>/", feedback, name="feedback")]
