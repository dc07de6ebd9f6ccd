"""Tasks passed down: the inbox of a unit, and for the sender who has accepted and reported."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gonghui.core.orgs.models import Org
from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens
from gonghui.kit.errors import DomainError

from .. import actions
from ..filters import DirectiveFilters
from ..flow import PASSING
from ..forms.passing import SendDownForm
from ..models import Directive, Item
from ..queries.passing import (
    DEPTHS,
    LATE,
    STATES,
    follow_up,
    sent_from,
    standing,
    units_below,
    with_units,
)
from ..rules import DIRECTIVE_RULES, ITEM_RULES
from ..tables import DIRECTIVE_TONES, DirectiveTable, FollowUpTable, SentTable

UNITS_A_PAGE = 50
SENT_A_PAGE = 25
# By what the list of what was passed down is narrowed, as the desk's figures ask for it.
SENT_WITH = {
    "not_accepted": "还没有接收",
    "not_reported": "已接收，没有上报",
    "reported": "已上报，等着办结",
    "finished": "已办结",
    LATE: "过期没有接收或上报",
}


def _above(directive: Directive, request: Any) -> dict[str, Any]:
    """The upper union's task and the unit's own, with a door to those the reader may open."""
    pair = [pk for pk in (directive.item_id, directive.accepted_as_id) if pk]
    visible = ITEM_RULES["view"].narrow(Item.objects.filter(pk__in=pair), request.actor)
    return {
        "above": directive.item,
        "own": directive.accepted_as,
        "doors": set(visible.values_list("pk", flat=True)),
        "due_on": directive.due_on or directive.item.due_on,
    }


class DirectiveScreens(Screens):
    """上级下达: what units received from above, to accept and to report."""

    model = Directive
    lead = "上级工会下达到本单位的任务：接收后列入自己的计划，办完了上报。"
    table = DirectiveTable
    filterset = DirectiveFilters
    rules = DIRECTIVE_RULES
    flow = PASSING
    panels = (
        Custom("任务", "plans/panel_directive.html", _above),
        Text("words"),
        Facts("sent_by", "sent_at", "reminded_at", "reported_on", title="办理"),
        Text("report"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        near = ("org", "item__org", "item__plan", "accepted_as__plan", "sent_by")
        return super().queryset().select_related(*near)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if not self.rules["send"].allows(self.actor, obj):
            return []
        return [("各单位进度", reverse("plans:send-down", args=[obj.item_id]))]

    def page(
        self, screen: str, fragment: str = "", status: int = 200, **context: Any
    ) -> TemplateResponse:
        if screen == "list":
            context["tabs"] = _tabs("plans:directive-list")
            context["may_send"] = self.actor.can("plans.send")
        elif screen == "detail":
            context["tone"] = DIRECTIVE_TONES[context["object"].state]
        return super().page(screen, fragment, status, **context)


def _tabs(current: str) -> list[dict[str, Any]]:
    names = (("收到的", "plans:directive-list"), ("下达的", "plans:directive-sent"))
    return [
        {"label": label, "url": reverse(name), "current": name == current} for label, name in names
    ]


@require_safe
def sent(request: Any) -> HttpResponse:
    """What the chosen place passed down, task by task, with how the units stand."""
    place, word = place_of(request), request.GET.get("state", "")
    visible = ITEM_RULES["send"].narrow(sent_from(), request.actor)
    rows = place.narrow(visible, "org")
    if word in SENT_WITH:
        rows = with_units(rows, word, timezone.localdate())
    table = SentTable(rows)
    tables.RequestConfig(request, paginate={"per_page": SENT_A_PAGE}).configure(table)
    chips = [{"label": "有单位", "value": SENT_WITH.get(word, ""), "url": request.path}]
    context = {
        "table": table,
        "tabs": _tabs("plans:directive-sent"),
        "chips": chips if word in SENT_WITH else [],
    }
    return TemplateResponse(request, "plans/directive_sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send_down(request: Any, pk: int) -> HttpResponse:
    """One task: who has it and how far they are, and the form that sends it to more units."""
    item = _sendable(request, pk)
    posted = request.method == "POST"
    depth = request.GET.get("depth", "direct")
    depth = depth if depth in DEPTHS else "direct"
    form = SendDownForm(request.POST if posted else None, item=item, depth=depth)
    if posted and form.is_valid():
        words, due_on = form.cleaned_data["words"], form.cleaned_data["due_on"]
        try:
            new = actions.send_down(
                item, form.chosen(), words=words, due_on=due_on, by=request.actor
            )
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, f"已下达给 {len(new)} 个单位，他们已收到通知。")
            return redirect("plans:send-down", pk)
    return _follow_up(request, item, form, depth, status=422 if posted else 200)


def _follow_up(
    request: Any, item: Item, form: SendDownForm, depth: str, status: int
) -> HttpResponse:
    today = timezone.localdate()
    rows = follow_up(item)
    state = request.GET.get("state", "")
    shown = rows.filter(state__in=STATES[state]) if state in STATES else rows
    table = FollowUpTable(shown)
    tables.RequestConfig(request, paginate={"per_page": UNITS_A_PAGE}).configure(table)
    counted = standing(item, today)
    context = {
        "item": item,
        "form": form,
        "standing": counted,
        "late": f"其中 {counted.late} 个已过期限" if counted.late else "",
        "table": table,
        "state": state,
        "tabs": _depths(item.org, depth),
        "none_left": not form.fields["units"].queryset.exists(),  # type: ignore[attr-defined]  # a model field
        "is_open": item.plan.is_open,
    }
    return TemplateResponse(request, "plans/send_down.html", context, status=status)


def _depths(org: Org, current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": f"?depth={name}#send",
            "current": name == current,
            "count": units_below(org, depth=name).count(),
        }
        for name, label in DEPTHS.items()
    ]


@require_POST
def remind(request: Any, pk: int) -> HttpResponse:
    """催办: only those who have not accepted or not reported are told."""
    item = _sendable(request, pk)
    try:
        told = actions.remind(item, by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"已催办 {len(told)} 个还没有接收或上报的单位。")
    return redirect("plans:send-down", pk)


def _sendable(request: Any, pk: int) -> Item:
    rows = Item.objects.tasks().select_related("plan", "org")
    found: Item = get_object_or_404(ITEM_RULES["send"].narrow(rows, request.actor), pk=pk)
    return found


urlpatterns: list[URLPattern] = [
    path("directive/sent/", sent, name="directive-sent"),
    *DirectiveScreens.urls(),
    path("item/<int:pk>/send-down/", send_down, name="send-down"),
    path("item/<int:pk>/remind/", remind, name="remind"),
]
