"""The columns of the register of hardship and of dismissals."""

from __future__ import annotations

import django_tables2 as tables

from .models import Dismissal, Hardship


class HardshipTable(tables.Table):
    person = tables.Column(
        linkify=("care:hardship-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("建档的组织", order_by=("org__path", "pk"))

    class Meta:
        model = Hardship
        fields = ("person", "org", "grade", "cause", "since", "until")
        caption = "困难职工档案"


class DismissalTable(tables.Table):
    person = tables.Column(
        linkify=("care:dismissal-detail", {"pk": tables.A("pk")}),
        order_by=("person__pinyin", "pk"),
    )
    org = tables.Column("所在组织", order_by=("org__path", "pk"))

    class Meta:
        model = Dismissal
        fields = ("person", "org", "notified_on", "ends_on", "objected_on", "answered_on")
        caption = "解除合同通知"
