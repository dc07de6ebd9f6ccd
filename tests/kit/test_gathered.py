"""Rows of another table as one value, alike on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import OuterRef

from gonghui.apps.plans.models import Item, Target
from gonghui.core.access.models import Role
from gonghui.core.people.models import Person, Post
from gonghui.kit.gathered import Columns, Gathered
from tests.factories.organisation import PersonFactory, PostFactory
from tests.factories.plans import ItemFactory

pytestmark = pytest.mark.django_db


def posts_of(person):
    posts = Post.objects.filter(person=OuterRef("pk")).order_by("pk")
    rows = Person.objects.filter(pk=person.pk)
    return rows.annotate(found=Gathered(posts, "org", "org__path", "title")).get().found


def test_rows_come_as_lists_in_their_order():
    person = PersonFactory()
    first, second = (PostFactory(person=person, title=title) for title in ("主席", "“组”长"))

    found = posts_of(person)

    assert found == [[p.org_id, p.org.path, p.title] for p in (first, second)]


def test_nothing_found_is_nothing():
    assert not posts_of(PersonFactory())


def test_json_stays_json():
    role = Role.objects.exclude(post_titles=[]).earliest("pk")
    rows = Role.objects.filter(pk=role.pk).order_by()

    found = Person.objects.annotate(roles=Gathered(rows, "post_titles", "name"))

    assert found.filter(pk=PersonFactory().pk).get().roles == [[role.post_titles, role.name]]


def test_a_record_is_made_again_of_its_columns():
    exact = Decimal("12345678901234.5678")  # more digits than a number of JSON keeps
    item = ItemFactory(kind="task")
    item.targets.create(op=">=", value=exact, unit="件", actual_on=date(2026, 11, 21))
    shape = Columns(Target, ("id", "item", "value", "actual", "actual_on"))
    asked = Gathered(Target.objects.filter(item=OuterRef("pk")), *shape.names())

    (found,) = [shape.record(one) for one in Item.objects.annotate(t=asked).get(pk=item.pk).t]

    assert (found.item_id, found.actual, found.actual_on) == (item.pk, None, date(2026, 11, 21))
    assert found.value == item.targets.get().value
    assert found.unit == "件"  # not among them, so it is read when it is asked for
