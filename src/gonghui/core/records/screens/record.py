"""Afterwards: the record of an activity, and the panel that shows it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import OVER, Activity
from gonghui.core.activities.queries.reach import within
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.activities.sockets import missing_of
from gonghui.core.screens.panels import Custom, plug
from gonghui.kit.errors import DomainError

from ..actions.recording import OPEN_TO_NOTES, keep_record, set_contributions
from ..forms.record import RecordForm, contribution_rows
from ..queries.certificates import certificates_of
from ..queries.outline import outline_of
from ..queries.record import absent_from, opinion_of, record_of, told_of
from ..queries.results import items_of
from ..queries.teams import team_table


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Minutes, gains, and who gave what, on one page."""
    asker: Any = request
    held = within(asker.actor, "edit").filter(state__in=OPEN_TO_NOTES)
    activity = get_object_or_404(held, pk=pk)
    data = request.POST if request.method == "POST" else None
    kept = record_of(activity)
    form = RecordForm(
        data,
        gains=kinds[activity.kind].gains,
        outline=outline_of(activity),
        initial={"minutes": kept.minutes, "gains": kept.gains},
    )
    rows = contribution_rows(activity, data)
    if data is not None and all([form.is_valid(), rows.is_valid()]):
        try:
            with transaction.atomic():
                keep_record(activity, by=asker.actor, **form.cleaned_data)
                given = [one for row in rows if (one := row.given())]
                set_contributions(activity, given, by=asker.actor)
            return redirect("activities:activity-detail", pk)
        except DomainError as error:
            messages.error(request, error.sentence)
    context = {"activity": activity, "form": form, "rows": rows}
    status = 200 if data is None else 422
    return TemplateResponse(request, "records/record.html", context, status=status)


def _kept(activity: Activity, request: Any) -> dict[str, Any]:
    """What happened and what came of it, and what the record still lacks."""
    is_held = activity.state in OVER
    has_items = items_of(activity).exists()
    return {
        "kind": kinds[activity.kind],
        "is_held": is_held,
        "record": record_of(activity),
        "missing": missing_of(activity) if is_held else [],
        "contributions": told_of(activity),
        "has_items": has_items,
        "teams": team_table(activity) if has_items else [],
        "opinion": opinion_of(activity),
        "photos": activity.photos.count(),
        "certificates": certificates_of(activity).count(),
        "absent": absent_from(activity).count() if is_held else 0,
        "may_keep": ACTIVITY_RULES["place"].allows(request.actor, activity),
        "may_write": activity.state in OPEN_TO_NOTES
        and ACTIVITY_RULES["edit"].allows(request.actor, activity),
    }


plug("activities.activity", Custom("记录", "records/panel_record.html", _kept))

urlpatterns: list[URLPattern] = [
    path("record/<int:pk>/", record, name="record"),
]
