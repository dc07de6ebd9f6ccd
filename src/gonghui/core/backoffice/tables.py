"""The columns of the lists of roles, grants and history."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils import timezone

from gonghui.core.access.granting import label_of
from gonghui.core.access.models import Grant, Role
from gonghui.core.history.models import Entry

from .queries import label_of_verb, subject_words


class RoleTable(tables.Table):
    name = tables.Column(linkify=("backoffice:role-detail", {"pk": tables.A("pk")}))
    capabilities = tables.Column(orderable=False)
    holders = tables.Column("授予", order_by=("holders",))

    class Meta:
        model = Role
        fields = ("name", "capabilities", "holders")
        caption = "角色"

    def render_capabilities(self, value: list[str]) -> str:
        return "、".join(map(label_of, value))

    def render_holders(self, value: int) -> str:
        return f"{value} 人次"


class GrantTable(tables.Table):
    person = tables.Column(linkify=("backoffice:grant-detail", {"pk": tables.A("pk")}))
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = Grant
        fields = ("person", "role", "org", "since", "until")
        sequence = ("person", "role", "org", "since", "until", "state")
        caption = "授权"

    def render_state(self, record: Grant) -> str:
        today = timezone.localdate()
        if record.until and record.until < today:
            return "已到期"
        return "尚未开始" if record.since and record.since > today else "有效"


class EntryTable(tables.Table):
    at = tables.DateTimeColumn(
        format="Y-m-d H:i", linkify=("backoffice:entry-detail", {"pk": tables.A("pk")})
    )
    by = tables.Column(default="系统", orderable=False)
    verb = tables.Column(orderable=False)
    subject = tables.Column("对象", empty_values=(), orderable=False)

    class Meta:
        model = Entry
        fields = ("at", "by", "verb", "subject")
        caption = "历史"

    def render_verb(self, record: Entry) -> str:
        return label_of_verb(record)

    def render_subject(self, record: Entry) -> Any:
        return subject_words(record)
