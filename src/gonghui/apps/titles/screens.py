"""Titles as officers keep them, their papers, and the public page that checks one."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.access.middleware import public
from gonghui.core.records.engine.proofs import printed
from gonghui.core.records.screens.checking import answer
from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import WORDS, Facts
from gonghui.core.screens.screens import Doors, Screens
from gonghui.kit.downloads import download
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import may

from .filters import TitleFilters
from .flow import TITLE
from .models import Title
from .queries import PAPER, dressed, title_by, words_of, write_paper
from .rules import TITLE_RULES
from .tables import TitleTable

WORDS |= {"to": "降为"}
UNKNOWN = "没有这个编号的证书。请对照证书再输一遍；编号无误的，这张证书不是本系统出具的。"
GONE = "这张证书上的称号已经降级或者撤销，不再有效。"


class TitleScreens(Screens):
    """Who is honoured as what, until when."""

    model = Title
    lead = "评估命名的称号，到期要复评；降级、撤销都写明原因，原来的证书随即核对不通过。"
    table = TitleTable
    filterset = TitleFilters
    rules = TITLE_RULES
    flow = TITLE
    personal = True
    export = Export(
        (
            Column("获得者", lambda one: one.name, 30),
            Column("称号", lambda one: one.title, 18),
            Column("依据的评估", lambda one: one.evaluation, 30),
            Column("授予的工会", lambda one: one.org.name, 28),
            Column("授予日期", lambda one: one.since),
            Column("有效期至", lambda one: one.until),
            Column("状态", lambda one: one.get_state_display()),
            Column("证书编号", lambda one: printed(one.code), 22),
        )
    )
    panels = (
        Facts("title", "name", "holder", "person", "org", "evaluation", "since", "until", "before"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return dressed()

    def actions(self, obj: models.Model) -> Doors:
        if may("paper", self.rules, self.actor, obj):
            return [("证书 PDF", reverse("titles:title-paper", args=[obj.pk]))]
        return []


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate, for the holder and the union that gave it."""
    title = TitleScreens(request).fetch(pk, "paper")
    address = request.build_absolute_uri(reverse("titles:check"))
    return download(write_paper(title, address), f"{title}{PAPER}", "pdf")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    return answer(request, "titles/check.html", _told)


def _told(given: dict[str, Any]) -> dict[str, Any]:
    found = title_by(given["code"])
    if found is None or not found.proves:
        raise DomainError(UNKNOWN if found is None else GONE)
    over = found.is_over(timezone.localdate())
    said = {"words": words_of(found), "code": printed(found.code), "over": over}
    return {"title": found, "said": said}


urlpatterns: list[URLPattern] = [
    *TitleScreens.urls(),
    path("title/<int:pk>/paper/", paper, name="title-paper"),
    path("check/", check, name="check"),
]
