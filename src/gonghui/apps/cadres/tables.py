"""The columns of the lists of rules, entitlements and ratings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import django_tables2 as tables

from gonghui.kit.amounts import plain
from gonghui.kit.ui.drawing import state_badge

from .models import Entitlement, OfficeTime, Rating, Regulation


class RegulationTable(tables.Table):
    title = tables.Column(linkify=("cadres:regulation-detail", {"pk": tables.A("pk")}))
    org = tables.Column("制定的工会", order_by=("org__path", "pk"))
    in_force = tables.Column("现行版本", empty_values=(), orderable=False)

    class Meta:
        model = Regulation
        fields = ("title", "subject", "org", "in_force")
        caption = "规章制度"

    def render_in_force(self, value: date | None) -> str:
        return f"{value:%Y-%m-%d} 起施行" if value else state_badge("没有现行版本", "wait")


class EntitlementTable(tables.Table):
    person = tables.Column(
        linkify=("cadres:entitlement-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("所在组织", order_by=("org__path", "pk"))
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = Entitlement
        fields = ("person", "org", "kind", "what", "due_on", "state")
        caption = "干部待遇"

    def render_state(self, record: Entitlement) -> str:
        if record.done_on:
            return state_badge(f"{record.done_on:%Y-%m-%d} 落实", "done")
        return state_badge("未落实", "wait")


class RatingTable(tables.Table):
    person = tables.Column(
        linkify=("cadres:rating-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("所在组织", order_by=("org__path", "pk"))

    class Meta:
        model = Rating
        fields = ("person", "org", "profile", "on", "by")
        caption = "能力评定"

    def render_by(self, value: Any) -> str:
        return str(value)


class OfficeTimeTable(tables.Table):
    person = tables.Column(
        linkify=("cadres:officetime-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("工会", order_by=("org__path", "pk"))
    days = tables.Column(attrs={"td": {"class": "number"}, "th": {"class": "number"}})

    class Meta:
        model = OfficeTime
        fields = ("person", "org", "on", "days", "matter")
        caption = "占用工作时间"

    def render_days(self, value: Decimal) -> str:
        return plain(value)
