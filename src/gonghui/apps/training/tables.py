"""The columns of training's lists."""

from __future__ import annotations

from decimal import Decimal

import django_tables2 as tables

from gonghui.kit.amounts import plain

from .models import (
    Attempt,
    Course,
    Demand,
    Exercise,
    Learner,
    Outsider,
    Programme,
    Provider,
    Quiz,
)


def _door(model: str) -> tuple[str, dict[str, tables.A]]:
    return f"training:{model}-detail", {"pk": tables.A("pk")}


class DemandTable(tables.Table):
    topic = tables.Column(linkify=_door("demand"), order_by=("topic", "pk"))
    org = tables.Column("提出单位", order_by=("org_id", "pk"))

    class Meta:
        model = Demand
        fields = ("topic", "org", "year", "kind", "people", "month", "programme", "state")
        caption = "培训需求"


class ProviderTable(tables.Table):
    name = tables.Column(linkify=_door("provider"), order_by=("name", "pk"))

    class Meta:
        model = Provider
        fields = ("name", "route", "subjects", "contact", "org", "is_current")
        caption = "培训机构"


class ProgrammeTable(tables.Table):
    title = tables.Column(linkify=_door("programme"), order_by=("title", "pk"))
    org = tables.Column("举办组织", order_by=("org_id", "pk"))
    held = tables.Column("已开（期）", order_by=("held", "pk"))

    class Meta:
        model = Programme
        fields = ("title", "org", "year", "kind", "form", "people", "held", "state")
        caption = "培训项目"


class CourseTable(tables.Table):
    programme = tables.Column(
        "培训班",
        linkify=_door("course"),
        order_by=("programme__title", "number", "pk"),
    )
    starts_at = tables.Column(
        "开班", accessor="activity__starts_at", order_by=("activity__starts_at", "pk")
    )
    org = tables.Column("举办组织", order_by=("org_id", "pk"))
    people = tables.Column("在册（人）", order_by=("people", "pk"))
    passed = tables.Column("合格（人）", order_by=("passed", "pk"))

    class Meta:
        model = Course
        fields = ("programme", "starts_at", "org", "hours", "people", "passed", "state")
        caption = "培训班"

    def render_hours(self, value: Decimal) -> str:
        return plain(value)

    def render_programme(self, record: Course) -> str:
        return str(record)


class OutsiderTable(tables.Table):
    name = tables.Column(linkify=_door("outsider"), order_by=("name", "pk"))
    times = tables.Column("参加（次）", order_by=("times", "pk"))

    class Meta:
        model = Outsider
        fields = ("name", "sort", "org", "times")
        caption = "会外学员"


class LearnerTable(tables.Table):
    name = tables.Column(
        "姓名",
        accessor="pk",
        linkify=_door("learner"),
        order_by=("person__pinyin", "outsider__name", "pk"),
    )
    course = tables.Column(order_by=("course__programme__title", "course__number", "pk"))
    joined_on = tables.Column(order_by=("joined_on", "pk"))

    class Meta:
        model = Learner
        fields = ("name", "course", "joined_on", "result", "result_on", "grade", "certificate")
        caption = "学员"

    def render_name(self, record: Learner) -> str:
        return f"{record}（会外）" if record.outsider_id else str(record)


class ExerciseTable(tables.Table):
    stem = tables.Column(linkify=_door("exercise"), order_by=("pk",))

    class Meta:
        model = Exercise
        fields = ("stem", "topic", "answer", "org", "is_current")
        caption = "题库"

    def render_stem(self, record: Exercise) -> str:
        return str(record)


class QuizTable(tables.Table):
    title = tables.Column(linkify=_door("quiz"), order_by=("title", "pk"))
    papers = tables.Column("已交卷（份）", order_by=("papers", "pk"))

    class Meta:
        model = Quiz
        fields = ("title", "use", "org", "closes_at", "papers", "state")
        caption = "测验"


class AttemptTable(tables.Table):
    person = tables.Column(linkify=_door("attempt"), order_by=("person__pinyin", "pk"))
    unit = tables.Column("所在组织", accessor="person__org", order_by=("person__org_id", "pk"))
    score = tables.Column(order_by=("score", "pk"))
    passed = tables.Column("结果", accessor="pk", orderable=False)
    handed_in_at = tables.Column(order_by=("handed_in_at", "pk"))

    class Meta:
        model = Attempt
        fields = ("person", "unit", "quiz", "number", "score", "total", "passed", "handed_in_at")
        caption = "测验成绩"

    def render_passed(self, record: Attempt) -> str:
        return passed_words(record)


def passed_words(attempt: Attempt) -> str:
    """What came of a paper in a word."""
    if attempt.handed_in_at is None:
        return "答题中"
    return {True: "及格", False: "不及格", None: "已交卷"}[attempt.passed]
