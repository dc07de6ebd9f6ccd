"""The columns of the lists of goals and plans of growing."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from .models import Goal, GrowthPlan


class GoalTable(tables.Table):
    title = tables.Column(linkify=("goals:goal-detail", {"pk": tables.A("pk")}), orderable=False)
    sort = tables.Column(order_by=("sort", "pk"))
    org = tables.Column("组织", order_by=("org__path", "pk"))
    person = tables.Column("本人", order_by=("person__pinyin", "pk"), default="")
    serves = tables.Column("落实", orderable=False, default="")
    steps = tables.Column("阶段", accessor="steps_all", orderable=False)

    class Meta:
        model = Goal
        fields = ("title", "sort", "org", "person", "serves", "steps", "until", "state")
        caption = "愿景与目标"

    def render_sort(self, record: Goal) -> str:
        return record.label

    def render_steps(self, record: Any) -> str:
        return f"{record.steps_done} / {record.steps_all}" if record.steps_all else "未分步"

    def render_state(self, record: Goal) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


class GrowthPlanTable(tables.Table):
    person = tables.Column(
        linkify=("goals:growthplan-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("所在组织", order_by=("org__path", "pk"))
    coach = tables.Column("辅导人", order_by=("coach__pinyin", "pk"), default="未定")

    class Meta:
        model = GrowthPlan
        fields = ("person", "kind", "year", "org", "direction", "coach", "state")
        caption = "成长计划"

    def render_state(self, record: GrowthPlan) -> str:
        return state_badge(record.get_state_display(), record.state_tone)
