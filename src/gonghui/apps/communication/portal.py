"""What a member reads on the phone: the briefs, news and experience their unions issued."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from .queries import files_of, issued_to, words_of

PAGE = 20


@require_safe
def issued(request: HttpRequest) -> HttpResponse:
    """All that stands as issued by my own unions, the newest first."""
    asker: Any = request
    page = Paginator(issued_to(asker.actor), PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "communication/issued.html", {"page": page})


@require_safe
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: its words as far as the file gives them, and the file itself."""
    asker: Any = request
    found = get_object_or_404(issued_to(asker.actor), pk=pk)
    files = files_of(found)
    said = str(found.org), found.get_kind_display(), found.numbered
    context = {
        "publication": found,
        "lead": " · ".join(filter(None, (*said, f"{found.issued_on} 印发"))),
        "files": files,
        "blocks": words_of(found, files),
        "back": reverse("communication:issued"),
    }
    return TemplateResponse(request, "communication/read.html", context)


urlpatterns: list[URLPattern] = [
    path("issued/", issued, name="issued"),
    path("issued/<int:pk>/", read, name="publication-read"),
]
