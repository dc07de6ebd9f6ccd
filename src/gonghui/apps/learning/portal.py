"""The member's own page: what is asked of me, what is done, and how it was reckoned."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.access.who import person_of

from .queries.person import standing_of


@require_safe
def mine(request: Any) -> HttpResponse:
    """Everything I am asked to study, each with its arithmetic."""
    found = standing_of(person_of(request), timezone.localdate())
    context = {"found": found, "is_mine": True}
    return TemplateResponse(request, "learning/mine.html", context)


urlpatterns: list[URLPattern] = [path("my/", mine, name="mine")]
