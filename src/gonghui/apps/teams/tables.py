"""The columns of the lists of teams."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from .models import Enlistment, Evidence, Incentive, Instructor, Stage, StudyPlan, Topic


def _door(name: str) -> tables.Column:
    return tables.Column(linkify=(f"teams:{name}-detail", {"pk": tables.A("pk")}), orderable=False)


class EnlistmentTable(tables.Table):
    org = tables.Column(
        linkify=("teams:enlistment-detail", {"pk": tables.A("pk")}), order_by=("org__path", "pk")
    )
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = Enlistment
        fields = ("org", "since", "until", "state")
        caption = "参加登记"

    def render_state(self, record: Enlistment) -> str:
        return state_badge("已退出") if record.until else state_badge("参加中", "done")


class StageTable(tables.Table):
    name = _door("stage")
    org = tables.Column("推进的组织", order_by=("org__path", "first_year"))
    years = tables.Column("年份", accessor="years", order_by=("first_year", "pk"))

    class Meta:
        model = Stage
        fields = ("name", "org", "years", "test")
        caption = "推进阶段"


class StudyPlanTable(tables.Table):
    title = _door("studyplan")
    org = tables.Column("班组", order_by=("org__path", "pk"))
    steps = tables.Column("进度", accessor="steps_all", orderable=False)

    class Meta:
        model = StudyPlan
        fields = ("title", "org", "year", "steps")
        caption = "内部学习培训计划"

    def render_steps(self, record: Any) -> str:
        if not record.steps_all:
            return "未排步骤"
        return f"{record.steps_done} / {record.steps_all} 步"


class InstructorTable(tables.Table):
    who = tables.Column(
        "教员", accessor="pk", linkify=("teams:instructor-detail", {"pk": tables.A("pk")}),
        orderable=False,
    )  # fmt: skip
    org = tables.Column("班组", order_by=("org__path", "pk"))

    class Meta:
        model = Instructor
        fields = ("who", "org", "source", "field", "since", "until")
        caption = "班组教员"

    def render_who(self, record: Instructor) -> str:
        return str(record)


class TopicTable(tables.Table):
    title = _door("topic")
    org = tables.Column("班组", order_by=("org__path", "pk"))
    leader = tables.Column("组长", order_by=("leader__pinyin", "pk"))
    change = tables.Column("改善前后", accessor="change", orderable=False)

    class Meta:
        model = Topic
        fields = ("title", "field", "org", "leader", "change", "released_on", "state")
        caption = "改善课题"

    def render_change(self, value: str) -> str:
        return value or "未比较"

    def render_state(self, record: Topic) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


class EvidenceTable(tables.Table):
    title = _door("evidence")
    org = tables.Column("班组", order_by=("org__path", "pk"))

    class Meta:
        model = Evidence
        fields = ("title", "mechanism", "org", "on")
        caption = "四个机制"


class IncentiveTable(tables.Table):
    person = tables.Column(
        linkify=("teams:incentive-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("班组", order_by=("org__path", "pk"))

    class Meta:
        model = Incentive
        fields = ("person", "org", "ground", "reward", "what", "on")
        caption = "激励"
