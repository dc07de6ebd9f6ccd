"""What a figure of one person counts: their records, under the reader's own rights."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gonghui.core.access.actor import in_reach, is_person
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period

from ..counting import Figure
from ..periods import period_asked, query_of, words_of
from ..personal import (
    fits_person,
    person_figures,
    person_rows,
    seen_person_rows,
    unit_for_person,
)
from ..registry import Declared, Indicator, parts
from ..shown import unit_words, words
from ..tables import columns_of, joined, lines_of, opened
from .asked import indicator_of

PAGE = 50
# The person, and whoever may open the figures of the body they belong to.
asks_about = is_person("pk") | in_reach("indicators.view")


def person_door(one: Declared, person: Person, period: Period) -> str:
    """The address where a person's figure is opened."""
    address = reverse("indicators:person", args=[one.code, person.pk])
    return f"{address}?{urlencode(query_of(period))}"


@require_safe
def person(request: HttpRequest, indicator: str, pk: int) -> HttpResponse:
    """A page of a person's records; what the reader may not see is counted and not shown."""
    asker: Any = request
    what = indicator_of(indicator)
    if not fits_person(what):
        raise Http404
    rows = asks_about.narrow(Person.objects.select_related("org"), asker.actor)
    whom = get_object_or_404(rows, pk=pk)
    form, period = period_asked(request.GET)
    found = person_figures([what, *parts(what)], whom, period, among=whom.org)
    context: dict[str, Any] = {
        "what": what,
        "person": whom,
        "form": form,
        "period_words": words_of(period),
        "figure": _told(what, found[what.code]),
    }
    if isinstance(what, Indicator):
        context |= _records(what, whom, period, asker)
    else:
        context["parts"] = [
            _told(part, found[part.code]) | {"url": person_door(part, whom, period)}
            for part in parts(what)
        ]
    return TemplateResponse(request, "indicators/person.html", context)


def _records(what: Indicator, whom: Person, period: Period, request: Any) -> dict[str, Any]:
    seen = joined(what.source, seen_person_rows(what, whom, period, request.actor))
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    every = person_rows(what, whom, period).count()
    return {
        "page": page,
        "heads": [label for label, _ in columns_of(what.source)],
        "lines": lines_of(what.source, page.object_list, opened(what.source, page, request.actor)),
        "hidden": max(0, every - page.paginator.count),
    }


def _told(one: Declared, figure: Figure) -> dict[str, str]:
    unit = unit_words(unit_for_person(one)) if figure.value is not None else ""
    return {"title": one.title, "words": f"{words(figure.value, one.unit)} {unit}".strip()}
