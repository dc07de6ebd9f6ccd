"""The columns of what was passed down, as units received it and as senders follow it."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from gonghui.kit.dates import speak_due
from gonghui.kit.ui.drawing import state_badge

from ..models import Directive, DirectiveState, Item
from ..queries import words
from ..queries.passing import AWAITED

DIRECTIVE_TONES = {
    DirectiveState.SENT: "wait",
    DirectiveState.ACCEPTED: "doing",
    DirectiveState.REPORTED: "doing",
    DirectiveState.RETURNED: "late",
    DirectiveState.FINISHED: "done",
}


def due_of(directive: Directive) -> str:
    """The day of its own, else the task's; past it and not reported, how late it is."""
    due, today = directive.due_on or directive.item.due_on, timezone.localdate()
    if due is None:
        return words.UNDATED
    if due < today and directive.state in AWAITED:
        return state_badge(speak_due(due, today), "late")
    return f"{due:%Y-%m-%d}"


class DirectiveTable(tables.Table):
    """What units received; each line leads to its page."""

    item = tables.Column("任务", order_by=("item__text", "pk"))
    above = tables.Column("下达单位", accessor="item__org", order_by=("item__org_id", "pk"))
    org = tables.Column("接收单位", order_by=("org__path", "pk"))
    due_on = tables.Column("完成期限", empty_values=(), order_by=("due_on", "pk"))
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Directive
        fields = ("item", "above", "org", "due_on", "state", "sent_at")
        caption = "上级下达的任务"

    def render_item(self, record: Directive) -> str:
        address = reverse("plans:directive-detail", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, record.item.text)

    def render_due_on(self, record: Directive) -> str:
        return due_of(record)

    def render_sent_at(self, value: Any) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d}"

    def render_state(self, record: Directive) -> str:
        state = DirectiveState(record.state)
        return state_badge(state.label, DIRECTIVE_TONES[state])


class FollowUpTable(tables.Table):
    """How far each unit is with one task; for who sent it."""

    org = tables.Column("单位", order_by=("org__path", "pk"))
    due_on = tables.Column("完成期限", empty_values=(), order_by=("due_on", "pk"))
    state = tables.Column(order_by=("state", "pk"))
    own = tables.Column("本级任务", accessor="accepted_as", default="—", orderable=False)
    report = tables.Column("上报内容", default="—", orderable=False)
    reported_on = tables.Column("上报日期", default="—", order_by=("reported_on", "pk"))
    reminded_at = tables.Column("催办", default="—", order_by=("reminded_at", "pk"))

    class Meta:
        model = Directive
        fields = ("org", "state", "due_on", "own", "report", "reported_on", "reminded_at")
        caption = "各单位进度"

    def render_org(self, record: Directive) -> str:
        address = reverse("plans:directive-detail", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, record.org.name)

    def render_due_on(self, record: Directive) -> str:
        return due_of(record)

    def render_state(self, record: Directive) -> str:
        state = DirectiveState(record.state)
        return state_badge(state.label, DIRECTIVE_TONES[state])

    def render_own(self, value: Item) -> str:
        return value.get_state_display()

    def render_report(self, value: str) -> str:
        return value if len(value) <= 60 else f"{value[:60]}……"

    def render_reported_on(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"

    def render_reminded_at(self, value: Any) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d}"


class SentTable(tables.Table):
    """Tasks that were passed down, with how many units stand where."""

    text = tables.Column("任务", orderable=False)
    org = tables.Column("下达单位", orderable=False)
    units = tables.Column("下达", orderable=False)
    not_accepted = tables.Column("未接收", orderable=False)
    not_reported = tables.Column("未上报", orderable=False)
    reported = tables.Column("待办结", orderable=False)
    finished = tables.Column("已办结", orderable=False)

    class Meta:
        model = Item
        fields = ("text", "org", "units", "not_accepted", "not_reported", "reported", "finished")
        caption = "下达的任务"

    def render_text(self, record: Item) -> str:
        address = reverse("plans:send-down", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, record.text)

    def render_units(self, value: int) -> str:
        return f"{value} 个单位"

    def render_not_accepted(self, value: int, record: Item) -> str:
        return self._door(value, record, "not_accepted", "wait")

    def render_not_reported(self, value: int, record: Item) -> str:
        return self._door(value, record, "not_reported", "doing")

    def render_reported(self, value: int, record: Item) -> str:
        return self._door(value, record, "reported", "doing")

    def render_finished(self, value: int, record: Item) -> str:
        return self._door(value, record, "finished", "done")

    def _door(self, value: int, record: Item, state: str, tone: str) -> str:
        """A number that opens to the units it counts."""
        if not value:
            return "0"
        address = reverse("plans:send-down", args=[record.pk])
        drawn = state_badge(f"{value} 个", tone)
        return format_html('<a href="{}?state={}">{}</a>', address, state, drawn)
