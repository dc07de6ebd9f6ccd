"""The inbox: who is told, once, and what reading changes."""

from __future__ import annotations

import pytest
from django.db import transaction

from gonghui.core.notices.inbox import (
    Message,
    inbox_of,
    kinds,
    mark_all_read,
    mark_read,
    tell,
    tell_all,
    tell_each,
    unread_count,
)
from gonghui.core.notices.models import Letter, Notice
from gonghui.core.people.models import Account, Person


def test_tell_reaches_each_person_once(cast):
    told = tell([cast.alice, cast.bob, cast.alice], kind="assigned", title="办理入会材料")

    assert told == 2
    assert [n.title for n in inbox_of(cast.alice)] == ["办理入会材料"]
    assert unread_count(cast.bob) == 1
    assert unread_count(cast.carol) == 0


def test_tell_takes_a_queryset(cast):
    people = Person.objects.filter(org=cast.branch)

    assert tell(people, kind="system", title="系统维护") == people.count()


def test_tell_with_a_key_is_told_once_a_person(cast):
    tell([cast.alice], kind="due", title="3 天后到期", key="due-3-7")

    told = tell([cast.alice, cast.bob], kind="due", title="3 天后到期", key="due-3-7")

    assert told == 1
    assert Notice.objects.filter(key="due-3-7").count() == 2
    assert tell([cast.alice], kind="due", title="1 天后到期", key="due-1-7") == 1


def test_tell_without_a_key_may_repeat(cast):
    for _ in range(2):
        tell([cast.alice], kind="reminder", title="请尽快上报")

    assert unread_count(cast.alice) == 2


def test_tell_costs_the_same_for_one_and_for_many(cast, django_assert_num_queries):
    people = list(Person.objects.all())

    with django_assert_num_queries(6):  # savepoint, knows, insert, read back, addresses, release
        tell(people[:1], kind="due", title="到期", key="one")
    with django_assert_num_queries(6):
        tell(people, kind="due", title="到期", key="many")


def test_tell_each_gives_everyone_their_own(cast, django_assert_num_queries):
    messages = [
        Message(person.pk, f"{person} 的任务", key=f"due-{n}-{person.pk}")
        for person in Person.objects.all()
        for n in (1, 2)
    ]

    with django_assert_num_queries(6):
        told = tell_each(messages, kind="due")

    assert told == 2 * Person.objects.count()
    assert tell_each(messages, kind="due") == 0
    assert [n.title for n in inbox_of(cast.alice)] == ["艾丽 的任务"] * 2


def test_tell_each_keeps_messages_with_and_without_a_key_apart(cast):
    with pytest.raises(ValueError, match="apart"):
        tell_each([Message(cast.alice.pk, "一"), Message(cast.alice.pk, "二", key="k")], kind="due")


@transaction.atomic
def tell_and_fail(person):
    tell([person], kind="system", title="不会发生")
    raise RuntimeError


def test_tell_is_undone_with_the_callers_change(cast):
    with pytest.raises(RuntimeError):
        tell_and_fail(cast.alice)

    assert unread_count(cast.alice) == 0
    assert Letter.objects.count() == 0


def test_tell_refuses_a_kind_nobody_registered(cast):
    with pytest.raises(ValueError, match="not registered"):
        tell([cast.alice], kind="asigned", title="x")


def test_tell_cuts_a_long_title(cast):
    tell([cast.alice], kind="system", title="长" * 500)

    assert len(inbox_of(cast.alice).get().title) == 200


def test_mark_read_keeps_the_first_moment(cast):
    tell([cast.alice], kind="system", title="一")
    notice = inbox_of(cast.alice).get()
    mark_read(notice)
    first = inbox_of(cast.alice).get().read_at

    mark_read(notice)

    assert inbox_of(cast.alice).get().read_at == first


def test_mark_all_read_leaves_other_people_and_kinds(cast):
    tell([cast.alice, cast.bob], kind="due", title="到期")
    tell([cast.alice], kind="assigned", title="交办")

    assert mark_all_read(cast.alice, kind="due") == 1
    assert unread_count(cast.alice) == 1
    assert unread_count(cast.bob) == 1
    assert mark_all_read(cast.alice) == 1


def test_nobody_has_nothing_unread():
    assert unread_count(None) == 0


def test_letters_go_to_active_accounts_with_an_address(cast, settings):
    Account.objects.filter(username="alice").update(email="alice@example.org")
    Account.objects.filter(username="bob").update(email="bob@example.org", is_active=False)

    tell([cast.alice, cast.bob, cast.carol], kind="assigned", title="交办", key="k")
    tell([cast.alice], kind="assigned", title="交办", key="k")

    assert [letter.address for letter in Letter.objects.all()] == ["alice@example.org"]


def test_no_letters_where_no_mail_is_set_up(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    Account.objects.filter(username="alice").update(email="alice@example.org")

    tell([cast.alice], kind="assigned", title="交办")

    assert Letter.objects.count() == 0
    assert unread_count(cast.alice) == 1


def test_every_kind_has_a_word():
    assert all(label for _, label in kinds.items())


def test_told_by_number_are_all_but_who_did_it(cast):
    told = {cast.alice.pk, cast.bob.pk, None}

    assert tell_all(told, kind="system", title="改了时间", but=cast.bob.pk) == 1
    assert [one.title for one in inbox_of(cast.alice)] == ["改了时间"]
    assert not inbox_of(cast.bob).exists()
