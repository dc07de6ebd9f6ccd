"""The notice of an activity on one sheet of paper, with a code that leads to signing up."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from gonghui.core.activities.actions.papers import PICTURE
from gonghui.core.activities.forms.activity import CATEGORIES, OUTSIDERS
from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.queries.reach import within
from gonghui.core.activities.rules import HEARD_OF
from gonghui.core.files.store import attachments_of
from gonghui.core.signing.queries.meant import bodies_for

from ..codes import drawn


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """For the board in the corridor: the organiser prints it, a unit's leader for their own."""
    asker: Any = request
    found = within(asker.actor, "lead").filter(state__in=HEARD_OF)
    activity = get_object_or_404(found, pk=pk)
    meant = {*activity.categories, *activity.outsiders}
    address = request.build_absolute_uri(reverse("signing:portal-activity", args=[pk]))
    context = {
        "activity": activity,
        "kind": kinds[activity.kind],
        "picture": attachments_of(activity, PICTURE).first(),
        "sessions": list(activity.sessions.all()),
        "audience": bodies_for(activity),
        "partners": list(activity.joined.all()),  # who has not agreed is not named in public
        "meant_for": [label for code, label in (*CATEGORIES, *OUTSIDERS) if code in meant],
        "code": drawn(address, f"「{activity}」报名码"),
    }
    return TemplateResponse(request, "attendance/notice.html", context)


urlpatterns: list[URLPattern] = [path("activity/<int:pk>/notice/", notice, name="notice")]
