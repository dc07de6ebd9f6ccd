"""The columns of the lists of mentoring."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from .models import Appraisal, DegreeTarget, Ladder, Offer, Pair, Placement, Recognition, Track


def _link(name: str) -> tuple[str, dict[str, Any]]:
    return f"mentoring:{name}-detail", {"pk": tables.A("pk")}


class PairTable(tables.Table):
    mentor = tables.Column(linkify=_link("pair"), order_by=("mentor__pinyin", "pk"))
    apprentice = tables.Column(order_by=("apprentice__pinyin", "pk"))
    org = tables.Column("所属组织", order_by=("org__path", "pk"))

    class Meta:
        model = Pair
        fields = ("mentor", "apprentice", "field", "org", "since", "until", "state")
        caption = "师徒结对"

    def render_state(self, record: Pair) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


class TrackTable(tables.Table):
    title = tables.Column(linkify=_link("track"), order_by=("title", "pk"))
    org = tables.Column("所属组织", order_by=("org__path", "pk"))

    class Meta:
        model = Track
        fields = ("title", "org", "audience", "is_current")
        caption = "培养方案"


class LadderTable(tables.Table):
    title = tables.Column(linkify=_link("ladder"), order_by=("title", "pk"))
    org = tables.Column("所属组织", order_by=("org__path", "pk"))

    class Meta:
        model = Ladder
        fields = ("title", "org", "audience", "is_current")
        caption = "分层方案"


class PlacementTable(tables.Table):
    person = tables.Column(linkify=_link("placement"), order_by=("person__pinyin", "pk"))
    org = tables.Column("所在组织", order_by=("org__path", "pk"))
    tier = tables.Column(order_by=("tier__position", "pk"))

    class Meta:
        model = Placement
        fields = ("person", "org", "ladder", "tier", "since", "until")
        caption = "分层记录"


class DegreeTargetTable(tables.Table):
    title = tables.Column(linkify=_link("degreetarget"), order_by=("title", "pk"))
    org = tables.Column("所属组织", order_by=("org__path", "pk"))

    class Meta:
        model = DegreeTarget
        fields = ("title", "org", "qualifying", "over", "bachelor", "base", "due_on")
        caption = "学历目标"


class OfferTable(tables.Table):
    title = tables.Column(linkify=_link("offer"), order_by=("title", "pk"))
    org = tables.Column("所属组织", order_by=("org__path", "pk"))

    class Meta:
        model = Offer
        fields = ("title", "org", "place", "since", "until", "places", "funding", "closes_on")
        caption = "外出学习"


class RecognitionTable(tables.Table):
    person = tables.Column(linkify=_link("recognition"), order_by=("person__pinyin", "pk"))
    org = tables.Column("认定组织", order_by=("org__path", "pk"))

    class Meta:
        model = Recognition
        fields = ("person", "kind", "org", "year", "on", "decided_by", "state")
        caption = "四型职工"


class AppraisalTable(tables.Table):
    person = tables.Column(linkify=_link("appraisal"), order_by=("person__pinyin", "pk"))
    org = tables.Column("所在组织", order_by=("org__path", "pk"))

    class Meta:
        model = Appraisal
        fields = ("person", "org", "on", "way", *Appraisal.ABILITIES)
        caption = "能力评价"
