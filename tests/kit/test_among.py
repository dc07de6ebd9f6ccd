"""Rows asked for by very many values are the rows Django itself would find."""

from __future__ import annotations

import pytest

from gonghui.core.people.models import Person
from gonghui.kit.among import keys_where
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds():
    people = PersonFactory.create_batch(3)
    wanted = {people[0].pk, people[2].pk}
    assert set(Person.objects.filter(pk__among=wanted)) == {people[0], people[2]}
    names = [people[1].name]
    assert set(Person.objects.filter(name__among=names)) == set(
        Person.objects.filter(name__in=names)
    )
    assert Person.objects.filter(org__among={people[0].org_id}).filter(pk=people[0].pk).exists()


def test_among_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(Person.objects.filter(pk__among=())) == []


def test_keys_where_takes_the_columns_together():
    first = PersonFactory(name="程一", birth_date="1990-01-02")
    PersonFactory(name="程一", birth_date="1991-01-02")
    PersonFactory(name="程二", birth_date="1990-01-02")
    wanted = {("1990-01-02", "程一"), ("1991-01-02", "程二")}
    assert keys_where(Person, ("birth_date", "name"), wanted) == [first.pk]


def test_keys_where_cuts_no_long_text():
    PersonFactory(name="阿" * 50, birth_date="1990-01-02")
    assert keys_where(Person, ("birth_date", "name"), {("1990-01-02", "阿" * 51)}) == []


def test_keys_where_of_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert keys_where(Person, ("birth_date", "name"), set()) == []
