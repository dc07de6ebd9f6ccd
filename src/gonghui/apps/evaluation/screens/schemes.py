"""The officer's screens of schemes: the table of items, its grades, and a trial on records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.editions.models import EditionState
from gonghui.core.editions.screens import EditionScreens
from gonghui.core.screens.panels import WORDS, Custom, Facts
from gonghui.core.screens.place import place_of
from gonghui.core.screens.small_forms import small_form, writes
from gonghui.kit.rules import may

from ..actions import schemes as actions
from ..engine.marking import said
from ..engine.shipped import TEMPLATES
from ..filters import SchemeFilters
from ..flow import SCHEME
from ..forms.schemes import BandsForm, CriterionForm, SchemeForm, lines_of, period_asked
from ..models import Criterion, Scheme, Target
from ..queries import schemes as queries
from ..rules import SCHEME_RULES
from ..tables import SchemeTable

WORDS |= {"bands": "等次"}
TRIED_A_PAGE = 50


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


class SchemeScreens(EditionScreens):
    """Schemes: what units, teams and people are judged by."""

    model = Scheme
    lead = "评什么、占几分、怎么算、达到多少分评什么等次。印发以后不改，要改就另立新版本。"
    table = SchemeTable
    filterset = SchemeFilters
    form = SchemeForm
    rules = SCHEME_RULES
    flow = SCHEME
    create_capability = "evaluation.write"
    templates = TEMPLATES
    keep = staticmethod(actions.keep_scheme)
    lead_of_version = (
        "现在这一版照旧有效，已经用它评过的不受影响。新版本先拟定，可以试算谁升谁降，改好再印发。"
    )
    panels = (
        Facts("target", "full_mark", "bonus_cap", "basis", "version", "before", "org"),
        Custom("评估项目", "evaluation/panel_items.html", items),
    )

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if may("edit", self.rules, self.actor, obj):
            doors.append(("增加项目", reverse("evaluation:criterion-new", args=[obj.pk])))
            doors.append(("设等次", reverse("evaluation:bands", args=[obj.pk])))
        if may("version", self.rules, self.actor, obj):
            doors.append(("另立新版本", reverse("evaluation:version", args=[obj.pk])))
        if may("trial", self.rules, self.actor, obj):
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
    return small_form(
        request,
        form,
        lambda: actions.keep_criterion(form.save(commit=False), by=request.actor),
        back=SchemeScreens.url("detail", scheme),
        title=title,
        of=scheme,
        drop_url=reverse("evaluation:criterion-drop", args=[one.pk]) if one.pk else "",
        drop_words="大项会连同下面的项目一起删除。" if one.is_heading else "",
    )


@writes
def bands(request: Any, pk: int) -> HttpResponse:
    scheme = SchemeScreens(request).fetch(pk, "edit")
    now = lines_of((one.title, one.at_least) for one in scheme.bands.all())
    data = request.POST if request.method == "POST" else None
    form = BandsForm(data, initial={"bands": now})
    return small_form(
        request,
        form,
        lambda: actions.set_bands(scheme, form.cleaned_data["bands"], by=request.actor),
        back=SchemeScreens.url("detail", scheme),
        title="设等次",
        of=scheme,
    )


@writes
def version(request: Any, pk: int) -> HttpResponse:
    return SchemeScreens(request).version(pk, actions.new_version)


@require_safe
def trial(request: Any, pk: int) -> HttpResponse:
    """How units or people would stand by what the records hold, before anything is issued."""
    scheme = SchemeScreens(request).fetch(pk, "trial")
    form, period = period_asked(request.GET)
    org = place_of(request).org or scheme.org
    found = queries.trial(scheme, org, period, by=request.actor)
    context = {
        "scheme": scheme,
        "org": org,
        "form": form,
        "period": period,
        "trial": found,
        "page": Paginator(found.rows, TRIED_A_PAGE).get_page(request.GET.get("page")),
        "of_people": scheme.target == Target.PERSON,
        "crowd_words": str(found.crowd),
        "is_draft": scheme.state == EditionState.DRAFT,
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
