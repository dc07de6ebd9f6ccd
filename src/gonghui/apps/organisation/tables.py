"""The columns of the lists of bodies and posts."""

from __future__ import annotations

import django_tables2 as tables

from gonghui.core.orgs.models import Org, OrgVersion
from gonghui.core.people.models import Post
from gonghui.core.screens.doors import door
from gonghui.kit.ui.drawing import state_badge

from .models import AssociationReview, Contact, Prospect
from .queries import today_of


class OrgTable(tables.Table):
    name = tables.Column(linkify=("organisation:org-detail", {"pk": tables.A("pk")}))
    parent = tables.Column(order_by=("parent__path",))
    state = tables.Column("状态", empty_values=(), orderable=False)

    class Meta:
        model = Org
        fields = ("name", "kind", "parent", "since")
        sequence = ("name", "kind", "parent", "since", "state")
        caption = "组织"

    def render_state(self, record: Org) -> str:
        if record.until is None:
            return "正常"
        return f"已并入{record.merged_into}" if record.merged_into else "已撤销"


class VersionTable(tables.Table):
    """Bodies as they stood on a day; the name leads to the body as it is today."""

    name = tables.Column(linkify=("organisation:org-detail", {"pk": tables.A("org_id")}))
    parent = tables.Column("上级", accessor="above", orderable=False)
    second_parent = tables.Column("第二上级", accessor="second_above", orderable=False)
    state = tables.Column("今天", empty_values=(), orderable=False)

    class Meta:
        model = OrgVersion
        fields = ("name", "kind", "parent", "second_parent", "code", "since", "until", "state")
        caption = "某一天的组织"

    def render_state(self, record: OrgVersion) -> str:
        return today_of(record)


class PostTable(tables.Table):
    person = tables.Column(linkify=lambda record: door(record.person))
    title = tables.Column(linkify=("organisation:post-detail", {"pk": tables.A("pk")}))
    full_time = tables.Column("专兼职")

    class Meta:
        model = Post
        fields = ("person", "title", "org", "since", "until", "full_time", "duty")
        caption = "任职"

    def render_full_time(self, value: bool) -> str:
        return "专职" if value else "兼职"


class ProspectTable(tables.Table):
    unit = tables.Column(linkify=("organisation:prospect-detail", {"pk": tables.A("pk")}))
    org = tables.Column("负责的工会", order_by=("org__path", "pk"))
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Prospect
        fields = ("unit", "org", "sort", "workers", "keeper", "found_on", "state")
        caption = "未建会单位"

    def render_state(self, record: Prospect) -> str:
        tones = {"founded": "done", "paused": "wait", "waiting": "plain"}
        return state_badge(record.get_state_display(), tones.get(record.state, "doing"))


class AssociationReviewTable(tables.Table):
    org = tables.Column(
        "协会",
        linkify=("organisation:associationreview-detail", {"pk": tables.A("pk")}),
        order_by=("org__path", "-on"),
    )

    class Meta:
        model = AssociationReview
        fields = ("org", "on", "members", "joined", "left", "verdict")
        caption = "协会评估"


class ContactTable(tables.Table):
    name = tables.Column(linkify=("organisation:contact-detail", {"pk": tables.A("pk")}))
    org = tables.Column("本方工会", order_by=("org__path", "pk"))

    class Meta:
        model = Contact
        fields = ("name", "sort", "place", "person", "org", "since", "until")
        caption = "对外联系"
