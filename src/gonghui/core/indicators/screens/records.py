"""The very records a figure counts, under the reader's own rights, and their export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from gonghui.core.jobs.running import page_of, start, start_now
from gonghui.core.orgs.models import Org
from gonghui.core.screens.exports import AT_ONCE, PurposeForm
from gonghui.kit.dates import Period

from ..counting import Figure, counted_rows
from ..counting import figures as own_figures
from ..periods import period_asked, words_of
from ..reading import figures
from ..registry import Indicator, Split, areas
from ..registry import words_of as split_words
from ..tables import columns_of, lines_of, opened, rows_of
from .asked import Doors, body_of, indicator_of, told

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def records(request: HttpRequest, indicator: str) -> HttpResponse:
    """A page of the records; what the reader may not see is counted and not shown."""
    asker: Any = request
    what, org = indicator_of(indicator), body_of(request)
    if not isinstance(what, Indicator):
        raise Http404
    form, period = period_asked(request.GET)
    split, value = _slice(request, what)
    own = request.GET.get("own") == "1"
    asked: dict[str, Any] = {"split": split, "value": value, "own": own}
    rows = rows_of(what, org, period, asker.actor, **asked)
    doors = Doors(org, period)
    said = {"split": split.code, "value": value} if split else {}
    said |= {"own": "1"} if own else {}
    context = {
        "what": what,
        "area": areas[what.area],
        "org": org,
        "period_words": words_of(period),
        "slice": _word(what, split, value),
        "own": own,
        "whole_url": doors.records(what),
        "back": doors.to("one", what.code),
        "export": doors.records(what, export="xlsx", **said),
        "query": {"org": org.pk, **said},
        "form": form,
    }
    if request.GET.get("export") == "xlsx":
        return _export(request, what, rows, context, said)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    figure = _figure(what, org, period, own=own) if split is None else None
    every = counted_rows(what, org, period, **asked).count()
    context |= {
        "page": page,
        "heads": [label for label, _ in columns_of(what.source)],
        "lines": lines_of(what.source, page.object_list, opened(what.source, page, asker.actor)),
        "figure": told(what, figure, "") if figure else None,
        "hidden": max(0, every - page.paginator.count),
    }
    return TemplateResponse(request, "indicators/records.html", context)


def _figure(what: Indicator, org: Org, period: Period, *, own: bool) -> Figure:
    """Of the body with all below it, or of its own part alone."""
    if own:
        return own_figures([what], org, period, below=False)[what.code]
    return figures([what], org, period)[what.code]


def _slice(request: HttpRequest, what: Indicator) -> tuple[Split | None, str]:
    said = request.GET.get("split", "")
    split = next((each for each in what.source.splits if each.code == said), None)
    return split, request.GET.get("value", "")


def _word(what: Indicator, split: Split | None, value: str) -> str:
    if split is None:
        return ""
    named = {str(key): word for key, word in split_words(split, what.source.model).items()}
    return f"{split.title}：{named.get(value) or value or '未填'}"


def _export(
    request: Any,
    what: Indicator,
    rows: QuerySet[Any],
    context: dict[str, Any],
    said: dict[str, str],
) -> HttpResponse:
    """A job writes it, so that there is one place where people's data that went out are kept."""
    count = rows.count()
    posted = request.POST if request.method == "POST" else None
    form = PurposeForm(posted) if what.source.person else None
    if request.method == "POST" and (form is None or form.is_valid()):
        ask = start_now if count <= AT_ONCE else start
        job = ask(
            "indicators.records",
            by=request.actor,
            org=context["org"],
            title=f"导出{what.title}的记录",
            code=what.code,
            address=request.GET.urlencode(),
            purpose=form.cleaned_data["purpose"] if form else "",
            **said,
        )
        if count > AT_ONCE:
            messages.success(request, "已开始导出。您可以先做别的，办完后会收到消息。")
        return redirect(page_of(job))
    status = 422 if request.method == "POST" else 200
    context |= {"form": form, "count": count, "at_once": count <= AT_ONCE}
    return TemplateResponse(request, "indicators/export.html", context, status=status)
