"""An earlier activity is done again: the same with its papers, on a day of this year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gonghui.kit.dates import full_day

from ..actions.activities import clone_activity
from ..forms.series import CloneForm
from ..models import Activity
from ..occasions import same_day_next
from ..queries.reach import within


@require_http_methods(["GET", "HEAD", "POST"])
def clone(request: HttpRequest, pk: int) -> HttpResponse:
    """The form offers the day one would take: the same festival, or the same weekday."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "clone"), pk=pk)
    posted = request.method == "POST"
    form = CloneForm(request.POST if posted else None, initial={"begins_on": _offered(activity)})
    if posted and form.is_valid():
        made = clone_activity(activity, form.cleaned_data["begins_on"], by=asker.actor)
        messages.success(request, "已照此新建，请核对时间和内容，再发通知。")
        return redirect("activities:activity-detail", made.pk)
    context = {"activity": activity, "form": form, "held": _held(activity)}
    return TemplateResponse(
        request, "activities/clone.html", context, status=422 if posted else 200
    )


def _offered(activity: Activity) -> Any:
    """The next such day from today on."""
    today = timezone.localdate()
    if activity.starts_at is None:
        return None
    day = timezone.localdate(activity.starts_at)
    found = same_day_next(day, today.year, activity.occasion)
    return found if found > today else same_day_next(day, today.year + 1, activity.occasion)


def _held(activity: Activity) -> str:
    return full_day(timezone.localdate(activity.starts_at)) if activity.starts_at else ""


urlpatterns: list[URLPattern] = [path("activity/<int:pk>/clone/", clone, name="clone")]
