"""Signing up through the action: places, the line, moving up, and two at the same moment."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.activities.models import Activity
from gonghui.core.history.models import Entry
from gonghui.core.signing.actions.places import Share, set_places
from gonghui.core.signing.actions.signing import Signing, complete, sign_up, withdraw
from gonghui.core.signing.models import Registration
from gonghui.core.signing.queries.mine import ahead_of
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import QuestionFactory, QuotaFactory

Status = Registration.Status


@pytest.fixture
def match(db) -> Activity:
    return ActivityFactory(state="open", capacity=2)


def sign(activity: Activity, *people, **more) -> list[Registration]:
    return sign_up(activity, [Signing(person, **more) for person in people], by=SYSTEM)


def sign_self(activity: Activity, **more) -> Registration:
    person = PersonFactory()
    (made,) = sign_up(activity, [Signing(person, **more)], by=Actor(person))
    return made


def states(activity: Activity) -> list[str]:
    return list(activity.registrations.order_by("pk").values_list("status", flat=True))


def test_third_of_two_places_waits_and_moves_up_when_one_withdraws(match):
    first, _, third = sign(match, *PersonFactory.create_batch(3))
    assert states(match) == ["signed", "signed", "waiting"]

    withdraw(first, by=Actor(first.person))

    assert states(match) == ["withdrawn", "signed", "signed"]
    match.refresh_from_db()
    assert match.seats_taken == 2
    assert Entry.objects.filter(verb="move_up", object_id=third.pk).count() == 1


def test_second_press_changes_nothing(match):
    person = PersonFactory()
    (first,), (again,) = sign(match, person), sign(match, person)

    assert first == again
    match.refresh_from_db()
    assert match.seats_taken == 1


def test_who_withdrew_may_come_back_to_the_end_of_the_line(match):
    people = PersonFactory.create_batch(3)
    first, *_ = sign(match, *people)
    withdraw(first, by=SYSTEM)

    (back,) = sign(match, people[0])

    assert (back.pk, back.status) == (first.pk, Status.WAITING)


def test_more_places_let_the_line_move_up_in_order(match):
    sign(match, *PersonFactory.create_batch(5))

    set_places(match, 4, by=SYSTEM)

    assert states(match) == ["signed"] * 4 + ["waiting"]


def test_fewer_places_than_people_are_refused(match):
    sign(match, *PersonFactory.create_batch(2))

    with pytest.raises(DomainError, match="已有 2 人报名"):
        set_places(match, 1, by=SYSTEM)


def test_quota_fills_by_itself_and_its_line_waits(match):
    set_places(match, 10, by=SYSTEM)
    men = QuotaFactory(activity=match, capacity=1)

    sign(match, *PersonFactory.create_batch(2), quotas=(men,))
    sign(match, PersonFactory())

    assert states(match) == ["signed", "waiting", "signed"]
    men.refresh_from_db()
    assert men.seats_taken == 1


def test_companions_take_places_too(match):
    match.companions_allowed = 1
    match.save()

    sign(match, PersonFactory(), companion_names=("王芳",))
    sign(match, PersonFactory())

    assert states(match) == ["signed", "waiting"]
    with pytest.raises(DomainError, match="最多带 1 人"):
        sign(match, PersonFactory(), companion_names=("王芳", "李强"))


def test_required_question_and_consent_are_asked_for(match):
    question = QuestionFactory(activity=match, label="上衣尺码", is_required=True)
    match.consent = "自愿参加，注意安全。"
    match.save()

    with pytest.raises(DomainError, match="同意"):
        sign_self(match)
    with pytest.raises(DomainError, match="上衣尺码"):
        sign_self(match, consented=True)
    one = sign_self(match, consented=True, answers={str(question.pk): "L"})
    assert one.consented_at is not None


def test_who_was_signed_up_by_others_answers_and_agrees_later(match):
    question = QuestionFactory(activity=match, label="上衣尺码", is_required=True)
    match.consent = "自愿参加，注意安全。"
    match.save()
    (one,) = sign(match, PersonFactory())
    assert one.consented_at is None

    with pytest.raises(DomainError, match="上衣尺码"):
        complete(one, {}, by=Actor(one.person), consented=True)
    kept = complete(one, {str(question.pk): "L"}, by=Actor(one.person), consented=True)

    assert (kept.status, kept.answers) == (Status.SIGNED, {str(question.pk): "L"})
    assert kept.consented_at is not None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "announced"}, "还没有开放"),
        ({"opens_at": timezone.now() + timedelta(hours=1)}, "开始"),
        ({"closes_at": timezone.now() - timedelta(hours=1)}, "已经截止"),
    ],
)
def test_outside_its_time_nobody_signs_up(match, values, words):
    Activity.objects.filter(pk=match.pk).update(**values)

    with pytest.raises(DomainError, match=words):
        sign(match, PersonFactory())
    assert states(match) == []


def test_after_the_deadline_only_the_organiser_takes_out(match):
    match.withdraw_by = timezone.now() - timedelta(minutes=1)
    match.save()
    (one,) = sign(match, PersonFactory())

    waits = sign(match, *PersonFactory.create_batch(2))[-1]

    with pytest.raises(DomainError, match="期限已过"):
        withdraw(one, by=Actor(one.person))
    assert withdraw(waits, by=Actor(waits.person)).status == Status.WITHDRAWN
    assert withdraw(one, by=SYSTEM).status == Status.WITHDRAWN


def test_leader_takes_their_own_out_in_time_and_nobody_after_it_is_over(cast):
    activity = ActivityFactory(org=cast.company, state="open", capacity=1)
    first, second = sign(activity, cast.alice, PersonFactory(org=cast.branch))

    withdraw(first, by=cast.actor("bob"))
    second.refresh_from_db()
    assert second.status == Status.SIGNED
    assert second.moved_up_at is not None

    Activity.objects.filter(pk=activity.pk).update(withdraw_by=timezone.now() - timedelta(days=1))
    with pytest.raises(DomainError, match="期限已过"):
        withdraw(second, by=cast.actor("bob"))
    Activity.objects.filter(pk=activity.pk).update(state="held")
    with pytest.raises(DomainError, match="已经结束"):
        withdraw(second, by=cast.actor("bob"))
    assert withdraw(second, by=cast.actor("frank")).status == Status.WITHDRAWN


def test_nobody_moves_up_once_it_was_held(match):
    first, _, third = sign(match, *PersonFactory.create_batch(3))
    Activity.objects.filter(pk=match.pk).update(state="held")

    withdraw(first, by=SYSTEM)

    third.refresh_from_db()
    assert third.status == Status.WAITING


def test_second_press_of_a_leader_does_not_double_a_guest(match, cast):
    guest, by = Signing(guest="家属王芳", category="family"), cast.actor("bob")
    first = sign_up(match, [guest], by=by)

    assert sign_up(match, [guest], by=by) == first
    assert sign_up(match, [guest], by=by, on_the_spot=True) != first


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="its tests share one memory")
def test_last_place_goes_to_one_of_many_who_press_at_once():
    activity = ActivityFactory(state="open", capacity=3)
    people = PersonFactory.create_batch(12)
    barrier = threading.Barrier(len(people))

    def press(person) -> None:
        barrier.wait()
        try:
            sign(activity, person)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()

    activity.refresh_from_db()
    assert activity.seats_taken == 3
    assert sorted(states(activity)) == ["signed"] * 3 + ["waiting"] * 9
    lines = activity.registrations.filter(status="waiting").values_list("line", flat=True)
    assert sorted(lines) == list(range(1, 10))


def test_units_take_their_own_places(match, cast):
    set_places(match, None, by=SYSTEM, shares=[Share(1, org=cast.company), Share(5, org=cast.city)])

    sign(match, *PersonFactory.create_batch(2, org=cast.branch))
    sign(match, PersonFactory(org=cast.city))

    assert states(match) == ["signed", "waiting", "signed"]


def test_quota_in_use_stays(match, cast):
    set_places(match, 9, by=SYSTEM, shares=[Share(3, name="男子组")])
    men = match.quotas.get()
    sign(match, *PersonFactory.create_batch(2), quotas=(men,))

    with pytest.raises(DomainError, match="不能删去"):
        set_places(match, 9, by=SYSTEM, shares=[])
    with pytest.raises(DomainError, match="已有 2 人报名"):
        set_places(match, 9, by=SYSTEM, shares=[Share(1, name="男子组", pk=men.pk)])
    set_places(match, 9, by=SYSTEM, shares=[Share(4, name="男子甲组", pk=men.pk)])
    assert str(match.quotas.get()) == "男子甲组"


def test_group_and_unit_are_both_kept_within_their_places(match, cast):
    shares = [Share(1, org=cast.branch), Share(5, name="男子组")]
    set_places(match, None, by=SYSTEM, shares=shares)
    men = match.quotas.get(name="男子组")

    sign(match, *PersonFactory.create_batch(2, org=cast.branch), quotas=(men,))
    sign(match, PersonFactory(org=cast.city), quotas=(men,))

    assert states(match) == ["signed", "waiting", "signed"]
    assert list(match.quotas.order_by("pk").values_list("seats_taken", flat=True)) == [1, 2]


def test_share_made_later_counts_who_is_on_the_list(match, cast):
    set_places(match, None, by=SYSTEM)
    sign(match, *PersonFactory.create_batch(2, org=cast.branch))

    with pytest.raises(DomainError, match="已有 2 人报名"):
        set_places(match, None, by=SYSTEM, shares=[Share(1, org=cast.branch)])
    set_places(match, None, by=SYSTEM, shares=[Share(2, org=cast.branch)])
    sign(match, PersonFactory(org=cast.branch))

    assert states(match) == ["signed", "signed", "waiting"]


def test_line_of_another_group_is_not_in_ones_way(match):
    set_places(match, 9, by=SYSTEM, shares=[Share(1, name="男子组"), Share(1, name="女子组")])
    men, women = match.quotas.order_by("pk")
    sign(match, *PersonFactory.create_batch(3), quotas=(men,))

    *_, waits = sign(match, *PersonFactory.create_batch(2), quotas=(women,))

    assert ahead_of(waits) == 0
    Activity.objects.filter(pk=match.pk).update(capacity=2)
    assert ahead_of(Registration.objects.get(pk=waits.pk)) == 2


def test_category_on_record_stands_where_the_activity_asks_for_it(match):
    match.categories, match.capacity = ["technical"], 9
    match.save()
    known, other = PersonFactory(category="technical"), PersonFactory(category="cadre")

    made = sign(match, known, other)
    (said,) = sign(match, PersonFactory(category="technical"), category="women")

    assert [one.category for one in made] == ["technical", ""]
    assert said.category == "women"
