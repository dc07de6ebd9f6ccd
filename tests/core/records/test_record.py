"""The record through its screens: written down, finished, commented on."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity, Session
from gonghui.core.history.trail import history_of
from gonghui.core.records.actions.recording import Given, give_feedback, set_contributions
from gonghui.core.records.models import Feedback, Record
from gonghui.core.records.queries.outline import outline_of
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.attendance import AttendanceFactory
from tests.factories.signing import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(cast) -> Activity:
    return ActivityFactory(org=cast.company, state="open", title="职工书法讲座", theme="书法入门")


@pytest.fixture
def session(evening) -> Session:
    return SessionFactory(activity=evening)


@pytest.fixture
def alices(evening, cast) -> Registration:
    return RegistrationFactory(activity=evening, person=cast.alice)


def at(name: str, *args) -> str:
    return reverse(f"records:{name}", args=args)


def rows(**given) -> dict:
    empty = {"given-TOTAL_FORMS": 1, "given-INITIAL_FORMS": 0, "given-0-kind": "taught"}
    return empty | {f"given-0-{name}": value for name, value in given.items()}


def test_record_is_written_and_completes_the_activity(cast, evening, session, alices):
    frank = cast.client("frank")
    evening.programme = "19:00 讲座"
    evening.state = "held"
    evening.save()
    step = reverse("activities:activity-transition", args=[evening.pk, "record"])

    page = frank.post(step, follow=True).content.decode()
    assert "记录还缺出勤、活动收获" in page
    AttendanceFactory(session=session, registration=alices, in_at=timezone.now())
    said = {"minutes": "讲了执笔", "gains": "会写永字八法"}
    frank.post(at("record", evening.pk), said | rows(registration=f"#{alices.pk}", words="示范"))
    frank.post(step)

    evening.refresh_from_db()
    assert evening.state == "recorded"
    assert Record.objects.get().gains == "会写永字八法"
    assert evening.contributions.get().words == "示范"


def test_finished_record_is_closed(cast, evening, session):
    evening.state = "recorded"
    evening.save()

    assert cast.client("frank").get(at("record", evening.pk)).status_code == 404


def test_who_came_says_how_it_was_and_the_name_stays_away(cast, evening, session, alices):
    AttendanceFactory(session=session, registration=alices, in_at=timezone.now())
    evening.state = "held"
    evening.save()

    cast.client("alice").post(at("feedback", evening.pk), {"stars": 4, "words": "声音小了点"})

    assert Feedback.objects.get().stars == 4
    detail = reverse("activities:activity-detail", args=[evening.pk])
    page = cast.client("frank").get(detail).content.decode()
    assert "声音小了点" in page
    assert "1 人评价，平均 4.0 分" in page


def test_who_did_not_come_says_nothing(cast, evening, session, alices):
    evening.state = "held"
    evening.save()

    page = cast.client("alice").post(at("feedback", evening.pk), {"stars": 1})

    assert page.status_code == 422
    assert "到场的人才能评价" in page.content.decode()
    assert not Feedback.objects.exists()


def test_contributions_are_of_people_of_this_activity_and_replaced_whole(cast, evening, alices):
    frank = cast.actor("frank")
    other = RegistrationFactory(activity__org=cast.company, person=cast.bob)
    set_contributions(evening, [Given(alices, "spoke", "致辞"), Given(alices, "taught")], by=frank)

    with pytest.raises(DomainError, match="没有参加这个活动"):
        set_contributions(evening, [Given(other, "spoke")], by=frank)
    assert evening.contributions.count() == 2
    set_contributions(evening, [Given(alices, "performed", "独唱")], by=frank)
    set_contributions(evening, [Given(alices, "performed", "独唱")], by=frank)

    assert [(one.kind, one.words) for one in evening.contributions.all()] == [("performed", "独唱")]
    assert history_of(evening).filter(verb="contribute").count() == 2


def test_feedback_is_ones_own_after_it_is_over_and_said_again_replaces(cast, evening, alices):
    session = SessionFactory(activity=evening)
    AttendanceFactory(session=session, registration=alices, in_at=timezone.now())
    with pytest.raises(DomainError, match="结束以后"):
        give_feedback(alices, stars=5, by=cast.actor("alice"))
    evening.state = "held"
    evening.save()

    with pytest.raises(DomainError, match="自己参加"):
        give_feedback(alices, stars=1, by=cast.actor("bob"))
    give_feedback(alices, stars=5, by=cast.actor("alice"))
    give_feedback(alices, stars=3, words="太长", by=cast.actor("alice"))

    assert [(one.stars, one.words) for one in Feedback.objects.all()] == [(3, "太长")]


def test_empty_record_begins_with_a_template_of_what_is_known(cast, evening, alices):
    evening.kind, evening.state = "meeting", "held"
    evening.programme, evening.organiser = "通报工作\n讨论计划", cast.frank
    evening.save()
    AttendanceFactory(
        session=SessionFactory(activity=evening), registration=alices, in_at=timezone.now()
    )
    frank = cast.client("frank")

    page = frank.get(at("record", evening.pk))

    begun = page.context["form"]["minutes"].value()
    assert begun == "主持：方兰\n到场：1 人\n通报工作：\n讨论计划：\n决定："
    frank.post(at("record", evening.pk), {"minutes": begun.replace("\n", "\r\n")} | rows())
    assert Record.objects.get().minutes == ""
    frank.post(at("record", evening.pk), {"minutes": f"{begun}同意"} | rows())
    assert Record.objects.get().minutes.endswith("决定：同意")


def test_template_of_other_kinds_is_the_programme_alone(evening):
    assert outline_of(evening) == ""

    evening.programme = "讲课\n\n练字 "

    assert outline_of(evening) == "讲课：\n练字："
    evening.kind, evening.programme = "forum", ""
    assert outline_of(evening) == "主持：\n到场：\n发言：\n决定："


def test_who_had_a_place_and_did_not_come_is_counted_and_listed(cast, evening, session, alices):
    RegistrationFactory(activity=evening, person=cast.bob)
    RegistrationFactory(activity=evening, person=cast.frank, status="waiting", line=1)
    AttendanceFactory(session=session, registration=alices, in_at=timezone.now())
    Activity.objects.filter(pk=evening.pk).update(state="held")
    frank = cast.client("frank")

    page = frank.get(reverse("activities:activity-detail", args=[evening.pk])).content.decode()

    door = f"?org={cast.company.pk}&scope=own&activity={evening.pk}&came=no"
    assert "报了名没有来的（1 人）" in page
    rows = frank.get(at("registration-list") + door).context["table"].rows
    assert [row.record.person for row in rows] == [cast.bob]
