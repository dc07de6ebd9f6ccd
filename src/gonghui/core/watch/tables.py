"""The columns of the list of findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.utils import timezone

from gonghui.kit.ui.drawing import state_badge

from .checking import checks
from .models import Finding, Severity
from .queries import UnitCount, as_of

TONES = {Severity.BLOCK: "late", Severity.WARN: "wait", Severity.INFO: "plain"}
STATE_TONES = {"未认领": "wait", "到期再看": "wait", "已认领": "doing", "已消除": "done"}


class FindingTable(tables.Table):
    sentence = tables.Column(
        linkify=("watch:finding-detail", {"pk": tables.A("pk")}), orderable=False
    )
    org = tables.Column("工会", order_by=("org__path", "pk"))
    check_code = tables.Column("检查", order_by=("check_code", "pk"))
    severity = tables.Column("程度", order_by=("rank", "first_seen", "pk"))
    first_seen = tables.Column(
        "首次发现", order_by=("first_seen", "pk"), attrs={"td": {"class": "day"}}
    )
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = Finding
        fields = ("sentence", "org", "check_code", "severity", "first_seen", "state")
        caption = "要留意"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()

    def render_check_code(self, value: str) -> str:
        check = checks.get(value)
        return check.title if check else value

    def render_severity(self, record: Finding) -> str:
        return severity_badge(record.severity)

    def render_first_seen(self, record: Finding) -> str:
        return f"{record.first_seen:%Y-%m-%d}"

    def render_state(self, record: Finding) -> str:
        word = as_of(self.today, record)
        return state_badge(word, STATE_TONES[word])


def _of(severity: str) -> Callable[[UnitCount], str | None]:
    """The list a count opens to; of none there is none."""

    def link(record: UnitCount) -> str | None:
        return f"{record.url}&severity={severity}" if getattr(record, severity) else None

    return link


class UnitTable(tables.Table):
    """Counts by the units directly below; the rows are counted already."""

    org = tables.Column("单位", linkify=lambda record: record.url, orderable=False)
    block = tables.Column(Severity.BLOCK.label, linkify=_of("block"), orderable=False)
    warn = tables.Column(Severity.WARN.label, linkify=_of("warn"), orderable=False)
    info = tables.Column(Severity.INFO.label, linkify=_of("info"), orderable=False)
    total = tables.Column("合计", linkify=lambda record: record.url, orderable=False)

    class Meta:
        caption = "下一级各单位"


def severity_badge(severity: str) -> str:
    """How bad it is, in its tone."""
    return state_badge(Severity(severity).label, TONES[Severity(severity)])
