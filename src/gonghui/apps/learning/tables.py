"""The columns of the lists of study rules, what excuses, terms and slogans."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils import timezone

from gonghui.kit.ui.drawing import state_badge

from .models import Hire, Leave, PartTime, Season, Slogan, StudyRule

BY_BODY = ("org__path", "pk")


class StudyRuleTable(tables.Table):
    title = tables.Column(linkify=("learning:studyrule-detail", {"pk": tables.A("pk")}))
    org = tables.Column("制定的单位", order_by=BY_BODY)
    asks = tables.Column("要求", empty_values=(), orderable=False)
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = StudyRule
        fields = ("title", "org", "asks", "since", "state")
        caption = "学习制度"

    def render_asks(self, record: Any) -> str:
        return "；".join(item.label for item in record.items.all())

    def render_state(self, record: StudyRule) -> str:
        today = timezone.localdate()
        if record.is_on(today):
            return state_badge("施行中", "done")
        if record.is_replaced:
            return state_badge("已改版")
        return state_badge("未施行", "wait") if record.since > today else state_badge("已停止")


class _OfPerson(tables.Table):
    org = tables.Column("所在组织", accessor="person__org", order_by=("person__org__path", "pk"))


class LeaveTable(_OfPerson):
    person = tables.Column(
        linkify=("learning:leave-detail", {"pk": tables.A("pk")}), order_by=("person__pinyin", "pk")
    )

    class Meta:
        model = Leave
        fields = ("person", "org", "kind", "since", "until")
        caption = "请假登记"


class PartTimeTable(_OfPerson):
    person = tables.Column(
        linkify=("learning:parttime-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )

    class Meta:
        model = PartTime
        fields = ("person", "org", "share", "since", "until")
        caption = "非全日制登记"


class HireTable(_OfPerson):
    person = tables.Column(
        linkify=("learning:hire-detail", {"pk": tables.A("pk")}), order_by=("person__pinyin", "pk")
    )

    class Meta:
        model = Hire
        fields = ("person", "org", "on")
        caption = "入职日期"


class SeasonTable(tables.Table):
    name = tables.Column(linkify=("learning:season-detail", {"pk": tables.A("pk")}))
    org = tables.Column("单位", order_by=BY_BODY)

    class Meta:
        model = Season
        fields = ("name", "kind", "org", "start", "end")
        caption = "学期学年"


class SloganTable(tables.Table):
    name = tables.Column(linkify=("learning:slogan-detail", {"pk": tables.A("pk")}))
    items = tables.Column("内容", empty_values=(), orderable=False)

    class Meta:
        model = Slogan
        fields = ("name", "meant_by", "items", "source")
        caption = "数字提法"

    def render_items(self, value: list[str]) -> str:
        return "；".join(value) if value else state_badge("原文未列出内容")
