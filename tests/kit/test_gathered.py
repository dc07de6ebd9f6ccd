"""Rows of another table as one value, alike on both databases."""

from __future__ import annotations

import pytest
from django.db.models import OuterRef

from gonghui.core.access.models import Role
from gonghui.core.people.models import Person, Post
from gonghui.kit.gathered import Gathered
from tests.factories.organisation import PersonFactory, PostFactory

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
