"""A report on the page and as a Word file; the papers that were written; a figure by its code."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import django_tables2 as tables
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.indicators.periods import period_asked, query_of
from gonghui.core.indicators.screens.asked import body_of
from gonghui.core.screens.panels import Attachments, Custom, Facts
from gonghui.core.screens.screens import Screens
from gonghui.kit.downloads import download

from ..codes import cited_by, words_now, write_out
from ..composing import SIGNATURE, TABLE, TITLE, Block, Composition
from ..forms import CodeForm, SortForm
from ..models import Paper
from ..rules import PAPER_RULES
from ..shipped import SORTS
from ..writing import compose

CHAPTER = 2  # the heading of a part, below the paper's own


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """A report as it reads now; POST writes it to Word and keeps its figures."""
    asker: Any = request
    org = body_of(request)
    form, period = period_asked(request.GET)
    sort = request.GET.get("sort", "summary")
    if sort not in SORTS:
        raise Http404
    found = compose(sort, org, period, asker.actor, timezone.localdate())
    if request.method == "POST":
        _, content = write_out(found, sort=sort, org=org, period=period, by=asker.actor)
        return download(content, found.title.replace("\n", " "), "docx")
    context = {
        "org": org,
        "form": form,
        "sort_form": SortForm(initial={"sort": sort}),
        "query": {"org": org.pk, "sort": sort, **query_of(period)},
        "kept": {"org": org.pk},
        **shown(found),
    }
    return TemplateResponse(request, "reports/report.html", context)


def shown(found: Composition) -> dict[str, Any]:
    """A composition as the template draws it: blocks with their texts taken apart at the marks."""
    numbers = count(1)
    blocks = [
        _drawn(found, block, next(numbers) if block.kind == TABLE else 0) for block in found.blocks
    ]
    return {
        "title": found.title.split("\n"),
        "parts": list(_parts(blocks)),
        "sources": found.sources,
    }


def _parts(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The chapters, each with its title, which a phone folds; what is before the first has none."""
    part: dict[str, Any] = {"title": None, "blocks": []}
    for block in blocks:
        if block["kind"] == TITLE and block["level"] == CHAPTER:
            yield part
            part = {"title": block["pieces"], "blocks": []}
        elif block["kind"] == SIGNATURE and part["title"]:
            yield part
            part = {"title": None, "blocks": [block]}
        else:
            part["blocks"].append(block)
    yield part


def _drawn(found: Composition, block: Block, number: int) -> dict[str, Any]:
    """A block; ``number`` is a table's own, by which it is told apart."""
    rows = [[list(found.pieces(cell)) for cell in row] for row in block.rows]
    heads = list(block.head)
    return {
        "kind": block.kind,
        "number": number,
        "level": block.level + 1,
        "pieces": list(found.pieces(block.text)),
        "head": heads,
        "rows": [list(zip(heads, row, strict=False)) for row in rows],
        "day": block.day,
    }


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """A figure by the code a paper bears: what was printed, what the records say now, its door."""
    asker: Any = request
    said = request.GET.get("code", "")
    context: dict[str, Any] = {"form": CodeForm(initial={"code": said})}
    if said:
        cited = cited_by(said, asker.actor)
        if cited is None:
            raise Http404
        now = words_now(cited)
        context |= {"cited": cited, "now": now, "has_changed": bool(now) and now != cited.words}
    elif not asker.actor.can("indicators.view"):
        raise Http404
    return TemplateResponse(request, "reports/check.html", context)


def _figures(paper: Paper, request: Any) -> dict[str, Any]:
    return {"paper": paper, "figures": list(paper.figures.select_related("org"))}


class PaperTable(tables.Table):
    """Papers, the newest first."""

    title = tables.Column(
        linkify=("reports:paper-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    org = tables.Column("组织", order_by=("org__path", "pk"))
    sort = tables.Column("类别", order_by=("sort", "pk"))
    code = tables.Column("编号", orderable=False)
    by = tables.Column("编写人", orderable=False)
    at = tables.DateColumn(format="Y-m-d", verbose_name="编写时间", order_by=("at", "pk"))

    class Meta:
        model = Paper
        fields = ("title", "org", "sort", "code", "by", "at")
        caption = "写过的报告"

    def render_sort(self, value: str) -> str:
        return sort_words(value)


def sort_words(sort: str) -> str:
    """A sort by its name; an app's own papers are called by the app."""
    return SORTS[sort].label if sort in SORTS else {"plan": "计划总结", "month": "计划简报"}[sort]


class PaperScreens(Screens):
    """Reports that were written out, each with the figures it bore."""

    model = Paper
    lead = "写成文件的总结、月报、简报和经验材料；每个数字凭编号可以打开。"
    table = PaperTable
    rules = PAPER_RULES
    panels = (
        Facts("code", "org", "since", "until", "by", "at"),
        Custom("文中的数字", "reports/panel_figures.html", _figures),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "by")
