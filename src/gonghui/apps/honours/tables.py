"""The columns of the list of honours."""

from __future__ import annotations

import django_tables2 as tables

from .models import Honour


class HonourTable(tables.Table):
    person = tables.Column(
        linkify=("honours:honour-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("登记的组织", order_by=("org__path", "pk"))
    revoked_on = tables.Column("撤销日期")

    class Meta:
        model = Honour
        fields = ("person", "title", "level", "granted_by", "granted_on", "org", "revoked_on")
        caption = "荣誉"
