"""The columns of the lists of activities, series, rooms and equipment."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone

from gonghui.kit.ui.drawing import state_badge

from .engine.cadence import read
from .kinds import kinds
from .models import Activity, Resource, Series, State

TONES = {
    State.DRAFT: "plain",
    State.ANNOUNCED: "doing",
    State.OPEN: "doing",
    State.CLOSED: "doing",
    State.HELD: "wait",
    State.RECORDED: "done",
    State.FILED: "done",
    State.POSTPONED: "late",
    State.CANCELLED: "plain",
}


class ActivityTable(tables.Table):
    title = tables.Column(
        linkify=("activities:activity-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    kind = tables.Column(order_by=("kind", "-starts_at", "pk"))
    org = tables.Column("举办组织", order_by=("org_id", "-starts_at", "pk"))
    starts_at = tables.Column("时间", empty_values=(), order_by=("starts_at", "pk"))
    seats_taken = tables.Column("报名", order_by=("seats_taken", "pk"))
    state = tables.Column(order_by=("state", "-starts_at", "pk"))

    class Meta:
        model = Activity
        fields = ("title", "kind", "org", "starts_at", "place", "seats_taken", "state")
        caption = "活动"

    def render_kind(self, record: Activity) -> str:
        return kinds[record.kind].label

    def render_starts_at(self, record: Activity) -> str:
        if record.starts_at is None:
            return "未定"
        return f"{timezone.localtime(record.starts_at):%Y-%m-%d %H:%M}"

    def render_seats_taken(self, record: Activity) -> str:
        if record.capacity is None:
            return str(record.seats_taken)
        return f"{record.seats_taken} / {record.capacity}"

    def render_state(self, record: Activity) -> str:
        return state_badge(record.get_state_display(), TONES[State(record.state)])


class SeriesTable(tables.Table):
    title = tables.Column(
        linkify=("activities:series-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    rhythm = tables.Column("周期", order_by=("rhythm", "pk"))
    org = tables.Column("举办组织", order_by=("org_id", "pk"))
    until = tables.Column("至", order_by=("until", "pk"))

    class Meta:
        model = Series
        fields = ("title", "rhythm", "org", "place", "since", "until")
        caption = "系列活动"

    def render_rhythm(self, record: Series) -> str:
        return f"{read(record.rhythm).words()} {record.starts_at:%H:%M}"


class ResourceTable(tables.Table):
    name = tables.Column(
        linkify=("activities:resource-detail", {"pk": tables.A("pk")}), order_by=("name", "pk")
    )
    org = tables.Column("归属", order_by=("org_id", "pk"))

    class Meta:
        model = Resource
        fields = ("name", "kind", "org", "seats", "address", "is_in_use")
        caption = "场地设备"
