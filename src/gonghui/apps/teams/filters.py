"""What the lists of teams are filtered by."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from .models import (
    Enlistment,
    Evidence,
    Ground,
    Incentive,
    Instructor,
    Mechanism,
    Reward,
    StudyPlan,
    Topic,
    TopicField,
    TopicState,
)

NONE: tuple[str, ...] = ()


def _choice(label: str, choices: Any) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(label=label, choices=choices, empty_label="不限")


class EnlistmentFilters(filters.FilterSet):
    q = filters.CharFilter(label="班组或单位", field_name="org__name", lookup_expr="contains")
    state = filters.ChoiceFilter(
        label="状态", method="standing", empty_label="不限",
        choices=[("open", "参加中"), ("left", "已退出")],
    )  # fmt: skip

    class Meta:
        model = Enlistment
        fields = NONE

    def standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(until__isnull=value == "open")


class StudyPlanFilters(filters.FilterSet):
    year = filters.NumberFilter(label="年度")

    class Meta:
        model = StudyPlan
        fields = NONE


class InstructorFilters(filters.FilterSet):
    q = filters.CharFilter(label="讲什么", field_name="field", lookup_expr="contains")
    source = _choice("来自", Instructor.Source.choices)

    class Meta:
        model = Instructor
        fields = NONE


class TopicFilters(filters.FilterSet):
    q = filters.CharFilter(label="课题", field_name="title", lookup_expr="contains")
    field = _choice("方面", TopicField.choices)
    state = _choice("状态", TopicState.choices)

    class Meta:
        model = Topic
        fields = NONE


class EvidenceFilters(filters.FilterSet):
    mechanism = _choice("机制", Mechanism.choices)

    class Meta:
        model = Evidence
        fields = NONE


class IncentiveFilters(filters.FilterSet):
    q = filters.CharFilter(label="姓名", field_name="person__name", lookup_expr="contains")
    ground = _choice("因为", Ground.choices)
    reward = _choice("方式", Reward.choices)

    class Meta:
        model = Incentive
        fields = NONE
