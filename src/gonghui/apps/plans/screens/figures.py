"""The promised figures of a task or a whole plan, as a page shows them and lets them be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gonghui.core.access.actor import Actor
from gonghui.core.files.models import Attachment
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import may

from .. import actions
from ..engine.pace import Forecast
from ..forms.tasks import ActualForm, BindForm, actual_of
from ..models import Item, Plan, Reading, Target
from ..queries import words
from ..queries.measuring import PERCENT, Measured, measured, written_words
from ..rules import ITEM_RULES, PLAN_RULES

TENTH = Decimal("0.1")
# How a figure stands, in a word with its tone.
STANDING = {
    "": ("待填", "wait"),
    "met": ("达到", "done"),
    "ahead": ("超前", "done"),
    "on_track": ("按进度", "doing"),
    "behind": ("落后", "late"),
    "short": ("未达到", "doing"),
    "missed": ("未达到", "late"),
    "within": ("没有超过", "done"),
    "over": ("已超过", "late"),
}


@dataclass(frozen=True)
class Figure:
    """A promise as a page shows it, with the forms to say what was reached or what counts it."""

    item: Item
    target: Target
    found: Measured
    planned: str
    written: str
    reached: str
    share: float | None
    word: str
    tone: str
    ends: str
    how: str
    readings: list[tuple[Reading, list[Attachment]]]
    form: ActualForm | None = None
    bind_form: BindForm | None = None


def figures_of(item: Item, request: Any, *, may_work: bool, wrong: dict[str, Any]) -> list[Figure]:
    """Those of one task, each with its forms where the actor may use them."""
    targets = words.targets_of(item)
    if not targets:
        return []
    may_bind = may_work and may("edit", ITEM_RULES, request.actor, item)
    found = measured(item.plan, [(item, target) for target in targets], timezone.localdate())
    rows = with_doors(found, item.plan, request.actor)
    files = _files(rows)
    return [
        _figure(
            item,
            row,
            files,
            form=_form(row, wrong) if may_work and not row.target.indicator else None,
            bind_form=_bind_form(row, wrong) if may_bind else None,
        )
        for row in rows
    ]


def with_doors(rows: list[Measured], plan: Plan, actor: Actor) -> list[Measured]:
    """What the system counted leads to its records for who may open them; others only read it."""
    if actor.can("indicators.view", at=plan.org):
        return rows
    return [replace(row, url="") for row in rows]


def _form(row: Measured, wrong: dict[str, Any]) -> ActualForm:
    prefix = f"target{row.target.pk}"
    given = {"value": actual_of(row.target.actual)}
    return wrong.get(prefix) or ActualForm(initial=given, prefix=prefix)


def _bind_form(row: Measured, wrong: dict[str, Any]) -> BindForm:
    prefix = f"bind{row.target.pk}"
    meant = row.target.indicator or (row.suggested.code if row.suggested else "")
    return wrong.get(prefix) or BindForm(target=row.target, initial={"code": meant}, prefix=prefix)


def _figure(item: Item, row: Measured, files: dict[int, list[Attachment]], **forms: Any) -> Figure:
    target = row.target
    word, tone = STANDING[row.standing]
    if row.what is not None and row.actual is None:
        word = "暂无"
    share = words.share(target, row.actual)
    return Figure(
        item,
        target,
        row,
        words.target_words(target),
        written_words(target, item),
        "" if row.actual is None else f"{_short(target, row.actual)}{target.unit}",
        float(share) if share is not None else None,
        word,
        tone,
        _range(target, row.forecast),
        row.forecast.how if row.forecast else "",
        [(one, files.get(one.pk, [])) for one in row.readings],
        **forms,
    )


def _range(target: Target, found: Forecast | None) -> str:
    if found is None:
        return ""
    ends = (found.low, found.high)
    if target.unit not in PERCENT:  # nobody holds half an activity
        ends = (ends[0].to_integral(ROUND_FLOOR), ends[1].to_integral(ROUND_CEILING))
    low, high = (f"{_short(target, end)}{target.unit}" for end in ends)
    return low if low == high else f"{low} 到 {high}"


def _short(target: Target, value: Any) -> str:
    """A rate to one place; so is anything that was worked out."""
    whole = value == value.to_integral()
    return words.number(value if whole else value.quantize(TENTH))


def _files(rows: Iterable[Measured]) -> dict[int, list[Attachment]]:
    """Reading → its proof, by one question."""
    keys = [one.pk for row in rows for one in row.readings]
    found: dict[int, list[Attachment]] = {}
    if keys:
        kind = ContentType.objects.get_for_model(Reading)
        for file in Attachment.objects.filter(content_type=kind, object_id__in=keys):
            found.setdefault(file.object_id, []).append(file)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def plan_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """Every promised figure of a plan; POST lets the system count what its words suggest."""
    asker: Any = request
    plan = get_object_or_404(
        PLAN_RULES["view"].narrow(Plan.objects.select_related("org"), asker.actor), pk=pk
    )
    may_bind = plan.is_open and may("work", PLAN_RULES, asker.actor, plan)
    items = _promising(plan, asker)
    if request.method == "POST" and may_bind:
        try:
            done = actions.bind_suggested(items, by=asker.actor, today=timezone.localdate())
            messages.success(request, f"已有 {done} 个指标由系统计算，不用再填。")
        except DomainError as error:
            messages.error(request, error.sentence)
        return redirect("plans:plan-targets", pk)
    rows = [(item, target) for item in items for target in words.targets_of(item)]
    found = with_doors(measured(plan, rows, timezone.localdate()), plan, asker.actor)
    figures = [_figure(item, row, {}) for (item, _), row in zip(rows, found, strict=True)]
    context = {
        "plan": plan,
        "figures": figures,
        "suggested": sum(1 for row in found if row.suggested) if may_bind else 0,
        "counts": _counts(figures),
    }
    return TemplateResponse(request, "plans/plan_targets.html", context)


def _promising(plan: Plan, request: Any) -> list[Item]:
    """The items that promise a figure, as far as the actor may see them."""
    rows = Item.objects.filter(plan=plan, targets__isnull=False).distinct()
    seen = ITEM_RULES["view"].narrow(rows, request.actor).order_by("position")
    found = list(seen.select_related("owner", "owner_org").prefetch_related("targets"))
    for item in found:
        item.plan = plan
    return found


def _counts(figures: list[Figure]) -> list[tuple[str, str, int]]:
    """How many stand how, in the order of ``STANDING``."""
    said = [(one.word, one.tone) for one in figures]
    return [(word, tone, said.count((word, tone))) for word, tone in dict.fromkeys(said)]


urlpatterns: list[URLPattern] = [
    path("plan/<int:pk>/targets/", plan_targets, name="plan-targets"),
]
