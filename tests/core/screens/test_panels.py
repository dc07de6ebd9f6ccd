"""Parts of a page, and the history in people's words."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile

from gonghui.core.access.actor import SYSTEM
from gonghui.core.files.store import attach
from gonghui.core.history.trail import record
from gonghui.core.notices.models import Notice
from gonghui.core.screens.changes import changes_of, shown, snapshot
from gonghui.core.screens.panels import (
    WHOLE,
    Attachments,
    Custom,
    Facts,
    Panel,
    Text,
    in_part,
    plugged,
    timeline,
)
from gonghui.core.screens.screens import registry


def test_facts_leave_empty_fields_out(cast):
    filled = Facts("name", "short_name", "kind", "parent").fill(cast.branch, None)

    assert filled.template == "screens/panel_facts.html"
    assert filled.context["facts"] == [
        ("全称", "一分会"),
        ("类型", "工会分会"),
        ("上级", "安澜机械公司工会"),
    ]


def test_a_text_a_custom_part_and_a_plain_one(cast):
    notice = Notice(person=cast.bob, title="试", body="一段话")

    assert Text("body").fill(notice, None).context == {"label": "内容", "text": "一段话"}
    own = Custom("数字", "x.html", lambda obj, request: {"n": 1}).fill(notice, None)
    assert (own.title, own.template, own.context) == ("数字", "x.html", {"n": 1})
    assert Panel().fill(notice, None).context == {}


def test_a_long_page_shows_one_part_at_a_time_or_the_whole():
    own, added = Panel(), Custom("荣誉", "x.html", lambda obj, request: {}, part="merit")
    parts = {"": "档案", "merit": "荣誉"}

    def shown(asked):
        panels, tabs = in_part((own, added), parts, asked)
        return panels, [tab["label"] for tab in tabs if tab["current"]]

    assert shown("") == ([own], ["档案"])
    assert shown("merit") == ([added], ["荣誉"])
    assert shown(WHOLE) == ([own, added], ["全部"])
    assert shown("no such part") == ([own], ["档案"])
    assert in_part((own, added), {}, "merit") == ([own, added], [])


def test_every_panel_stands_in_a_part_its_page_has():
    assert any(screens.parts for screens in registry)
    for screens in registry:
        known = set(screens.parts or {"": ""})
        label = screens.model._meta.label_lower
        used = {panel.part for panel in (*screens.panels, *plugged.get(label, ()))}
        assert used <= known, label
        assert not screens.parts or used == known, label


def test_attachments_are_those_of_the_record(cast):
    file = SimpleUploadedFile("记录.txt", "一行".encode())
    kept = attach(cast.branch, file, name="记录.txt", by=cast.actor("bob"))

    assert Attachments().fill(cast.branch, None).context["files"] == [kept]
    assert Attachments().fill(cast.city, None).context["files"] == []


def test_the_timeline_speaks_the_officers_words(cast):
    record(cast.branch, "create", by=SYSTEM)
    record(
        cast.branch,
        "move",
        by=cast.actor("frank"),
        changes={
            "parent": ["甲", "乙"],
            "reason": "改制",
            "people": 3,
            "odd": 1,
            "state": ["a", "b"],
        },
    )

    latest, first = timeline(cast.branch, cast.actor("frank"))

    assert (first.label, first.by) == ("新建", "系统")
    assert (latest.label, latest.by) == ("调整上级", "方兰")
    # PostgreSQL keeps the names of a change in an order of its own.
    assert set(latest.changes) == {
        ("上级", "甲", "乙"),
        ("原因", None, "改制"),
        ("人员", None, 3),
        ("odd", None, 1),
    }


def test_a_snapshot_holds_what_people_read(cast):
    cast.branch.since = date(2020, 1, 1)

    before = snapshot(cast.branch)

    assert before["kind"] == "工会分会"
    assert before["parent"] == "安澜机械公司工会"
    assert before["since"] == date(2020, 1, 1)
    assert "path" not in before
    assert "id" not in before
    assert shown(cast.branch, cast.branch._meta.get_field("second_parent")) is None


def test_a_snapshot_names_what_a_record_is_linked_to_many_times(db):
    group = Group.objects.create(name="组")
    kind = ContentType.objects.get_for_model(Notice)
    group.permissions.add(Permission.objects.create(name="看", codename="x", content_type=kind))

    assert "看" in snapshot(group)["permissions"]


def test_changes_leave_out_what_stayed_and_what_stayed_empty():
    assert changes_of({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": "", "d": None, "e": 0}) == {
        "b": [2, 3],
        "e": [None, 0],
    }
