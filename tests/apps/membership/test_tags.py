"""The words beside a name: derived, filtered by, written out, and as they were on a day."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from gonghui.core.files.store import attachments_of
from gonghui.core.jobs.models import Job
from gonghui.core.orgs.models import Function, Kind
from gonghui.core.people.tags import words_on
from tests.factories.care import HardshipFactory
from tests.factories.honours import HonourFactory
from tests.factories.organisation import OrgFactory, PostFactory

DAY = date(2026, 6, 1)
LIST = reverse("membership:person-list")


@pytest.fixture
def congress(cast):
    return OrgFactory(parent=cast.company, kind=Kind.COMMITTEE, function=Function.CONGRESS)


def words(cast, name, day=DAY):
    return words_on(cast.person(name), day, cast.actor("frank"))


def test_delegates_and_officers_follow_from_dated_posts(cast, congress):
    workers = OrgFactory(
        parent=cast.company, kind=Kind.COMMITTEE, function=Function.WORKERS_CONGRESS
    )
    term = {"since": date(2024, 1, 1), "until": date(2026, 6, 1)}
    PostFactory(person=cast.alice, org=congress, title="会员代表", **term)
    PostFactory(person=cast.alice, org=workers, title="职工代表", **term)
    PostFactory(person=cast.bob, org=cast.branch, title="主席", **term)

    assert words(cast, "alice") == ["会员代表", "职工代表"]
    assert words(cast, "bob") == ["工会干部"]
    assert words(cast, "alice", date(2023, 12, 31)) == []
    assert words(cast, "alice", date(2026, 6, 2)) == []


def test_a_working_group_makes_no_officer(cast):
    group = OrgFactory(parent=cast.company, kind=Kind.LEADING_GROUP, function=Function.LEADING)
    PostFactory(person=cast.alice, org=group, title="成员", since=date(2024, 1, 1))

    assert words(cast, "alice") == []


def names(page):
    return sorted(row.record.name for row in page.context["table"].page)


def test_list_is_filtered_by_a_word_as_of_a_day(cast, congress):
    PostFactory(
        person=cast.alice, org=congress, title="会员代表",
        since=date(2024, 1, 1), until=date(2025, 12, 31),
    )  # fmt: skip
    HonourFactory(person=cast.bob)
    chair = cast.client("frank")
    said = {"org": cast.company.pk, "scope": "below"}

    assert names(chair.get(LIST, said | {"tag": "model_worker"})) == ["鲍博"]
    assert names(chair.get(LIST, said | {"tag": "delegate"})) == []
    then = said | {"tag": "delegate", "as_of": "2025-12-31"}
    assert names(chair.get(LIST, then)) == ["艾丽"]
    assert names(chair.get(LIST, then | {"as_of": "2026-01-01"})) == []


def test_hardship_is_neither_offered_nor_answered_to_who_may_not_know(cast):
    HardshipFactory(person=cast.alice)
    said = {"org": cast.company.pk, "scope": "below", "tag": "hardship"}

    chair, leader = cast.client("frank").get(LIST, said), cast.client("grace").get(LIST, said)

    assert names(chair) == ["艾丽"]
    assert "困难职工" in chair.content.decode()
    assert "困难职工" not in leader.content.decode()
    assert names(leader) != ["艾丽"]  # a choice that was not offered filters nothing


def sheet(cast, name, said):
    client = cast.client(name)
    client.post(f"{LIST}?{said}&export=xlsx", {"purpose": "报上级工会核对"})
    file = attachments_of(Job.objects.latest("pk")).get()
    with file.file.open() as content:
        rows = list(openpyxl.load_workbook(io.BytesIO(content.read())).active.values)
    head = next(n for n, row in enumerate(rows) if "姓名" in row)
    at, tag = rows[head].index("姓名"), rows[head].index("标签")
    return {row[at]: row[tag] or "" for row in rows[head + 1 :] if row[at]}


def test_sheet_has_the_words_of_the_day_as_far_as_one_may_know(cast):
    HonourFactory(person=cast.bob, granted_on=date(2025, 5, 1))
    HardshipFactory(person=cast.bob, since=date(2025, 5, 1))
    now = f"org={cast.company.pk}&scope=below"

    assert sheet(cast, "frank", now)["鲍博"] == "劳模、困难职工"
    assert sheet(cast, "grace", now)["鲍博"] == "劳模"
    assert sheet(cast, "frank", f"{now}&as_of=2025-04-30")["鲍博"] == ""


def test_list_shows_the_words_where_their_column_is_chosen(cast):
    HonourFactory(person=cast.bob)
    said = {"org": cast.company.pk, "scope": "below", "q": "鲍博"}
    chair = cast.client("frank")

    assert "劳模</td>" not in chair.get(LIST, said).content.decode()
    assert "劳模</td>" in chair.get(LIST, said | {"columns": ["name", "标签"]}).content.decode()


def test_words_stand_on_the_persons_page_and_their_own(cast):
    HonourFactory(person=cast.alice)

    page = cast.client("frank").get(reverse("membership:person-detail", args=[cast.alice.pk]))
    own = cast.client("alice").get(reverse("membership:own"))

    assert "劳模" in page.content.decode()
    assert "劳模" in own.content.decode()
