"""The columns of the list of schemes."""

from __future__ import annotations

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from .models import Scheme, SchemeState

TONES = {SchemeState.DRAFT: "wait", SchemeState.ISSUED: "doing", SchemeState.RETIRED: "plain"}


class SchemeTable(tables.Table):
    title = tables.Column(linkify=("evaluation:scheme-detail", {"pk": tables.A("pk")}))
    org = tables.Column("制定的组织", order_by=("org__path", "pk"))
    version = tables.Column(attrs={"td": {"class": "number"}, "th": {"class": "number"}})

    class Meta:
        model = Scheme
        fields = ("title", "target", "version", "org", "state")
        caption = "评估方案"

    def render_state(self, record: Scheme) -> str:
        return state_badge(record.get_state_display(), TONES[SchemeState(record.state)])
