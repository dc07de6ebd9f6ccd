"""Closed periods: which there are, one beside what the records say now, and closing another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError

from ..closing import close_period, closings_of, differences
from ..forms import ClosingForm
from ..models import Closing
from ..periods import words_of
from ..registry import areas
from .asked import Doors, body_of


@require_safe
def closings(request: HttpRequest) -> HttpResponse:
    """What was closed of the body one looks from, by itself or by a body above."""
    asker: Any = request
    org = body_of(request)
    rows = [
        (one, words_of(Period(one.since, one.until)), f"{_url(one)}?org={org.pk}")
        for one in closings_of(org)
    ]
    context = {
        "org": org,
        "rows": rows,
        "may_close": asker.actor.can("indicators.close", at=org),
        "back": f"{reverse('indicators:page')}?org={org.pk}",
        "close_url": f"{reverse('indicators:close')}?org={org.pk}",
    }
    return TemplateResponse(request, "indicators/closings.html", context)


@require_safe
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """Every figure as it was closed, and where the records say otherwise now."""
    org = body_of(request)
    one = get_object_or_404(closings_of(org), pk=pk)
    period = Period(one.since, one.until)
    found = differences(one, org)
    by_area: dict[str, list[Any]] = {}
    doors = Doors(org, period)
    for line in found:
        by_area.setdefault(areas[line.one.area], []).append((line, doors.to("one", line.one.code)))
    context = {
        "org": org,
        "closing": one,
        "period_words": words_of(period),
        "areas": list(by_area.items()),
        "changed": sum(1 for line in found if line.has_changed),
        "count": len(found),
        "back": f"{reverse('indicators:closings')}?org={org.pk}",
    }
    return TemplateResponse(request, "indicators/closing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close a period; last year's days stand in the form."""
    asker: Any = request
    org = body_of(request)
    if not asker.actor.can("indicators.close", at=org):
        raise Http404
    last = Period.of_year(timezone.localdate().year - 1)
    form = ClosingForm(request.POST or None, initial={"since": last.start, "until": last.end})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = close_period(
                org, form.period, by=asker.actor, standard=said["standard"], note=said["note"]
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已锁定。以后的更正会显示为差额，锁定数不变。")
            return redirect(f"{_url(made)}?org={org.pk}")
    back = f"{reverse('indicators:closings')}?org={org.pk}"
    context = {"org": org, "form": form, "back": back}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "indicators/close.html", context, status=status)


def _url(one: Closing) -> str:
    return reverse("indicators:closing", args=[one.pk])
