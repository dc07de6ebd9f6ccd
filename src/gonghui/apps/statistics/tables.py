"""The columns of the lists of forms, sendings and filings."""

from __future__ import annotations

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from .models import Collection, Filing, Form

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}


class FormTable(tables.Table):
    title = tables.Column(linkify=("statistics:form-detail", {"pk": tables.A("pk")}))
    org = tables.Column("制定的组织", order_by=("org__path", "pk"))
    version = tables.Column("版本", attrs=NUMBER)

    class Meta:
        model = Form
        fields = ("title", "cadence", "version", "org", "state")
        caption = "报表"

    def render_state(self, record: Form) -> str:
        return state_badge(record.get_state_display(), record.state_tone)


# Whoever is counted in a collection stands on its page.
PAGE = ("statistics:collection-detail", {"pk": tables.A("pk")})


class CollectionTable(tables.Table):
    form = tables.Column("报表", linkify=PAGE)
    since = tables.Column("报告期", order_by=("since", "pk"))
    org = tables.Column("下发的组织", order_by=("org__path", "pk"))
    units = tables.Column("单位", attrs=NUMBER, linkify=PAGE)
    missing = tables.Column("未上报", attrs=NUMBER, linkify=PAGE)

    class Meta:
        model = Collection
        fields = ("form", "since", "due_on", "units", "missing", "org")
        caption = "报表下发"

    def render_since(self, record: Collection) -> str:
        return record.period_words


class FilingTable(tables.Table):
    collection = tables.Column(
        "报表", linkify=("statistics:filing-detail", {"pk": tables.A("pk")}),
        order_by=("collection__form__title", "-collection__since", "pk"),
    )  # fmt: skip
    org = tables.Column("填报单位", order_by=("org__path", "pk"))
    due = tables.Column("上报期限", accessor="collection__due_on")

    class Meta:
        model = Filing
        fields = ("collection", "org", "due", "state")
        caption = "报表填报"

    def render_state(self, record: Filing) -> str:
        return state_badge(record.get_state_display(), record.state_tone)
