"""The screens of forms: their cells and checks, versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from gonghui.core.editions.screens import EditionScreens
from gonghui.core.screens.panels import Custom, Facts
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.rules import may

from ..actions import forms as actions
from ..engine.shipped import TEMPLATES
from ..filters import FormFilters
from ..flow import FORM
from ..forms.design import CellForm, FormForm, RelationForm
from ..models import Cell, Form, Relation
from ..queries import forms as queries
from ..rules import FORM_RULES
from ..tables import FormTable


def cells(form: Form, request: Any) -> dict[str, Any]:
    """The cells and checks, and while it is drafted what is still wrong."""
    is_open = may("edit", FORM_RULES, request.actor, form)
    return {
        "form": form,
        "rows": queries.rows_of(form),
        "relations": list(form.relations.all()),
        "faults": queries.faults_of(form) if is_open else [],
        "is_open": is_open,
    }


class FormScreens(EditionScreens):
    """Forms: which figures units are asked for, and what has to stand between them."""

    model = Form
    lead = "要哪些数、从哪里来、怎么核对。系统里有记录的自动带出，没有记录的由单位填。"
    table = FormTable
    filterset = FormFilters
    form = FormForm
    rules = FORM_RULES
    flow = FORM
    create_capability = "statistics.write"
    templates = TEMPLATES
    keep = staticmethod(actions.keep_form)
    lead_of_version = (
        "现在这一版照旧有效，已经下发的各期不受影响。新版本先拟定，改好再印发，以后下发用新版本。"
    )
    panels = (
        Facts("cadence", "size", "basis", "version", "before", "org"),
        Custom("栏目", "statistics/panel_cells.html", cells),
    )

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if may("edit", self.rules, self.actor, obj):
            doors.append(("增加栏目", reverse("statistics:cell-new", args=[obj.pk])))
            doors.append(("增加核对关系", reverse("statistics:relation-new", args=[obj.pk])))
        if may("version", self.rules, self.actor, obj):
            doors.append(("另立新版本", reverse("statistics:version", args=[obj.pk])))
        if may("send", self.rules, self.actor, obj):
            doors.append(("下发", reverse("statistics:send", args=[obj.pk])))
        return doors


@writes
def cell_new(request: Any, pk: int) -> HttpResponse:
    form = FormScreens(request).fetch(pk, "edit")
    return _cell(request, Cell(form=form), "增加栏目")


@writes
def cell(request: Any, pk: int) -> HttpResponse:
    """A cell of a form that may still be changed."""
    return _cell(request, _part(request, Cell, pk), "修改栏目")


def _cell(request: Any, one: Cell, title: str) -> HttpResponse:
    form = CellForm(posted(request)[0], instance=one, form=one.form)
    drop_url = reverse("statistics:cell-drop", args=[one.pk]) if one.pk else ""

    def act() -> None:
        actions.keep_cell(form.save(commit=False), by=request.actor)

    return _asked(request, one.form, form, act, title, drop_url)


@require_POST
def cell_drop(request: Any, pk: int) -> HttpResponse:
    found = _part(request, Cell, pk)
    actions.drop_cell(found, by=request.actor)
    messages.success(request, f"已删除 {found}。")
    return redirect(FormScreens.url("detail", found.form))


@writes
def relation_new(request: Any, pk: int) -> HttpResponse:
    form = FormScreens(request).fetch(pk, "edit")
    return _relation(request, Relation(form=form), "增加核对关系")


@writes
def relation(request: Any, pk: int) -> HttpResponse:
    return _relation(request, _part(request, Relation, pk), "修改核对关系")


def _relation(request: Any, one: Relation, title: str) -> HttpResponse:
    form = RelationForm(posted(request)[0], instance=one)
    drop_url = reverse("statistics:relation-drop", args=[one.pk]) if one.pk else ""

    def act() -> None:
        actions.keep_relation(form.save(commit=False), by=request.actor)

    return _asked(request, one.form, form, act, title, drop_url)


@require_POST
def relation_drop(request: Any, pk: int) -> HttpResponse:
    found = _part(request, Relation, pk)
    actions.drop_relation(found, by=request.actor)
    messages.success(request, "已删除核对关系。")
    return redirect(FormScreens.url("detail", found.form))


def _part(request: Any, model: type[Cell] | type[Relation], pk: int) -> Any:
    seen = FormScreens(request).visible("edit")
    rows = model._default_manager.filter(form__in=seen).select_related("form")
    return get_object_or_404(rows, pk=pk)


def _asked(
    request: Any, about: Form, form: Any, act: Callable[[], object], title: str, drop_url: str
) -> HttpResponse:
    back = FormScreens.url("detail", about)
    return small_form(request, form, act, back=back, title=title, of=about, drop_url=drop_url)


@writes
def version(request: Any, pk: int) -> HttpResponse:
    return FormScreens(request).version(pk, actions.new_version)


urlpatterns = [
    *FormScreens.urls(),
    path("form/<int:pk>/cell/", cell_new, name="cell-new"),
    path("form/<int:pk>/relation/", relation_new, name="relation-new"),
    path("form/<int:pk>/version/", version, name="version"),
    path("cell/<int:pk>/", cell, name="cell"),
    path("cell/<int:pk>/drop/", cell_drop, name="cell-drop"),
    path("relation/<int:pk>/", relation, name="relation"),
    path("relation/<int:pk>/drop/", relation_drop, name="relation-drop"),
]
