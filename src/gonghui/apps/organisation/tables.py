"""The columns of the lists of bodies, people and posts."""

from __future__ import annotations

import django_tables2 as tables

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person, Post


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


class PersonTable(tables.Table):
    name = tables.Column(
        linkify=("organisation:person-detail", {"pk": tables.A("pk")}),
        order_by=("pinyin", "pk"),
    )
    org = tables.Column(order_by=("org_id", "pinyin", "pk"))

    class Meta:
        model = Person
        fields = ("name", "org", "sex", "employment", "joined_on")
        caption = "人员"


class PostTable(tables.Table):
    person = tables.Column(linkify=("organisation:person-detail", {"pk": tables.A("person_id")}))
    title = tables.Column(linkify=("organisation:post-detail", {"pk": tables.A("pk")}))

    class Meta:
        model = Post
        fields = ("person", "title", "org", "since", "until")
        caption = "任职"
