"""The columns of the lists of people, applications, transfers and merges."""

from __future__ import annotations

import django_tables2 as tables
from django.utils import timezone
from django.utils.safestring import SafeString

from gonghui.core.people.models import Correction, Person, Reveal
from gonghui.core.screens.doors import door
from gonghui.kit.ui.drawing import state_badge

from .models import Application, ApplicationState, Merge, Transfer, TransferState
from .queries.counts import employment_of
from .queries.privacy import name_of

TONES = {
    ApplicationState.SUBMITTED: "wait",
    ApplicationState.APPROVED: "done",
    ApplicationState.REFUSED: "late",
    ApplicationState.WITHDRAWN: "plain",
    TransferState.ASKED: "wait",
    TransferState.RELEASED: "doing",
    TransferState.ACCEPTED: "done",
}


class PersonTable(tables.Table):
    name = tables.Column(
        linkify=("membership:person-detail", {"pk": tables.A("pk")}),
        order_by=("pinyin", "pk"),
    )
    org = tables.Column(order_by=("org_id", "pinyin", "pk"))
    employment = tables.Column(empty_values=())

    class Meta:
        model = Person
        fields = ("name", "org", "sex", "employment", "joined_on")
        caption = "人员"

    def render_org(self, record: Person) -> str:
        """As of a day, where they were then; the former unit where it was what was looked for."""
        here = str(getattr(record, "then_org", None) or record.org)
        former = getattr(record, "came_from", "")
        return f"{here}（原单位：{former}）" if former else here

    def render_employment(self, record: Person) -> str:
        return employment_of(record) or "—"


class ApplicationTable(tables.Table):
    person = tables.Column(
        linkify=("membership:application-detail", {"pk": tables.A("pk")}), order_by=("person", "pk")
    )
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Application
        fields = ("person", "org", "way", "applied_on", "state", "decided_on")
        caption = "入会申请"

    def render_state(self, record: Application) -> SafeString:
        return state_badge(record.get_state_display(), TONES[ApplicationState(record.state)])


class TransferTable(tables.Table):
    person = tables.Column(
        linkify=("membership:transfer-detail", {"pk": tables.A("pk")}), order_by=("person", "pk")
    )
    org = tables.Column("原组织", order_by=("org_id", "pk"))
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Transfer
        fields = ("person", "org", "to", "asked_on", "due_on", "state")
        caption = "会籍转接"

    def render_state(self, record: Transfer) -> SafeString:
        state = TransferState(record.state)
        late = state in (TransferState.ASKED, TransferState.RELEASED) and (
            record.due_on is not None and record.due_on < timezone.localdate()
        )
        if late:
            return state_badge(f"{state.label}，已逾期", "late")
        return state_badge(state.label, TONES.get(state, "plain"))


class MergeTable(tables.Table):
    kept = tables.Column(
        linkify=("membership:merge-detail", {"pk": tables.A("pk")}), order_by=("kept", "pk")
    )
    gone = tables.Column(linkify=lambda record: door(record.gone))
    undone_at = tables.Column("状态", empty_values=())

    class Meta:
        model = Merge
        fields = ("kept", "gone", "org", "made_by", "made_at", "undone_at")
        caption = "合并记录"

    def render_undone_at(self, record: Merge) -> SafeString:
        return state_badge("已撤回", "plain") if record.undone_at else state_badge("已合并", "done")


class RevealTable(tables.Table):
    at = tables.Column(linkify=("membership:reveal-detail", {"pk": tables.A("pk")}))
    field = tables.Column("内容", order_by=("field", "pk"))

    class Meta:
        model = Reveal
        fields = ("at", "by", "person", "field", "reason")
        caption = "查看记录"

    def render_field(self, value: str) -> str:
        return name_of(value)


class CorrectionTable(tables.Table):
    person = tables.Column(linkify=("membership:correction-detail", {"pk": tables.A("pk")}))

    class Meta:
        model = Correction
        fields = ("person", "field", "reason", "asked_at", "state")
        caption = "更正申请"

    def render_field(self, value: str) -> str:
        return name_of(value)

    def render_state(self, record: Correction) -> SafeString:
        return state_badge(record.get_state_display(), record.state_tone)
