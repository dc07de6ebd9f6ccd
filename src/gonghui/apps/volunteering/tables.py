"""The columns of the lists of partners and needs."""

from __future__ import annotations

import django_tables2 as tables

from .models import Need, Partner


class PartnerTable(tables.Table):
    name = tables.Column(
        linkify=("volunteering:partner-detail", {"pk": tables.A("pk")}), order_by=("name", "pk")
    )
    org = tables.Column("合作组织", order_by=("org_id", "pk"))

    class Meta:
        model = Partner
        fields = ("name", "sort", "org", "address", "person", "is_current")
        caption = "合作单位"


class NeedTable(tables.Table):
    title = tables.Column(
        linkify=("volunteering:need-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    partner = tables.Column(order_by=("partner__name", "pk"))
    agreed = tables.Column("商定", accessor="agreed", order_by=("count", "pk"))
    org = tables.Column("承担组织", order_by=("org_id", "pk"))

    class Meta:
        model = Need
        fields = ("title", "partner", "agreed", "volunteers", "org", "since")
        caption = "服务需求"
