"""Invitations: asked, answered in one tap, reminded; within the places."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.notices.models import Notice
from gonghui.core.signing.actions.inviting import accept, decline, invite, remind_invited
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.signing import QuestionFactory, QuotaFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(cast) -> Activity:
    activity = ActivityFactory(
        org=cast.company, state="announced", capacity=1, title="座谈会",
        starts_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    SessionFactory(activity=activity, starts_at=activity.starts_at)
    return activity


def test_organiser_invites_and_member_accepts_in_one_tap(cast, forum):
    url = reverse("signing:invitations", args=[forum.pk])
    page = cast.client("frank").post(url, {"people": f"艾丽 #{cast.alice.pk}"}, follow=True)

    assert "已邀请 1 人" in page.content.decode()
    assert "还没有答复" in page.content.decode()
    assert Notice.objects.filter(person=cast.alice, title="邀请您参加：座谈会").count() == 1
    alice = cast.client("alice")
    portal = reverse("signing:portal-activity", args=[forum.pk])
    assert "邀请您参加" in alice.get(portal).content.decode()
    answer = reverse("signing:portal-answer", args=[forum.pk])
    page = alice.post(answer, {"comes": "yes"}, follow=True)
    assert "已接受邀请。" in page.content.decode()
    forum.refresh_from_db()
    assert (forum.seats_taken, forum.registrations.get().status) == (1, "signed")
    assert alice.post(answer, {"comes": "no"}).status_code == 404


def test_who_says_no_may_think_better_of_it(cast, forum):
    (mine,) = invite(forum, [cast.alice], by=cast.actor("frank"))
    alice = cast.client("alice")
    answer = reverse("signing:portal-answer", args=[forum.pk])

    alice.post(answer, {"comes": "no"})
    mine.refresh_from_db()
    assert mine.status == "declined"

    alice.post(answer, {"comes": "yes"})
    mine.refresh_from_db()
    assert mine.status == "signed"
    with pytest.raises(DomainError, match="退出报名"):
        decline(mine, by=cast.actor("alice"))


def test_invitation_into_a_full_house_waits(cast, forum):
    first, second = invite(forum, [cast.alice, cast.bob], by=cast.actor("frank"))

    accept(first, by=cast.actor("alice"))
    accept(second, by=cast.actor("bob"))

    statuses = forum.registrations.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["signed", "waiting"]


def test_question_is_answered_before_the_yes(cast, forum):
    QuestionFactory(activity=forum, is_required=True, label="发言题目")
    (mine,) = invite(forum, [cast.alice], by=cast.actor("frank"))
    alice, answer = cast.client("alice"), reverse("signing:portal-answer", args=[forum.pk])

    page = alice.post(answer, {"comes": "yes"})
    assert page.status_code == 422
    assert "请填写这一项" in page.content.decode()
    question = forum.questions.get()
    alice.post(answer, {"comes": "yes", f"question_{question.pk}": "安全"})

    mine.refresh_from_db()
    assert (mine.status, mine.answers) == ("signed", {str(question.pk): "安全"})


def test_only_the_silent_are_reminded_and_once_a_day(cast, forum):
    first, second = invite(forum, [cast.alice, cast.bob], by=cast.actor("frank"))
    decline(second, by=cast.actor("bob"))
    frank, url = cast.client("frank"), reverse("signing:remind", args=[forum.pk])

    assert "已提醒 1 人" in frank.post(url, follow=True).content.decode()
    frank.post(url)

    asked = Notice.objects.filter(title="请答复是否参加：座谈会")
    assert list(asked.values_list("person", flat=True)) == [cast.alice.pk]
    accept(first, by=cast.actor("alice"))
    with pytest.raises(DomainError, match="都答复了"):
        remind_invited(forum, by=cast.actor("frank"))


def test_who_has_a_place_is_not_asked_again(cast, forum):
    RegistrationFactory(activity=forum, person=cast.alice)

    assert invite(forum, [cast.alice], by=cast.actor("frank")) == []


def test_nobody_is_invited_to_what_is_over(cast, forum):
    Activity.objects.filter(pk=forum.pk).update(state="held")

    with pytest.raises(DomainError, match="不能邀请"):
        invite(forum, [cast.alice], by=cast.actor("frank"))


def test_strangers_neither_invite_nor_answer(cast, forum):
    invite(forum, [cast.alice], by=cast.actor("frank"))

    assert (
        cast.client("dave").get(reverse("signing:invitations", args=[forum.pk])).status_code == 404
    )
    answer = reverse("signing:portal-answer", args=[forum.pk])
    assert cast.client("bob").post(answer, {"comes": "yes"}).status_code == 404


def test_yes_takes_the_group_and_the_companions_along(cast, forum):
    Activity.objects.filter(pk=forum.pk).update(
        capacity=5, companions_allowed=1, outsiders=["family"]
    )
    group = QuotaFactory(activity=forum, name="老年组")
    (mine,) = invite(forum, [cast.alice], by=cast.actor("frank"))
    answer = reverse("signing:portal-answer", args=[forum.pk])

    said = {"comes": "yes", "items": group.pk, "companions": "王芳"}
    cast.client("alice").post(answer, said)

    mine.refresh_from_db()
    assert (mine.status, mine.chosen.get().quota, mine.companion_names) == (
        "signed",
        group,
        ["王芳"],
    )
    assert mine.companion_kind == "family"


def test_yes_is_heard_while_the_day_is_put_off(cast, forum):
    (mine,) = invite(forum, [cast.alice], by=cast.actor("frank"))
    Activity.objects.filter(pk=forum.pk).update(state="postponed")

    assert accept(mine, by=cast.actor("alice")).status == "signed"
