"""The columns of the lists of terms, elections, a new chair's duties and departures."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone
from django.utils.formats import date_format

from gonghui.kit.dates import speak_due
from gonghui.kit.ui.drawing import state_badge

from .models import ChairDuty, Departure, Election, Term


class ElectionTable(tables.Table):
    title = tables.Column(
        "选举",
        accessor="number",
        linkify=("elections:election-detail", {"pk": tables.A("pk")}),
        order_by=("org__path", "number", "pk"),
    )
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Election
        fields = ("title", "kind", "meeting", "planned_on", "held_on", "state")
        caption = "选举"

    def render_title(self, record: Election) -> str:
        return str(record)

    def render_state(self, record: Election) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


class TermTable(tables.Table):
    org = tables.Column(
        "工会", linkify=("elections:term-detail", {"pk": tables.A("pk")}), order_by=("org__path",)
    )
    number = tables.Column("届次")
    due_on = tables.Column("应换届")
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = Term
        fields = ("org", "number", "since", "years", "due_on", "state")
        caption = "届次"

    def render_number(self, value: int) -> str:
        return f"第{value}届"

    def render_due_on(self, record: Term) -> str:
        extended = "（已批准延期）" if record.extended_to else ""
        return f"{date_format(record.end)}{extended}"

    def render_state(self, record: Term) -> str:
        if record.ended_on:
            return state_badge("已届满", "plain")
        today = timezone.localdate()
        late = record.end < today
        return state_badge(speak_due(record.end, today), "late" if late else "doing")


class ChairDutyTable(tables.Table):
    person = tables.Column(
        linkify=("elections:chairduty-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("工会", order_by=("org__path",))
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = ChairDuty
        fields = ("person", "org", "kind", "since", "state")
        caption = "新任主席事项"

    def render_state(self, record: ChairDuty) -> str:
        if record.done_on:
            return state_badge(f"{record.done_on:%Y-%m-%d} 办完", "done")
        return state_badge("未办", "wait")


class DepartureTable(tables.Table):
    person = tables.Column(
        "人员",
        accessor="post__person",
        linkify=("elections:departure-detail", {"pk": tables.A("pk")}),
        order_by=("post__person__pinyin", "pk"),
    )
    title = tables.Column("职务", accessor="post__title")
    org = tables.Column("工会", order_by=("org__path",))
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Departure
        fields = ("person", "title", "org", "way", "proposed_on", "state")
        caption = "主席离任"

    def render_state(self, record: Departure) -> str:
        return state_badge(record.get_state_display(), record.state_tone)
