"""The columns of the lists of schemes, rounds, contenders and objections."""

from __future__ import annotations

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from .models import (
    Contender,
    Objection,
    ObjectionState,
    Round,
    Scheme,
)

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
OBJECTION_TONES = {
    ObjectionState.OPEN: "wait",
    ObjectionState.UPHELD: "late",
    ObjectionState.DISMISSED: "done",
}


class SchemeTable(tables.Table):
    title = tables.Column(linkify=("evaluation:scheme-detail", {"pk": tables.A("pk")}))
    org = tables.Column("制定的组织", order_by=("org__path", "pk"))
    version = tables.Column(attrs=NUMBER)

    class Meta:
        model = Scheme
        fields = ("title", "target", "version", "org", "state")
        caption = "评估方案"

    def render_state(self, record: Scheme) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


class RoundTable(tables.Table):
    title = tables.Column(linkify=("evaluation:round-detail", {"pk": tables.A("pk")}))
    org = tables.Column("组织评估的工会", order_by=("org__path", "pk"))
    scheme = tables.Column(orderable=False)

    class Meta:
        model = Round
        fields = ("title", "scheme", "org", "apply_from", "apply_until", "state")
        caption = "评估轮次"

    def render_state(self, record: Round) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


class ContenderTable(tables.Table):
    org = tables.Column(
        "参评对象",
        linkify=("evaluation:contender-detail", {"pk": tables.A("pk")}),
        order_by=("org__path", "pk"),
    )
    round = tables.Column(
        linkify=("evaluation:round-detail", {"pk": tables.A("round_id")}),
        order_by=("round_id", "pk"),
    )
    marks = tables.Column(attrs=NUMBER, default="未评定")
    place = tables.Column(attrs=NUMBER, default="")
    grade = tables.Column(default="")

    class Meta:
        model = Contender
        fields = ("org", "round", "state", "marks", "place", "grade")
        caption = "参评对象"

    def render_org(self, record: Contender) -> str:
        return str(record)

    def render_state(self, record: Contender) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


class ObjectionTable(tables.Table):
    words = tables.Column(
        linkify=("evaluation:objection-detail", {"pk": tables.A("pk")}), orderable=False
    )
    round = tables.Column(order_by=("round_id", "pk"))
    contender = tables.Column(orderable=False, default="整个结果")

    class Meta:
        model = Objection
        fields = ("words", "round", "contender", "on", "state")
        caption = "公示异议"

    def render_words(self, record: Objection) -> str:
        return record.words if len(record.words) <= 40 else f"{record.words[:39]}…"

    def render_state(self, record: Objection) -> str:
        tone = OBJECTION_TONES[ObjectionState(record.state)]
        return state_badge(record.get_state_display(), tone)
