"""What took place and is not on record is a finding, from the first day after the limit (R-118)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.models import Activity
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.organisation import OrgFactory
from tests.factories.records import RecordFactory
from tests.factories.regulations import StandardFactory
from tests.factories.signing import RegistrationFactory
from tests.watching import DAY, found, sentences, where

CODE = "R-118"


def ended(org, days: int, **more) -> Activity:
    """Ended at noon so many days before the day of the check."""
    noon = timezone.make_aware(datetime(DAY.year, DAY.month, DAY.day, 12))  # noqa: DTZ001
    end = noon - timedelta(days=days)
    said = {"state": "held", "title": "讲座", "theme": "", "programme": ""} | more
    made = ActivityFactory(org=org, starts_at=end - timedelta(hours=2), ends_at=end, **said)
    SessionFactory(activity=made, starts_at=end - timedelta(hours=2), ends_at=end)
    return made


def complete(activity: Activity, person) -> None:
    """Everything but the last press."""
    RecordFactory(activity=activity, gains="会写了")
    registration = RegistrationFactory(activity=activity, person=person)
    session = activity.sessions.get()
    AttendanceFactory(session=session, registration=registration, in_at=session.starts_at)
    Activity.objects.filter(pk=activity.pk).update(theme="书法", programme="讲课")


@pytest.mark.parametrize(("days", "count"), [(7, 0), (8, 1)])
def test_a_week_is_given_and_no_day_more(cast, days, count):
    ended(cast.company, days)

    assert len(found(CODE)) == count


def test_limit_of_ones_own_holds_for_oneself_and_below(cast):
    StandardFactory(key="activity_record_days", org=cast.company, value=3)
    ended(cast.branch, 4)
    ended(cast.other_company, 4)

    assert where(CODE) == [cast.company]


def test_finding_names_what_is_missing_and_leads_to_the_activity(cast):
    lecture = ended(cast.company, 8)

    (finding,) = found(CODE)

    assert finding.sentence == (
        "“讲座”2026 年 11 月 12 日结束，记录还缺计划（所落实的任务或议程）、主题、出勤、活动收获。"
    )
    assert finding.about == lecture.pk
    page = cast.client("frank").get(reverse("watch:finding-list")).content.decode()
    assert finding.sentence in page


def test_each_part_that_is_there_is_not_named(cast):
    lecture = ended(cast.company, 8, theme="书法")
    RecordFactory(activity=lecture, gains="会写了")

    assert sentences(CODE) == [
        "“讲座”2026 年 11 月 12 日结束，记录还缺计划（所落实的任务或议程）、出勤。"
    ]


def test_whole_record_wants_only_the_press_and_goes_with_it(cast):
    lecture = ended(cast.company, 8)
    complete(lecture, cast.alice)
    assert sentences(CODE) == ["“讲座”2026 年 11 月 12 日结束，记录齐了，还没有按“完成记录”。"]

    LIFE.perform(lecture, "record", by=cast.actor("frank"))

    assert found(CODE) == []


@pytest.mark.parametrize(
    ("state", "count"),
    [
        ("announced", 1), ("open", 1), ("closed", 1), ("held", 1),
        ("draft", 0), ("recorded", 0), ("filed", 0), ("cancelled", 0), ("postponed", 0),
    ],
)  # fmt: skip
def test_what_is_over_counts_whatever_was_pressed(cast, state, count):
    ended(cast.company, 8, state=state)

    assert len(found(CODE)) == count


def test_bodies_below_answer_with_their_union_and_the_city_with_itself(cast):
    association = OrgFactory(parent=cast.company, kind="association")
    ended(association, 8)
    ended(cast.city, 8)

    assert set(where(CODE)) == {cast.company, cast.city}


def test_queries_do_not_grow_with_the_activities(cast, django_assert_max_num_queries):
    for _ in range(30):
        ended(cast.company, 8)
    found(CODE)  # what was found is written once

    with django_assert_max_num_queries(25):
        assert len(found(CODE)) == 30
