"""The columns of the list of what was issued."""

from __future__ import annotations

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from .models import Publication


class PublicationTable(tables.Table):
    title = tables.Column(
        linkify=("communication:publication-detail", {"pk": tables.A("pk")}),
        order_by=("title", "pk"),
    )
    kind = tables.Column(order_by=("kind", "pk"))
    numbered = tables.Column(
        "期号", accessor="numbered", order_by=("year", "number", "pk"), empty_values=()
    )
    org = tables.Column(order_by=("org__path", "pk"))
    copies = tables.Column(order_by=("copies", "pk"))
    adopted_by = tables.Column(orderable=False)

    class Meta:
        model = Publication
        fields = ("title", "kind", "numbered", "copies", "issued_on", "org", "adopted_by", "state")
        caption = "简报信息"

    def render_numbered(self, value: str) -> str:
        return value or "—"

    def render_state(self, record: Publication) -> str:
        return state_badge(record.get_state_display(), record.state_tone)
