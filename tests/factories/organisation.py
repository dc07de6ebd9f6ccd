"""Dull factories for bodies, people, posts, accounts, roles and grants."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.core.access.models import Grant, Role
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.orgs.tree import plant
from gonghui.core.people.models import Account, Person, Post
from gonghui.kit.text import name_pinyin


class OrgFactory(factory.django.DjangoModelFactory):
    """A body in its place in the tree; without ``parent`` it is a root."""

    name = factory.Sequence(lambda n: f"第{n}工会")
    kind = Kind.GRASSROOTS
    parent = None

    class Meta:
        model = Org

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return plant(model_class(*args, **kwargs))


class PersonFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"周明{n}")
    org = factory.SubFactory(OrgFactory)

    class Meta:
        model = Person

    @factory.lazy_attribute
    def pinyin(self):
        return name_pinyin(self.name)[0]

    @factory.lazy_attribute
    def initials(self):
        return name_pinyin(self.name)[1]


class PostFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    title = "委员"
    since = date(2024, 1, 1)

    class Meta:
        model = Post


class AccountFactory(factory.django.DjangoModelFactory):
    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password("lantern-river-42")
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = Account


class RoleFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"角色{n}")
    capabilities = ["organisation.view"]

    class Meta:
        model = Role


class GrantFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    role = factory.SubFactory(RoleFactory)
    org = factory.SelfAttribute("person.org")

    class Meta:
        model = Grant
