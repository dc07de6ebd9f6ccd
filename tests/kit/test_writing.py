"""Rows written in one step are the rows the ORM would have written, or none of them is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gonghui.core.notices.models import Notice
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.signing.models import Registration
from gonghui.kit.writing import NextKey, insertion, update, write
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import OrgFactory, PersonFactory

pytestmark = pytest.mark.django_db


def notice(person, title, **more) -> Notice:
    return Notice(person=person, kind="tested", title=title, body="内容", **more)


def next_key(model) -> int:
    rows = Org.objects.annotate(key=NextKey(model)).values_list("key", flat=True)
    return rows.order_by("pk")[0]


def test_what_is_written_together_is_there_and_the_last_key_is_told(django_assert_num_queries):
    person = PersonFactory(name="周明")
    person.joined_on, person.name = date(2020, 1, 1), "没有写入"
    first, last = notice(person, "甲"), notice(person, "乙")
    steps = [update(person, "joined_on"), insertion(first), insertion(last)]

    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 3):
        key = write(steps)

    kept = Person.objects.get(pk=person.pk)
    assert (kept.joined_on, kept.name) == (date(2020, 1, 1), "周明")
    assert {one.title for one in Notice.objects.all()} == {"甲", "乙"}  # in whatever order
    assert Notice.objects.get(pk=key).title == "乙"
    assert Notice.objects.get(pk=key).at == last.at


def test_one_that_cannot_be_written_takes_the_others_back():
    person = PersonFactory()
    known = notice(person, "甲")
    known.pk = write([insertion(known)])
    again = notice(person, "丙", pk=known.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        write([insertion(notice(person, "乙")), insertion(again)])

    assert list(Notice.objects.values_list("title", flat=True)) == ["甲"]


def test_nothing_is_asked_where_nothing_is_written(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert write([]) is None


def test_next_key_is_nobodys(cast):
    others = [one.pk for one in PersonFactory.create_batch(2)]

    key = next_key(Person)
    write([insertion(Person(pk=key, name="周明", org=cast.branch))])

    assert key not in others
    assert Person.objects.get(pk=key).name == "周明"
    assert next_key(Person) > key
    assert PersonFactory().pk != key


def test_every_cell_is_what_django_would_have_put_there():
    """A word, a number, nothing, a choice, a moment, a list: in a new row and in a known one."""
    person, org = PersonFactory(), OrgFactory()
    said = {"category": "young", "companion_names": ["甲"], "line": 3, "signed_at": timezone.now(),
            "status": Registration.Status.WAITING, "org": org, "person": person}  # fmt: skip
    here = Registration(pk=7, activity=ActivityFactory(), **said)
    cells: list[Any] = Registration._meta.local_concrete_fields  # type: ignore[assignment]

    made = insertion(here).values
    changed = update(here, "line", "org", "terms", "status", "companion_names").values

    def asked(*fields: Any) -> list[tuple[type, Any]]:
        put = [one.get_db_prep_save(getattr(here, one.attname), connection) for one in fields]
        return [(type(one), _plain(one)) for one in put]

    names = ("line", "org", "terms", "status", "companion_names", "id")
    assert [(type(one), _plain(one)) for one in made] == asked(*cells)
    assert [(type(one), _plain(one)) for one in changed] == asked(
        *map(Registration._meta.get_field, names)
    )


def _plain(value: Any) -> Any:
    """What the database's own wrapping holds, which does not compare itself."""
    return getattr(value, "obj", value)
