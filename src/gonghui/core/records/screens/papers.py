"""What is written out of an activity: certificates, and the draft of a brief."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.activities.queries.reach import within
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.downloads import download

from ..engine.proofs import printed
from ..papers.brief import brief_paper
from ..papers.certificate import write_certificates
from ..queries.certificates import certificates_of, certificates_within

VERBS |= {"print_certificates": "打印证明"}
PAGE = 100  # certificates of one page of the list, and of one file: about two seconds of work


def check_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("records:check"))


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has one; those of a page of the list in one file, which is noted in the history."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "place"), pk=pk)
    said = request.POST if request.method == "POST" else request.GET
    page = Paginator(certificates_of(activity), PAGE).get_page(said.get("page"))
    papers = list(page.object_list)
    if request.method == "POST" and papers:
        record(activity, "print_certificates", by=asker.actor, changes={"count": len(papers)})
        content = write_certificates(papers, check_address(request))
        return download(content, f"{activity.title}证明", "pdf")
    lines = [(one, printed(one.code)) for one in papers]
    context = {"activity": activity, "page": page, "lines": lines}
    return TemplateResponse(request, "records/certificates.html", context)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper, for whoever it is about and for who holds the activity."""
    asker: Any = request
    found = get_object_or_404(certificates_within(asker.actor), pk=pk)
    content = write_certificates([found], check_address(request))
    return download(content, f"{found.registration}{found.get_sort_display()}", "pdf")


@require_safe
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft in Word; what is missing stands there as 待填."""
    asker: Any = request
    activity = get_object_or_404(within(asker.actor, "place"), pk=pk)
    content = brief_paper(activity, timezone.localdate())
    return download(content, f"{activity.title}简报（草稿）", "docx")


urlpatterns: list[URLPattern] = [
    path("activity/<int:pk>/certificates/", certificates, name="certificates"),
    path("certificate/<int:pk>/", certificate, name="certificate"),
    path("activity/<int:pk>/brief/", brief, name="brief"),
]
