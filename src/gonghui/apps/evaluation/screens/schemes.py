"""The officer's screens of schemes: the table of items, its grades, and a trial on records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.screens.panels import WORDS, Custom, Facts
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import may

from ..actions import schemes as actions
from ..engine.marking import said
from ..engine.shipped import TEMPLATES
from ..filters import SchemeFilters
from ..flow import SCHEME
from ..forms.schemes import BandsForm, CriterionForm, SchemeForm, lines_of, period_asked
from ..models import Criterion, Scheme, SchemeState
from ..queries import schemes as queries
from ..rules import SCHEME_RULES
from ..tables import SchemeTable
from .asking import asked, writes

WORDS |= {"bands": "等次", "version": "版本"}


def items(scheme: Scheme, request: Any) -> dict[str, Any]:
    """The table of items, and while it is drafted what does not add up yet."""
    rows = queries.sheet(scheme)
    is_open = may("edit", SCHEME_RULES, request.actor, scheme)
    return {
        "scheme": scheme,
        "rows": rows,
        "sum": said(sum(row.weight for row in rows if not row.depth)),  # type: ignore[arg-type]  # of fractions
        "full": said(queries.full_mark(scheme)),
        "faults": queries.faults_of(scheme) if is_open else [],
        "is_open": is_open,
        "bands": list(scheme.bands.all()),
    }


class SchemeScreens(Screens):
    """Schemes: what units, teams and people are judged by."""

    model = Scheme
    lead = "评什么、占几分、怎么算、达到多少分评什么等次。印发以后不改，要改就另立新版本。"
    table = SchemeTable
    filterset = SchemeFilters
    form = SchemeForm
    rules = SCHEME_RULES
    flow = SCHEME
    create_capability = "evaluation.write"
    acts = True
    panels = (
        Facts("target", "full_mark", "bonus_cap", "basis", "version", "before", "org"),
        Custom("评估项目", "evaluation/panel_items.html", items),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "before")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"actor": self.actor}
        home = getattr(self.place.org, "pk", None)
        return given if obj.pk else given | {"initial": {"org": home}}

    def write(self, form: Any) -> models.Model:
        chosen = form.cleaned_data.get("start")
        template = next((one for one in TEMPLATES if one.code == chosen), None)
        return actions.keep_scheme(form.save(commit=False), template, by=self.actor)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if may("edit", self.rules, self.actor, obj):
            doors.append(("增加项目", reverse("evaluation:criterion-new", args=[obj.pk])))
            doors.append(("设等次", reverse("evaluation:bands", args=[obj.pk])))
        if may("version", self.rules, self.actor, obj):
            doors.append(("另立新版本", reverse("evaluation:version", args=[obj.pk])))
        if obj.target != "person" and may("trial", self.rules, self.actor, obj):
            doors.append(("试算", reverse("evaluation:trial", args=[obj.pk])))
        return doors


@writes
def criterion_new(request: Any, pk: int) -> HttpResponse:
    scheme = SchemeScreens(request).fetch(pk, "edit")
    return _criterion(request, scheme, Criterion(scheme=scheme), "增加项目")


@writes
def criterion(request: Any, pk: int) -> HttpResponse:
    """An item of a scheme that may still be changed."""
    found = _item(request, pk)
    return _criterion(request, found.scheme, found, "修改项目")


@require_POST
def criterion_drop(request: Any, pk: int) -> HttpResponse:
    found = _item(request, pk)
    actions.drop_criterion(found, by=request.actor)
    messages.success(request, f"已删除 {found}。")
    return redirect(SchemeScreens.url("detail", found.scheme))


def _item(request: Any, pk: int) -> Criterion:
    seen = SchemeScreens(request).visible("edit")
    rows = Criterion.objects.filter(scheme__in=seen).select_related("scheme", "parent")
    return get_object_or_404(rows, pk=pk)


def _criterion(request: Any, scheme: Scheme, one: Criterion, title: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = CriterionForm(data, instance=one, scheme=scheme)
    return asked(
        request,
        form,
        lambda: actions.keep_criterion(form.save(commit=False), by=request.actor),
        back=SchemeScreens.url("detail", scheme),
        title=title,
        lead=scheme,
        drop_url=reverse("evaluation:criterion-drop", args=[one.pk]) if one.pk else "",
    )


@writes
def bands(request: Any, pk: int) -> HttpResponse:
    scheme = SchemeScreens(request).fetch(pk, "edit")
    now = lines_of((one.title, one.at_least) for one in scheme.bands.all())
    data = request.POST if request.method == "POST" else None
    form = BandsForm(data, initial={"bands": now})
    return asked(
        request,
        form,
        lambda: actions.set_bands(scheme, form.cleaned_data["bands"], by=request.actor),
        back=SchemeScreens.url("detail", scheme),
        title="设等次",
        lead=scheme,
    )


@writes
def version(request: Any, pk: int) -> HttpResponse:
    """A next version is drafted, and the person is led to it."""
    scheme = SchemeScreens(request).fetch(pk, "version")
    if request.method == "POST":
        try:
            return redirect(
                SchemeScreens.url("detail", actions.new_version(scheme, by=request.actor))
            )
        except DomainError as error:
            messages.error(request, error.sentence)
            return redirect(SchemeScreens.url("detail", scheme))
    context = {"scheme": scheme, "back": SchemeScreens.url("detail", scheme)}
    return TemplateResponse(request, "evaluation/version.html", context)


@require_safe
def trial(request: Any, pk: int) -> HttpResponse:
    """How the units below would stand by what the records hold, before anything is issued."""
    scheme = SchemeScreens(request).fetch(pk, "trial")
    form, period = period_asked(request.GET)
    org = place_of(request).org or scheme.org
    found = queries.trial(scheme, org, period)
    context = {
        "scheme": scheme,
        "org": org,
        "form": form,
        "period": period,
        "trial": found,
        "is_draft": scheme.state == SchemeState.DRAFT,
        "back": SchemeScreens.url("detail", scheme),
    }
    return TemplateResponse(request, "evaluation/trial.html", context)


urlpatterns: list[URLPattern] = [
    *SchemeScreens.urls(),
    path("scheme/<int:pk>/item/", criterion_new, name="criterion-new"),
    path("scheme/<int:pk>/bands/", bands, name="bands"),
    path("scheme/<int:pk>/version/", version, name="version"),
    path("scheme/<int:pk>/trial/", trial, name="trial"),
    path("item/<int:pk>/", criterion, name="criterion"),
    path("item/<int:pk>/drop/", criterion_drop, name="criterion-drop"),
]
