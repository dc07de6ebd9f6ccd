"""Many rows written at once are the rows the ORM would have written."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.core.people.models import Person
from gonghui.kit.loading import change
from tests.factories.organisation import PersonFactory

pytestmark = pytest.mark.django_db


def test_change_writes_the_named_fields_and_no_other():
    people = PersonFactory.create_batch(2)
    kept = people[0].name
    for at, person in enumerate(people, 1):
        person.joined_on, person.name = date(2020, 1, at), "没有写入"
    change(Person, people, ["joined_on"])
    found = Person.objects.get(pk=people[0].pk)
    assert (found.joined_on, found.name) == (date(2020, 1, 1), kept)
    assert Person.objects.get(pk=people[1].pk).joined_on == date(2020, 1, 2)


def test_change_of_nobody_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        change(Person, [], ["joined_on"])
