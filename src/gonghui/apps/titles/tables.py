"""The columns of the list of titles."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone

from gonghui.kit.ui.drawing import state_badge

from .models import State, Title

TONES = {
    State.STANDING: "done",
    State.RENEWED: "done",
    State.DOWNGRADED: "wait",
    State.WITHDRAWN: "late",
}


class TitleTable(tables.Table):
    name = tables.Column(
        linkify=("titles:title-detail", {"pk": tables.A("pk")}), order_by=("holder__path", "pk")
    )
    org = tables.Column(order_by=("org__path", "pk"))
    evaluation = tables.Column(orderable=False)

    class Meta:
        model = Title
        fields = ("name", "title", "evaluation", "org", "since", "until", "state")
        caption = "称号"

    def render_state(self, record: Title) -> str:
        if record.proves and record.is_over(timezone.localdate()):
            return state_badge("已到期", "wait")
        return state_badge(record.get_state_display(), TONES[State(record.state)])
