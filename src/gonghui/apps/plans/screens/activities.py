"""The task an activity carries out: chosen on a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.core.activities.queries.reach import within
from gonghui.kit.errors import DomainError

from ..actions.activities import tie_activity
from ..forms.activities import ActivityTaskForm
from ..queries.activities import task_seen


@require_http_methods(["GET", "HEAD", "POST"])
def activity_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Which task of which plan it carries out; the record is noted there when it is finished."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "edit"), pk=pk)
    posted = request.method == "POST"
    form = ActivityTaskForm(
        request.POST if posted else None,
        activity=activity,
        actor=asker.actor,
        initial={"task": task_seen(activity, asker.actor)},
    )
    if posted and form.is_valid():
        try:
            tie_activity(activity, form.cleaned_data["task"], by=asker.actor)
            return redirect("activities:activity-detail", pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    context = {"activity": activity, "form": form}
    status = 422 if posted else 200
    return TemplateResponse(request, "plans/activity_task.html", context, status=status)


urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/task/", activity_task, name="activity-task"),
]
