"""Who is told that an activity is on, put off, moved or off: everybody concerned, nobody else."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.actions.activities import Sitting, change_activity, set_sessions
from gonghui.core.activities.actions.series import begin_series, change_rest
from gonghui.core.activities.engine.cadence import Cadence
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.lives import announce_series
from gonghui.core.activities.models import Activity
from gonghui.core.notices.models import Notice
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import GrantFactory
from tests.factories.signing import DelegationFactory, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        yield


def at(said: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(said))


@pytest.fixture
def match(cast) -> Activity:
    """Alice has a place in it; Bob was invited like everybody and has none."""
    match = ActivityFactory(org=cast.company, state="open", title="羽毛球赛", place="体育馆")
    SessionFactory(activity=match, starts_at=at("2026-11-28T09:00"))
    match.starts_at, match.ends_at = at("2026-11-28T09:00"), at("2026-11-28T11:00")
    match.save()
    RegistrationFactory(activity=match, person=cast.alice)
    return match


def told(person) -> list[tuple[str, str]]:
    """What somebody has heard, the earliest first."""
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("title", "body"))


def move(match: Activity, cast, said: str, place: str = "") -> None:
    session = match.sessions.get()
    begins = at(said)
    sitting = Sitting(begins, begins + timedelta(hours=2), place=place, pk=session.pk)
    set_sessions(match, [sitting], by=cast.actor("frank"))


def test_who_signed_up_hears_of_the_delay_and_of_the_new_day(cast, match):
    frank = cast.actor("frank")
    LIFE.perform(match, "postpone", by=frank, reason="暴雨")
    match.refresh_from_db()
    move(match, cast, "2026-12-05T09:00")
    match.refresh_from_db()
    LIFE.perform(match, "announce", by=frank, words="天晴了")

    assert told(cast.alice) == [
        ("活动延期：羽毛球赛", "原定11月28日 09:00，原因：暴雨。时间另行通知。"),
        ("活动改期：羽毛球赛", "12月05日 09:00，体育馆，天晴了"),
    ]
    assert told(cast.bob) == []


def test_delay_without_a_new_day_is_over_by_a_word_too(cast, match):
    LIFE.perform(match, "postpone", by=cast.actor("frank"), reason="暴雨")
    LIFE.perform(match, "announce", by=cast.actor("frank"))

    assert told(cast.alice)[-1] == ("活动改期：羽毛球赛", "11月28日 09:00，体育馆")


def test_delay_is_not_over_before_it_has_a_day_to_come(cast, match):
    """Its old day has gone by: told of that, nobody would hear a new one."""
    frank = cast.actor("frank")
    LIFE.perform(match, "postpone", by=frank, reason="暴雨")
    with time_machine.travel("2026-12-01T10:00:00+08:00"):
        match.refresh_from_db()
        with pytest.raises(DomainError, match="原定的时间已过"):
            LIFE.perform(match, "announce", by=frank)
        move(match, cast, "2026-12-05T09:00")
        LIFE.perform(match, "announce", by=frank)

    assert told(cast.alice)[-1] == ("活动改期：羽毛球赛", "12月05日 09:00，体育馆")


def test_occasion_of_a_series_that_was_put_off_is_told_to_who_is_on_its_list(cast):
    made = begin_series(
        cast.company, Cadence(weeks=1, weekday=5), by=cast.actor("frank"), title="周末球赛",
        kind="sport", since=at("2026-11-21T00:00").date(), until=at("2026-12-12T00:00").date(),
    )  # fmt: skip
    one = made.series.occasions.first()
    RegistrationFactory(activity=one, person=cast.alice)
    for step, said in (("announce", {}), ("postpone", {"reason": "暴雨"}), ("announce", {})):
        LIFE.perform(one, step, by=cast.actor("frank"), **said)

    titles = [title for title, _ in told(cast.alice)]
    assert titles == ["活动延期：周末球赛", "活动改期：周末球赛"]
    assert told(cast.bob) == []


def test_called_off_is_told_with_its_reason(cast, match):
    LIFE.perform(match, "cancel", by=cast.actor("frank"), reason="场馆检修")

    assert told(cast.alice) == [("活动取消：羽毛球赛", "原定11月28日 09:00，原因：场馆检修")]
    assert told(cast.bob) == []


def test_who_prepares_it_and_who_brings_others_hear_that_it_is_off(cast, match):
    """The one responsible, bodies that hold it too, a team's leader, and whoever brings a guest."""
    match.organiser = cast.bob
    match.save()
    match.partners.add(cast.other_city)
    DelegationFactory(activity=match, org=cast.second_branch, leader=cast.carol)
    RegistrationFactory(
        activity=match, person=None, guest="来宾", org=cast.branch, signed_by=cast.erin
    )

    LIFE.perform(match, "cancel", by=cast.actor("frank"), reason="场馆检修")

    said = [("活动取消：羽毛球赛", "原定11月28日 09:00，原因：场馆检修")]
    people = (cast.alice, cast.bob, cast.carol, cast.dave, cast.erin)
    assert [told(person) for person in people] == [said] * 5
    assert told(cast.frank) == told(cast.person("mallory")) == []


def test_called_off_as_a_draft_is_no_news(cast, match):
    Activity.objects.filter(pk=match.pk).update(state="draft")
    match.registrations.all().delete()

    LIFE.perform(match, "cancel", by=cast.actor("frank"), reason="不办了")

    assert not Notice.objects.exists()


def test_other_hour_or_place_of_a_session_is_told_to_who_signed_up(cast, match):
    move(match, cast, "2026-11-28T14:00", "二号馆")

    assert told(cast.alice) == [
        ("活动时间地点有变：羽毛球赛", "现在是：11月28日 14:00 二号馆"),
    ]
    assert told(cast.bob) == []


def test_new_place_of_the_whole_is_told(cast, match):
    change_activity(match, {"place": "二号馆", "theme": "友谊"}, by=cast.actor("frank"))

    assert told(cast.alice) == [
        ("活动时间地点有变：羽毛球赛", "现在是：11月28日 09:00 二号馆"),
    ]


def test_what_changes_nothing_for_who_comes_is_not_told(cast, match):
    frank = cast.actor("frank")
    change_activity(match, {"theme": "友谊"}, by=frank)
    session = match.sessions.get()
    same = Sitting(session.starts_at, session.ends_at, pk=session.pk)
    more = Sitting(at("2026-11-29T09:00"), at("2026-11-29T11:00"))
    set_sessions(match, [same, more], by=frank)

    assert told(cast.alice) == []


@pytest.mark.parametrize("state", ["draft", "postponed", "held"])
def test_nobody_hears_of_a_time_nobody_waits_for(cast, match, state):
    Activity.objects.filter(pk=match.pk).update(state=state)
    match.refresh_from_db()

    move(match, cast, "2026-11-28T14:00")

    assert told(cast.alice) == []


def test_time_put_right_afterwards_is_not_told(cast, match):
    move(match, cast, "2026-11-19T09:00")

    assert told(cast.alice) == []


def test_what_is_put_on_record_afterwards_is_no_news(cast):
    past = ActivityFactory(
        org=cast.company, starts_at=at("2026-11-19T09:00"), ends_at=at("2026-11-19T11:00")
    )
    SessionFactory(activity=past, starts_at=at("2026-11-19T09:00"))

    LIFE.perform(past, "announce", by=cast.actor("frank"))

    assert not Notice.objects.exists()


def test_new_hour_of_a_series_is_told_once_to_those_it_is_for(cast):
    frank = cast.actor("frank")
    made = begin_series(
        cast.branch, Cadence(weeks=1, weekday=2), by=frank, title="周三夜学", kind="study",
        since=at("2026-11-25T00:00").date(), until=at("2026-12-30T00:00").date(),
    )  # fmt: skip
    since = at("2026-12-01T00:00").date()
    change_rest(made.series, since, {"place": "教室"}, by=frank)
    assert told(cast.alice) == []
    announce_series(made.series, by=frank)

    change_rest(made.series, since, {"starts_at": time(19)}, by=frank)
    change_rest(made.series, since, {"theme": "安全"}, by=frank)

    assert told(cast.alice)[1:] == [
        ("系列活动时间地点有变：周三夜学", "12 月 1 日起每周三 19:00，教室"),
    ]


def test_who_leads_a_body_that_holds_it_too_is_asked_and_may_read_it(cast, match):
    dave = cast.client("dave")
    page = reverse("activities:activity-detail", args=[match.pk])
    assert dave.get(page).status_code == 404
    GrantFactory(person=cast.person("mallory"), org=cast.other_company, role__capabilities=[])
    match.partners.add(cast.other_city)
    Activity.objects.filter(pk=match.pk).update(state="draft")
    assert dave.get(page).status_code == 404
    LIFE.perform(match, "announce", by=cast.actor("frank"))

    said = f"{cast.company}，11月28日 09:00，体育馆。同意协办，你们的人就看得到、可以报名。"
    assert told(cast.dave) == [("请您协办：羽毛球赛", said)]
    assert dave.get(page).status_code == 200
    assert "协办" in dave.get(page).content.decode()
    assert told(cast.person("mallory")) == []


def test_member_reads_who_holds_it_together_and_whom_it_is_for(cast, match):
    match.partners.add(cast.other_city, cast.other_company)
    match.joined.add(cast.other_city)  # the other has not answered
    match.categories, match.outsiders = ["front_line"], ["family"]
    match.save()

    page = cast.client("alice").get(reverse("signing:portal-activity", args=[match.pk]))

    said = page.content.decode()
    assert f"<dt>协办</dt><dd>{cast.other_city}</dd>" in said
    assert (
        '<dt>面向</dt><dd>一线职工、家属<small class="when">其他人也可以报名。</small></dd>' in said
    )
