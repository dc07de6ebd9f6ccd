"""The screens of what units file: the table, filling it in, a cell opened down to the units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.indicators.registry import PERCENT, indicators
from gonghui.core.indicators.screens.asked import Doors
from gonghui.core.screens.panels import Custom, Facts, Text
from gonghui.core.screens.screens import Screens
from gonghui.kit.downloads import download
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import may

from ..actions import filing as actions
from ..engine import arithmetic
from ..exchange.paper import checked_sheet
from ..exchange.reading import Change, read
from ..exchange.side_by_side import filing_export
from ..filters import FilingFilters
from ..flow import FILING
from ..forms.filing import FillForm, UploadForm
from ..models import Cell, Filing, FilingState
from ..queries.checking import Fault, faults_of
from ..queries.collections import missing_below, values_of
from ..queries.filings import Known, Line, Sheet, reason_let_off, reason_of_return, words
from ..queries.waiting import waiting_below
from ..rules import FILING_RULES
from ..tables import FilingTable

UNITS_A_PAGE = 50
MOST_MISSING = 20  # named on the page of the unit above; the rest are counted


@dataclass(frozen=True)
class Row:
    """A line as pages draw it; ``opens`` is the part of the form it begins."""

    line: Line
    opens: str
    url: str
    faults: tuple[Fault, ...]
    entered: Any = None
    note: Any = None

    @property
    def unit(self) -> str:
        """What is written behind the number; a percentage says it itself."""
        return "" if self.line.cell.unit == PERCENT else self.line.cell.unit

    @property
    def value(self) -> str:
        return self._words(self.line.value)

    @property
    def recorded(self) -> str:
        return self._words(self.line.recorded)

    @property
    def part(self) -> str:
        return self._words(self.line.part)

    @property
    def below(self) -> str:
        return self._words(self.line.below)

    @property
    def last(self) -> str:
        return self._words(self.line.last)

    @property
    def now(self) -> str:
        """What the records say by now, where that has changed since it was confirmed."""
        return self._words(self.line.counted) if self.line.difference is not None else ""

    @property
    def difference(self) -> str:
        more = self.line.difference
        if more is None:
            return ""
        points = " 个百分点" if self.line.cell.unit == PERCENT else ""
        return f"{'+' if more > 0 else '−'}{words(abs(more))}{points}"

    def _words(self, value: Known) -> str:
        return words(value, self.line.cell.unit)


def rows_of(sheet: Sheet, faults: list[Fault], form: FillForm | None = None) -> list[Row]:
    """The lines of a filing for a page, with the fields where it is being filled in."""
    found, part = [], ""
    for line in sheet.lines:
        cell = line.cell
        opens = cell.section if cell.section != part else ""
        part = cell.section
        own = tuple(fault for fault in faults if fault.code == cell.code)
        url = reverse("statistics:filing-cell", args=[sheet.filing.pk, cell.pk])
        pair = form.pair(cell.pk) if form and not cell.is_formula else (None, None)
        found.append(Row(line, opens, url, own, *pair))
    return found


def cells(filing: Filing, request: Any) -> dict[str, Any]:
    """The cells with their values; while it is open, what keeps it from being confirmed."""
    sheet = Sheet(filing)
    faults = faults_of(sheet)
    rows = rows_of(sheet, faults)
    missing = missing_below(filing)
    return {
        "missing": [(one, FilingScreens.url("detail", one)) for one in missing[:MOST_MISSING]],
        "missing_count": missing.count() if sheet.has_below else 0,
        "may_remind": sheet.has_below and may("remind", FILING_RULES, request.actor, filing),
        "filing": filing,
        "rows": rows,
        "has_below": sheet.has_below,
        "waiting": waiting_below(filing),
        "hard": [one for one in faults if one.is_hard] if filing.is_open else [],
        "soft": [one for one in faults if not one.is_hard],
        "changed": sum(1 for row in rows if row.difference),
        "is_example": filing.collection.form.is_example,
        "returned": reason_of_return(filing),
        "let_off": reason_let_off(filing),
    }


class FilingScreens(Screens):
    """报表填报: what each unit was asked for and what it handed in."""

    model = Filing
    lead = "上级要的报表：系统里有记录的已经填好，核对、补上其余的数，确认上报。"
    table = FilingTable
    filterset = FilingFilters
    rules = FILING_RULES
    flow = FILING
    panels = (
        Custom("报表", "statistics/panel_filing.html", cells),
        Text("remark"),
        Facts("confirmed_by", "confirmed_at", "approved_by", "approved_at", "reminded_at",
              title="办理"),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        near = ("org", "collection__form", "collection__org", "above__org", "confirmed_by",
                "approved_by")  # fmt: skip
        return super().queryset().select_related(*near)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if may("edit", self.rules, self.actor, obj):
            doors.append(("填报", reverse("statistics:fill", args=[obj.pk])))
            doors.append(("下载填报表", reverse("statistics:paper", args=[obj.pk])))
            doors.append(("传回填报表", reverse("statistics:upload", args=[obj.pk])))
            doors.append(("下发给下级", reverse("statistics:extend", args=[obj.pk])))
        doors.append(("导出 Excel", reverse("statistics:filing-sheet", args=[obj.pk])))
        return doors


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: Any, pk: int) -> HttpResponse:
    """The unit's own figures; what the records hold stands there already."""
    filing = FilingScreens(request).fetch(pk, "edit")
    sheet = Sheet(filing)
    initial = {"edition": filing.edition}
    form = FillForm(request.POST or None, lines=sheet.lines, initial=initial)
    if form.is_bound and form.is_valid():
        said = {cell: actions.Said(entered, note) for cell, entered, note in form.said()}
        try:
            actions.fill(filing, said, edition=form.cleaned_data["edition"], by=request.actor)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "已保存。核对没有问题，就可以确认上报。")
            return redirect(FilingScreens.url("detail", filing))
    context = {
        "filing": filing,
        "form": form,
        "rows": rows_of(sheet, [], form),
        "has_below": sheet.has_below,
        "returned": reason_of_return(filing),
        "let_off": reason_let_off(filing),
        "back": FilingScreens.url("detail", filing),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "statistics/fill.html", context, status=status)


@require_safe
def paper(request: Any, pk: int) -> HttpResponse:
    """The sheet with its checks inside, for a unit that works elsewhere."""
    filing = FilingScreens(request).fetch(pk, "edit")
    return download(
        checked_sheet(Sheet(filing)), f"{filing.org} {filing.collection} 填报表", "xlsx"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Any, pk: int) -> HttpResponse:
    """The sheet comes back: what it would change is shown, and written by the next page."""
    filing = FilingScreens(request).fetch(pk, "edit")
    form = UploadForm(request.POST or None, request.FILES or None)
    back = FilingScreens.url("detail", filing)
    if form.is_bound and form.is_valid():
        sheet, given = Sheet(filing), form.cleaned_data["file"]
        try:
            found = read(sheet, given.file, given.name)
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return _preview(request, filing, sheet, found.changes, found.strange, back)
    context = {"filing": filing, "form": form, "back": back}
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "statistics/upload.html", context, status=status)


def _preview(
    request: Any,
    filing: Filing,
    sheet: Sheet,
    changes: tuple[Change, ...],
    strange: tuple[str, ...],
    back: str,
) -> HttpResponse:
    """Nothing is kept yet: the values stand in the form that writes them."""
    initial: dict[str, Any] = {"edition": filing.edition}
    for one in changes:
        initial[f"entered_{one.line.cell.pk}"] = one.said.entered
        initial[f"note_{one.line.cell.pk}"] = one.said.note
    context = {
        "filing": filing,
        "changes": [one for one in changes if one.is_change],
        "refused": [one for one in changes if one.refusal],
        "strange": strange,
        "form": FillForm(lines=sheet.lines, initial=initial),
        "fill_url": reverse("statistics:fill", args=[filing.pk]),
        "back": back,
    }
    return TemplateResponse(request, "statistics/preview.html", context)


@require_safe
def filing_cell(request: Any, pk: int, cell: int) -> HttpResponse:
    """One figure opened: the unit's own part and its records, then unit by unit below."""
    filing = FilingScreens(request).fetch(pk)
    sheet = Sheet(filing)
    rows = rows_of(sheet, faults_of(sheet))
    row = next((one for one in rows if one.line.cell.pk == cell), None)
    if row is None:
        raise Http404
    page = Paginator(filing.below.select_related("org").order_by("org__path"), UNITS_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    values = values_of(shown)
    found = row.line.cell.is_counted and indicators.get(row.line.cell.indicator)
    doors = Doors(filing.org, filing.collection.period)
    context = {
        "filing": filing,
        "row": row,
        "cell": row.line.cell,
        "operands": _operands(row.line.cell, rows),
        "records_url": doors.records(found) if found and _may_count(request, filing) else "",
        "page": shown,
        "units": [_unit(one, row.line.cell, values.get(one.pk, {}).get(cell)) for one in shown],
        "back": FilingScreens.url("detail", filing),
    }
    return TemplateResponse(request, "statistics/filing_cell.html", context)


def _operands(cell: Cell, rows: list[Row]) -> list[Row]:
    """What a worked-out figure is worked out of, each once, in the order of the formula."""
    if not cell.is_formula:
        return []
    by_code = {one.line.cell.code: one for one in rows}
    named = dict.fromkeys(one.name for one in arithmetic.codes(arithmetic.read(cell.formula)))
    return [by_code[name] for name in named if name in by_code]


def _may_count(request: Any, filing: Filing) -> bool:
    """The page of records asks for a right of its own."""
    return bool(request.actor.can("indicators.view", at=filing.org))


def _unit(filing: Filing, cell: Cell, value: Any) -> dict[str, Any]:
    locked = filing.state == FilingState.APPROVED
    return {
        "filing": filing,
        "url": reverse("statistics:filing-cell", args=[filing.pk, cell.pk]),
        "value": words(value, cell.unit) if locked else "",
    }


@require_safe
def filing_sheet(request: Any, pk: int) -> HttpResponse:
    """A filing as the usual sheet."""
    return filing_export(Sheet(FilingScreens(request).fetch(pk)))


urlpatterns = [
    *FilingScreens.urls(),
    path("filing/<int:pk>/fill/", fill, name="fill"),
    path("filing/<int:pk>/paper/", paper, name="paper"),
    path("filing/<int:pk>/upload/", upload, name="upload"),
    path("filing/<int:pk>/cell/<int:cell>/", filing_cell, name="filing-cell"),
    path("filing/<int:pk>/sheet/", filing_sheet, name="filing-sheet"),
]
