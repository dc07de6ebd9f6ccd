"""Sheets of those who are judged: filled by themselves, looked through, visited, counted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import Custom, Facts
from gonghui.core.screens.screens import Doors, Screens
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.downloads import download
from gonghui.kit.rules import may

from ..actions import sheets
from ..engine import marking
from ..filters import ContenderFilters
from ..flow import CONTENDER
from ..forms.sheets import CheckForm, CountForm, VisitForm
from ..models import Contender, Filler, SheetLine
from ..queries.binder import TITLE, write_binder
from ..queries.results import total_of
from ..queries.sheets import HIDDEN, Shown, beside_of, reason_of_return, shown_sheet
from ..rules import CONTENDER_RULES
from ..tables import ContenderTable


def own_sheet(contender: Contender, request: Any) -> dict[str, Any]:
    """The sheet with the doors of its figures, and what this person may do to each item."""
    rows = shown_sheet(contender, request.actor)
    marked = [row.marked for row in rows if row.marked]
    hidden = any(row.hidden for row in rows)
    may_count = may("count", CONTENDER_RULES, request.actor, contender)
    total = total_of(marked, contender.round.scheme.bonus_cap)  # type: ignore[arg-type]  # a fraction takes it
    return {
        "contender": contender,
        "returned": reason_of_return(contender),
        "rows": rows,
        "sum": "" if hidden else marking.said(total.marks),
        "open": len(total.open),
        "vetoes": total.vetoes,
        "full": marking.said(contender.round.scheme.full_mark),  # type: ignore[arg-type]  # a fraction takes it
        "may_count": may_count,
        "may_open_vote": may_count and asks_members(rows),
        "may_move_vote": may_count and any(row.vote and not row.vote.is_over for row in rows),
        **{
            f"may_{name}": may(name, CONTENDER_RULES, request.actor, contender)
            for name in ("check", "visit")
        },
    }


def asks_members(rows: list[Shown]) -> bool:
    """Whether members judge something of which nothing is counted or being voted on."""
    asked = [row for row in rows if row.criterion.filler == Filler.MEMBERS]
    known = any(row.counts or (row.vote and row.vote.stands) for row in asked)
    return bool(asked) and not known


class ContenderScreens(Screens):
    """Units, teams and people that are judged."""

    model = Contender
    lead = "谁参评、报到哪一步、得了多少分。数字都能点开看是哪些记录。"
    table = ContenderTable
    filterset = ContenderFilters
    rules = CONTENDER_RULES
    flow = CONTENDER
    personal = True
    export = Export(
        (
            Column("参评对象", str, 30),
            Column("评估", lambda one: one.round.title, 30),
            Column("状态", lambda one: one.get_state_display()),
            Column("得分", lambda one: one.marks),
            Column("名次", lambda one: one.place),
            Column("等次", lambda one: one.grade),
        )
    )
    panels = (
        Facts("round", "org", "person", "reason", "filled_at", "grade", "chosen_why"),
        Custom("评估表", "evaluation/panel_sheet.html", own_sheet),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return (
            super().queryset().select_related("org", "person__org", "round__scheme", "round__org")
        )

    def actions(self, obj: Any) -> Doors:
        if obj.round.state in HIDDEN or not may("binder", self.rules, self.actor, obj):
            return []
        return [("材料册 PDF", reverse("evaluation:contender-binder", args=[obj.pk]))]


@require_safe
def binder(request: HttpRequest, pk: int) -> HttpResponse:
    """Cover, index, sheet and all evidence in one file; never before raters have given."""
    contender = ContenderScreens(request).fetch(pk, "binder")
    if contender.round.state in HIDDEN:
        raise Http404
    return download(write_binder(contender), f"{contender}{TITLE}", "pdf")


@require_POST
def refill(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the records again; whoever looks the sheet through may, a person their own."""
    asker: Any = request
    contender = ContenderScreens(request).fetch(pk, "check")
    sheets.refill(contender, by=asker.actor)
    return redirect(ContenderScreens.url("detail", contender))


def _line(request: HttpRequest, pk: int, action: str, **more: Any) -> SheetLine:
    """An item of a sheet on which this person may do that."""
    held = ContenderScreens(request).visible(action).order_by().values("pk")
    rows = SheetLine.objects.filter(contender__in=held, **more)
    return get_object_or_404(
        rows.select_related("criterion", "contender__round__scheme", "contender__org"), pk=pk
    )


@writes
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's own look at one item."""
    line = _line(request, pk, "check")
    if line.is_counted:
        return redirect(_back(line))
    return _item(request, line, CheckForm(*posted(request), line=line), sheets.check_item, "自查")


@writes
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One item on the spot, on a phone."""
    line = _line(request, pk, "visit")
    form = VisitForm(*posted(request), line=line)
    return _item(request, line, form, sheets.visit_item, "现场考评")


def _back(line: SheetLine) -> str:
    return f"{ContenderScreens.url('detail', line.contender)}#item-{line.criterion_id}"


def _item(request: Any, line: SheetLine, form: Any, act: Any, title: str) -> HttpResponse:
    def do() -> None:
        act(line, by=request.actor, **form.said)

    return small_form(
        request,
        form,
        do,
        template="evaluation/item.html",
        back=_back(line),
        title=f"{title}：{line.criterion}",
        line=line,
        beside=beside_of(line),
    )


@writes
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """One of two tellers enters what the members said."""
    asker: Any = request
    line = _line(request, pk, "count", criterion__filler=Filler.MEMBERS)
    form = CountForm(posted(request)[0])

    def act() -> str:
        if sheets.count_votes(line, by=asker.actor, **form.cleaned_data):
            return "两人录入一致，评议结果已计分。"
        return "已录入。请另一个人也录入一次，两人一致才计分。"

    title = f"录入评议结果：{line.criterion}"
    lead = "由两个人各录入一次，不一致的都要重新核对。"
    of = line.contender
    return small_form(request, form, act, back=_back(line), title=title, of=of, lead=lead)


urlpatterns: list[URLPattern] = [
    *ContenderScreens.urls(),
    path("contender/<int:pk>/binder/", binder, name="contender-binder"),
    path("contender/<int:pk>/refill/", refill, name="contender-refill"),
    path("sheet/<int:pk>/check/", check, name="sheet-check"),
    path("sheet/<int:pk>/visit/", visit, name="sheet-visit"),
    path("sheet/<int:pk>/count/", count, name="sheet-count"),
]
