"""The volunteer's own page, for the phone: what I served, year by year."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from gonghui.core.access.who import person_of
from gonghui.kit.amounts import plain

from .queries import service_of, years_of

PAGE = 30


@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """My hours of service; they follow the activities' records by themselves."""
    person = person_of(request)
    page = Paginator(service_of(person), PAGE).get_page(request.GET.get("page"))
    context = {
        "years": years_of(person),
        "page": page,
        "lines": [(one, plain(one.amount)) for one in page],
    }
    return TemplateResponse(request, "volunteering/hours.html", context)


urlpatterns: list[URLPattern] = [path("hours/", hours, name="hours")]
