"""The columns of the lists of pieces, recommendations, materials and volumes."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables

from gonghui.core.records.engine.proofs import printed
from gonghui.kit.ui.drawing import state_badge

from .models import Material, Piece, Recommendation, Volume
from .queries.gathered import amount_of


class PieceTable(tables.Table):
    title = tables.Column(
        linkify=("archive:piece-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    person = tables.Column(order_by=("person__pinyin", "pk"))
    kind = tables.Column(order_by=("kind", "-on", "pk"))
    on = tables.Column(order_by=("on", "pk"))
    amount = tables.Column("数量", empty_values=(), orderable=False)
    org = tables.Column("记在", order_by=("org_id", "pk"))
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Piece
        fields = ("title", "person", "kind", "on", "amount", "state", "org")
        caption = "学习积累"

    def render_amount(self, record: Piece) -> str:
        return amount_of(record) or "—"

    def render_on(self, record: Piece) -> str:
        return f"{record.on:%Y-%m-%d}"

    def render_state(self, record: Piece) -> Any:
        return state_badge(record.get_state_display(), tone=record.state_tone)


class RecommendationTable(tables.Table):
    title = tables.Column(
        linkify=("archive:recommendation-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    org = tables.Column("推荐工会", order_by=("org_id", "pk"))
    on = tables.Column(order_by=("on", "pk"))

    class Meta:
        model = Recommendation
        fields = ("title", "author", "readers", "org", "by", "on", "until")
        caption = "推荐书目"

    def render_on(self, record: Recommendation) -> str:
        return f"{record.on:%Y-%m-%d}"


class MaterialTable(tables.Table):
    title = tables.Column(
        linkify=("archive:material-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    org = tables.Column("提供工会", order_by=("org_id", "pk"))
    on = tables.Column(order_by=("on", "pk"))

    class Meta:
        model = Material
        fields = ("title", "org", "by", "on")
        caption = "学习资料"

    def render_on(self, record: Material) -> str:
        return f"{record.on:%Y-%m-%d}"


class VolumeTable(tables.Table):
    name = tables.Column(
        linkify=("archive:volume-detail", {"pk": tables.A("pk")}), order_by=("name", "pk")
    )
    year = tables.Column(order_by=("year", "pk"))
    on = tables.Column(order_by=("on", "pk"))
    code = tables.Column(orderable=False)

    class Meta:
        model = Volume
        fields = ("name", "year", "edition", "union", "on", "code")
        caption = "年度档案"

    def render_on(self, record: Volume) -> str:
        return f"{record.on:%Y-%m-%d}"

    def render_code(self, record: Volume) -> str:
        return printed(record.code)
