"""Activities: their list and pages, their sessions and the rooms they use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.files.store import attachments_of
from gonghui.core.screens.panels import Attachments, Custom, Facts
from gonghui.core.screens.screens import Screens
from gonghui.kit.errors import DomainError

from .. import occasions
from ..actions.activities import (
    Sitting,
    change_activity,
    plan_activity,
    set_sessions,
)
from ..actions.joining import join_activity
from ..actions.papers import PICTURE, keep_papers
from ..filters import ActivityFilters
from ..flow import LIFE
from ..forms.activity import (
    ActivityForm,
    ResourceForm,
    session_rows,
)
from ..kinds import kinds
from ..models import OVER, Activity, Resource
from ..queries.clashes import warnings_of
from ..queries.reach import bookings_ahead, partners_of, within
from ..rules import ACTIVITY_RULES, RESOURCE_RULES, SERIES_RULES
from ..sockets import doors as plugged
from ..tables import ActivityTable, ResourceTable

LISTED = 12  # bookings shown on a room's own page


def _notice(activity: Activity, request: Any) -> dict[str, Any]:
    """What the notice says, in the order people ask it."""
    return {
        "kind": kinds[activity.kind],
        "picture": attachments_of(activity, PICTURE).first(),
        "sessions": list(activity.sessions.prefetch_related("resources")),
        "occasion": occasions.said(activity.occasion),
        "audience": list(activity.audience.all()),
        "partners": partners_of(activity, request.actor),
        "categories": _labels(ActivityForm.CATEGORIES, activity.categories),
        "outsiders": _labels(ActivityForm.OUTSIDERS, activity.outsiders),
        "warnings": _warnings(activity, request),
        "rest_url": _rest_url(activity, request),
    }


def _rest_url(activity: Activity, request: Any) -> str:
    """Where whoever leads a series changes this occasion and all that follow."""
    series, begins = activity.series, activity.starts_at
    if series is None or begins is None or activity.is_past:
        return ""
    if not SERIES_RULES["edit"].allows(request.actor, series):
        return ""
    day = timezone.localdate(begins)
    return f"{reverse('activities:series-update', args=[series.pk])}?from={day}"


def _warnings(activity: Activity, request: Any) -> list[str]:
    """Told to who may still change the time, as long as it lies ahead."""
    if activity.ends_at is None or activity.is_past or not _may(request, "edit", activity):
        return []
    return warnings_of(activity, request.actor)


def _bookings(resource: Resource, request: Any) -> dict[str, Any]:
    """Who uses it from now on; only what the reader may see is named."""
    rows = bookings_ahead(resource, request.actor, LISTED)
    return {"bookings": [(one.session, named) for one, named in rows]}


def _labels(choices: Any, chosen: list[str]) -> list[str]:
    return [label for code, label in choices if code in chosen]


def _may(request: Any, action: str, activity: Activity) -> bool:
    return ACTIVITY_RULES[action].allows(request.actor, activity)


class ActivityScreens(Screens):
    """Everything the chosen place holds, from the draft to the filed record."""

    model = Activity
    lead = "从通知、报名、签到到记录，一次活动的事都在一页上。"
    table = ActivityTable
    filterset = ActivityFilters
    form = ActivityForm
    rules = ACTIVITY_RULES
    flow = LIFE
    create_capability = "activities.write"
    acts = True
    panels = (
        Custom("通知", "activities/panel_notice.html", _notice),
        Attachments(removable=True),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "organiser", "series")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org, "asked": self.request.GET}

    def write(self, form: Any) -> models.Model:
        """The notice with its papers."""
        said = dict(form.cleaned_data)
        papers, picture = said.pop("papers"), said.pop("picture")
        kept = self._kept(form.instance, said)
        keep_papers(kept, papers, by=self.actor, picture=picture)
        return kept

    def _kept(self, old: Activity, said: dict[str, Any]) -> Activity:
        """A new one is planned with its first session; a changed one keeps its sessions."""
        if old.pk:
            return change_activity(old, said, by=self.actor)
        starts, ends, org = (said.pop(name) for name in ("starts_at", "ends_at", "org"))
        sittings = [Sitting(starts, ends)] if starts else []
        return plan_activity(org, by=self.actor, sittings=sittings, **said)

    def open_steps(self, obj: Any) -> list[dict[str, Any]]:
        """What has not begun is not offered to be put down as held."""
        steps = super().open_steps(obj)
        return steps if obj.has_begun else [step for step in steps if step["name"] != "hold"]

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        own = []
        if self.rules["edit"].allows(self.actor, obj):
            own.append(("场次", reverse("activities:sessions", args=[obj.pk])))
        if self.rules["clone"].allows(self.actor, obj):
            own.append(("照此新建", reverse("activities:clone", args=[obj.pk])))
        is_over = obj.state in OVER
        doors = [door for door in plugged if not (door.is_ahead and is_over)]
        found = [door for door in doors if self.rules[door.action].allows(self.actor, obj)]
        return own + [(door.label, reverse(door.url_name, args=[obj.pk])) for door in found]


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """When and where it meets, and what it holds for that."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "edit"), pk=pk)
    rows = session_rows(activity, request.POST if request.method == "POST" else None)
    if request.method == "POST" and rows.is_valid():
        try:
            wanted = [form.sitting() for form in rows]
            set_sessions(activity, [one for one in wanted if one], by=asker.actor)
            return redirect("activities:activity-detail", pk)
        except DomainError as error:
            messages.error(request, error.sentence)
    return _page(request, "sessions", activity, rows=rows)


@require_POST
def join(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """A body that was asked to hold it too says yes: it is for its people from now on."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "view"), pk=pk)
    partner = get_object_or_404(activity.partners.all(), pk=other)
    if not asker.actor.can("activities.write", at=partner):
        raise Http404
    try:
        join_activity(activity, partner, by=asker.actor)
        messages.success(request, f"{partner}已同意协办，你们的人现在可以报名。")
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect("activities:activity-detail", pk)


def _page(request: HttpRequest, name: str, activity: Activity, **context: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context |= {"activity": activity}
    return TemplateResponse(request, f"activities/{name}.html", context, status=status)


class ResourceScreens(Screens):
    """Rooms and equipment that activities may hold."""

    model = Resource
    lead = "会议室、场馆和设备；排场次时可以占用，同一时间不会订给两家。"
    table = ResourceTable
    form = ResourceForm
    rules = RESOURCE_RULES
    create_capability = "activities.write"
    panels = (
        Facts("name", "org", "kind", "seats", "address", "note", "is_in_use"),
        Custom("近期占用", "activities/panel_bookings.html", _bookings),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


urlpatterns: list[URLPattern] = [
    *ActivityScreens.urls(),
    path("activity/<int:pk>/sessions/", sessions, name="sessions"),
    path("activity/<int:pk>/join/<int:other>/", join, name="join"),
    *ResourceScreens.urls(),
]
