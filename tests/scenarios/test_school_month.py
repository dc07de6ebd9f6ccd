"""A school's month of the monthly programme (001-6): February, 新学期新面貌.

Reading that comes into the office, the young teachers' forum, the Lantern Festival and the health
check; weekly study of the year group; and what the union can report of the month.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.learning.api import keep_season, lay_down
from gonghui.apps.teams.models import Enlistment
from gonghui.apps.training.models import Quiz
from gonghui.core.activities.models import Activity
from gonghui.core.attendance.actions.checking import Note, take_notes
from gonghui.core.credits.models import Credit
from gonghui.core.indicators.counting import figures
from gonghui.core.indicators.registry import indicators
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.signing.actions.locking import lock
from gonghui.core.signing.actions.signing import Signing, seat
from gonghui.kit.dates import Period
from tests.cast import Cast
from tests.factories.organisation import OrgFactory, PersonFactory
from tests.factories.training import AttemptFactory, QuizFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FEBRUARY = Period.of_month(2026, 2)


@pytest.fixture(autouse=True)
def _late_in_february():
    with time_machine.travel(datetime(2026, 2, 27, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def groups(cast: Cast) -> list[Org]:
    """The company is the school; each of its two year groups has three teachers."""
    made = [
        OrgFactory(parent=cast.company, kind=Kind.YEAR_GROUP, name=name)
        for name in ("七年级组", "八年级组")
    ]
    for group in made:
        for number in "甲乙丙":
            PersonFactory(org=group, name=f"{group.name[0]}老师{number}")
    chair = cast.actor("frank")
    term = {"kind": "term", "name": "2026 年春季学期"}
    begun, ended = date(2026, 2, 2), date(2026, 7, 10)
    keep_season(cast.company, start=begun, end=ended, by=chair, **term)
    lay_down(cast.company, "weekly", since=begun, by=chair, gaps={"在学习中发言": 1})
    return made


def hold(cast: Cast, title: str, kind: str, day: int, people: list, **gave: str) -> Activity:
    """Announced, held, ticked off and put on record, as the chair does it; ``gave`` by name."""
    start = timezone.make_aware(datetime(2026, 2, day, 15))  # noqa: DTZ001  # made aware here
    said = {
        "org": f"#{cast.company.pk}", "kind": kind, "title": title, "companions_allowed": 0,
        "starts_at": f"{start:%Y-%m-%dT%H:%M}", "place": "会议室", "theme": "新学期新面貌",
        "ends_at": f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}", "programme": "交流",
    }  # fmt: skip
    with time_machine.travel(start - timedelta(days=2), tick=False):
        cast.client("frank").post(reverse("activities:activity-create"), said)
        activity = Activity.objects.get(title=title)
        _step(cast, activity, "announce")
        _step(cast, activity, "open")
        seats = seat(lock(activity.pk), [Signing(one) for one in people], by=cast.actor("frank"))
    with time_machine.travel(start + timedelta(hours=2), tick=False):
        _step(cast, activity, "hold")
        notes = [Note(uuid4(), "in", start, registration=one.pk) for one in seats]
        take_notes(activity.sessions.get(), notes, by=cast.actor("frank"))
        rows: dict[str, object] = {"given-TOTAL_FORMS": len(gave), "given-INITIAL_FORMS": 0}
        by_name = {str(one): one.pk for one in seats}
        for number, (name, what) in enumerate(gave.items()):
            rows |= {
                f"given-{number}-registration": f"#{by_name[name]}", f"given-{number}-kind": what,
            }  # fmt: skip
        written = {"minutes": "大家谈了假期读的书", "gains": "定了本学期的读书计划"}
        page = reverse("records:record", args=[activity.pk])
        cast.client("frank").post(page, written | rows)
        _step(cast, activity, "record")
    activity.refresh_from_db()
    assert activity.state == "recorded"
    return activity


def _step(cast: Cast, activity: Activity, name: str) -> None:
    step = reverse("activities:activity-transition", args=[activity.pk, name])
    cast.client("frank").post(step)


def value(code: str, org: Org) -> object:
    return figures([indicators[code]], org, FEBRUARY)[code].value


def test_february_is_lived_once_and_reported_from_its_records(cast: Cast, groups: list[Org]):
    seven, eight = (list(group.people.order_by("pk")) for group in groups)
    spoke = {"七老师甲": "spoke", "八老师甲": "spoke"}
    hold(cast, "书香飘进办公室", "study", 24, [*seven, *eight[:1]], **spoke)
    hold(cast, "青年教师论坛", "study", 25, seven[:2], 七老师乙="taught")
    hold(cast, "庆祝元宵节", "culture", 26, [*seven, *eight], 八老师丙="performed")
    hold(cast, "全校教师体检", "health", 13, eight)

    assert {
        code: value(code, cast.company)
        for code in ("activities.held", "records.contributions", "records.contributors")
    } == {"activities.held": 4, "records.contributions": 4, "records.contributors": 4}
    kinds = Credit.objects.standing().order_by("pk").values_list("person__name", "kind")
    assert set(kinds.filter(kind__in=["contribution", "showing"])) == {
        ("七老师甲", "contribution"), ("八老师甲", "contribution"),
        ("七老师乙", "contribution"), ("八老师丙", "showing"),
    }  # fmt: skip
    assert kinds.filter(kind="learning").count() == 6, "four and two came to study"
    assert kinds.filter(kind="activity").count() == 9, "the festival and the check are no study"


def test_weekly_study_asks_who_came_and_who_spoke(cast: Cast, groups: list[Org]) -> None:
    seven, eight = (list(group.people.order_by("pk")) for group in groups)
    hold(cast, "书香飘进办公室", "study", 24, [*seven, *eight[:1]], 七老师甲="spoke")
    page = reverse("learning:standing")

    def seen(show: str) -> str:
        asked = {"org": cast.company.pk, "rule": "all", "show": show}
        return cast.client("frank").get(page, asked).content.decode()

    met, lacking = seen("met"), seen("lacking")
    assert "七老师甲" in met
    assert "七老师乙" not in met, "came and did not speak"
    assert "七老师乙" in lacking
    assert "八老师乙" in lacking
    elsewhere = cast.client("dave").get(page, {"org": cast.company.pk}).content.decode()
    assert "老师" not in elsewhere, "another city's officer stays at home"


def test_year_group_takes_part_and_the_two_knowledges_are_contested(
    cast: Cast, groups: list[Org]
) -> None:
    """创建“学习年级组” and the 双知竞赛: the register and the places by year group."""
    frank = cast.client("frank")
    frank.post(
        reverse("teams:enlist"), {"org": [one.pk for one in groups[:1]], "since": "2026-02-24"}
    )
    quiz: Quiz = QuizFactory(org=cast.company, use="contest", counted=2, combine="sum")
    for group in groups:
        members = "、".join(str(one) for one in group.people.order_by("pk")[:2])
        frank.post(f"/training/quiz/{quiz.pk}/squads/", {"name": group.name, "members": members})
    for group, scores in zip(groups, ((70, 80), (90, 85)), strict=True):
        for person, score in zip(group.people.order_by("pk")[:2], scores, strict=True):
            AttemptFactory(quiz=quiz, person=person, score=score, total=100,
                           handed_in_at=timezone.now())  # fmt: skip

    page = frank.get(f"/training/quiz/{quiz.pk}/").content.decode()

    assert [one.org.name for one in Enlistment.objects.all()] == ["七年级组"]
    assert (value("teams.taking", cast.company), value("teams.teams", cast.company)) == (1, 2)
    assert "第 1 名 · 八年级组" in page
    assert "175 分" in page
    assert "第 2 名 · 七年级组" in page
