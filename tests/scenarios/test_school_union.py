"""The school union's term (000-1): its study rules, what teachers wrote, and who lacks what.

A book and a reflection a term, one to two notes a month; three notes are allowed and kept.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from gonghui.apps.archive.models import Piece
from gonghui.apps.learning.api import keep_season, lay_down
from gonghui.core.credits.models import Credit
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TERM = date(2026, 9, 1), date(2027, 1, 31)


@pytest.fixture(autouse=True)
def _on_a_november_day():
    with time_machine.travel(datetime(2026, 11, 20, 2, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def school(cast: Cast):
    """The company's branch is the school; its chair lays the rules down."""
    chair = cast.actor("frank")
    keep_season(
        cast.branch, kind="term", name="2026 年秋季学期", start=TERM[0], end=TERM[1], by=chair
    )
    lay_down(cast.branch, "monograph", since=TERM[0], by=chair)
    lay_down(cast.branch, "notes", since=date(2026, 11, 1), by=chair)
    return cast.branch


def write(cast: Cast, name: str, sort: str, title: str, text: str) -> Piece:
    """As on the phone: a blank page, the words, and it is on record."""
    client = cast.client(name)
    client.post(reverse("archive:begin", args=[sort]))
    piece = Piece.objects.filter(person=cast.person(name), kind=sort).latest("pk")
    said = {
        "title": title, "text": text, "on": "2026-11-18", "shown_to": "me",
        "version": piece.version, "pen": "b" * 32, "stroke": 1,
    }  # fmt: skip
    client.post(reverse("archive:my-keep", args=[piece.pk]), said)
    client.post(reverse("archive:my-step", args=[piece.pk, "write"]))
    piece.refresh_from_db()
    return piece


def test_a_teachers_month_is_written_once_and_answers_every_rule(cast: Cast, school) -> None:
    alice = cast.client("alice")
    before = alice.get(reverse("learning:mine")).content.decode()

    alice.post(reverse("archive:add-book"), {"title": "《给教师的建议》"})
    write(cast, "alice", "reflection", "读后", "课堂要留白。")
    for number in range(3):
        write(cast, "alice", "note", f"笔记{number}", "听课所得。")

    after = alice.get(reverse("learning:mine")).content.decode()
    kinds = sorted(Credit.objects.standing().values_list("kind", flat=True))
    assert kinds == ["book", "note", "note", "note", "reflection"]
    assert before.count("还差") >= 3
    assert "还差" not in after
    assert "2026 年秋季学期" in after


def test_the_leader_sees_who_lags_and_a_stranger_nothing(cast: Cast, school) -> None:
    cast.client("bob").post(reverse("archive:add-book"), {"title": "教育的情调"})
    page = reverse("learning:standing")

    seen = cast.client("frank").get(page, {"org": school.pk}).content.decode()
    member = cast.client("alice").get(page, {"org": school.pk})
    stranger = cast.client("mallory").get(page, {"org": school.pk})

    assert "艾丽" in seen
    assert "鲍博" in seen, "one book does not make the reflection and the note"
    assert (member.status_code, stranger.status_code) == (404, 404)


def test_leave_excuses_in_proportion_and_the_teacher_reads_the_sum(cast: Cast, school) -> None:
    chair = cast.client("frank")
    said = {
        "person": "艾丽", "kind": "maternity", "since": "2026-09-01", "until": "2027-01-31",
    }  # fmt: skip

    chair.post(reverse("learning:leave-create"), said)

    mine = cast.client("alice").get(reverse("learning:mine")).content.decode()
    assert "产假" in mine
    assert "免" in mine
