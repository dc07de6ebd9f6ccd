"""Who did what, for whoever may read it, filtered."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Grant
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import record
from tests.factories.organisation import OrgFactory, PostFactory


@pytest.fixture
def told(cast):
    with time_machine.travel("2026-03-02 10:00:00+08:00"):
        record(cast.branch, "update", by=cast.actor("bob"), changes={"name": ["甲", "一分会"]})
        record(cast.branch, "move", by=cast.actor("frank"))
    with time_machine.travel("2026-03-03 00:30:00+08:00"):
        record(cast.other_city, "update", by=cast.actor("dave"))
        record(cast.city, "update", by=SYSTEM)
    return cast


def entries(client, query=""):
    page = client.get(reverse("backoffice:entry-list") + query)
    rows = page.context["table"].page.object_list.data
    return [(row.by.name if row.by else None, row.verb) for row in rows]


def test_entries_are_read_within_reach_newest_first(told):
    assert entries(told.client("frank")) == [("方兰", "move"), ("鲍博", "update")]
    assert entries(told.client("bob")) == [("鲍博", "update")]
    assert entries(told.client("dave")) == [("戴维", "update")]
    assert entries(told.client("erin")) == [
        (None, "update"),
        ("戴维", "update"),
        ("方兰", "move"),
        ("鲍博", "update"),
    ]


@pytest.mark.parametrize("who", ["alice", "grace", "mallory"])
def test_without_the_capability_there_is_no_history(told, who):
    client = told.client(who)

    assert entries(client) == []
    assert client.get(reverse("backoffice:entry-detail", args=[1])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=鲍", [("鲍博", "update")]),
        ("?verb=move", [("方兰", "move")]),
        ("?day=2026-03-03", [(None, "update"), ("戴维", "update")]),
        ("?day=2026-03-04", []),
    ],
)
def test_entries_are_filtered_by_who_what_and_when(told, query, found):
    assert entries(told.client("erin"), query) == found


def test_an_entry_tells_its_change_and_leads_to_its_record(told):
    entry = Entry.objects.get(by=told.bob)
    frank = told.client("frank")

    page = frank.get(reverse("backoffice:entry-detail", args=[entry.pk])).content.decode()

    assert "组织：一分会" in page
    assert "<del>甲</del> <ins>一分会</ins>" in page
    assert reverse("organisation:org-detail", args=[told.branch.pk]) in page


def test_an_entry_leads_nowhere_a_person_may_not_go(told):
    entry = record(told.other_city, "update", by=told.actor("bob"))

    page = told.client("bob").get(reverse("backoffice:entry-detail", args=[entry.pk]))

    assert reverse("organisation:org-detail", args=[told.other_city.pk]) not in str(page.content)


def test_a_record_that_is_gone_keeps_its_number(told):
    post = PostFactory(person=told.bob)
    record(post, "create", by=told.actor("bob"))
    number = post.pk
    post.delete()

    page = told.client("bob").get(reverse("backoffice:entry-list")).content.decode()

    assert f"任职 #{number}（已删除）" in page
    entry = Entry.objects.get(by=told.bob, verb="create")
    own = told.client("bob").get(reverse("backoffice:entry-detail", args=[entry.pk]))
    assert f"任职 #{number}（已删除）" in own.content.decode()


def test_many_entries_of_one_sort_cost_as_much_as_few(told):
    client = told.client("erin")

    def cost():
        client.get(reverse("backoffice:entry-list"))
        with CaptureQueriesContext(connection) as counted:
            client.get(reverse("backoffice:entry-list"))
        return len(counted)

    for subject in (PostFactory(person=told.bob), Grant.objects.first()):
        record(subject, "create", by=SYSTEM)
    few = cost()
    for number in range(4):
        record(OrgFactory(name=f"会{number}", parent=told.city), "create", by=SYSTEM)
        record(PostFactory(person=told.bob, title=f"职{number}"), "create", by=SYSTEM)
    for grant in Grant.objects.all():
        record(grant, "create", by=SYSTEM)

    assert cost() == few
