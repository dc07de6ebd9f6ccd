"""What people, posts and accounts answer about themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gonghui.core.people.models import Account, Person, Post
from tests.factories.organisation import AccountFactory, PostFactory


def test_active_people_have_not_left(cast):
    Person.objects.filter(pk=cast.alice.pk).update(left_on="2025-01-01")

    assert cast.alice not in Person.objects.active()
    assert cast.bob in Person.objects.active()


def test_posts_are_held_from_day_to_day(cast):
    post = PostFactory(person=cast.bob, since=date(2024, 3, 1), until=date(2025, 3, 1))

    assert str(post) == "一分会 委员 鲍博"
    assert Post.objects.held(date(2024, 3, 1)).get() == post
    assert Post.objects.held(date(2025, 3, 1)).get() == post
    assert not Post.objects.held(date(2025, 3, 2)).exists()
    assert not Post.objects.held(date(2024, 2, 29)).exists()


def test_a_post_is_held_once(cast):
    PostFactory(person=cast.bob)

    with pytest.raises(IntegrityError), transaction.atomic():
        PostFactory(person=cast.bob)


def test_an_account_is_called_by_its_person(cast):
    account = cast.account("alice")

    assert str(account) == "alice"
    assert account.get_full_name() == "艾丽"
    assert Account(username="robot").get_full_name() == "robot"


def test_a_mobile_number_has_eleven_digits(cast):
    account = AccountFactory.build(person=None, mobile="12345")

    with pytest.raises(ValidationError, match="手机号应为 11 位数字"):
        account.full_clean()
