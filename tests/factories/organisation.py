"""Dull factories for bodies, people, posts, accounts, roles and grants."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.core.access.models import Grant, Role
from gonghui.core.orgs.models import Headcount, Kind, Org, OrgVersion, UnionRecord
from gonghui.core.orgs.tree import plant
from gonghui.core.people.ledger import open_books
from gonghui.core.people.models import (
    Account,
    Act,
    LedgerEntry,
    Membership,
    Person,
    Post,
    Standing,
)
from gonghui.kit.text import name_pinyin

MEMBERS_SINCE = date(2000, 1, 1)  # before any test


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

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """Who has a joining day joined on it; all others are members since ``MEMBERS_SINCE``."""
        person = super()._create(model_class, *args, **kwargs)
        open_books([person], day=MEMBERS_SINCE, standing=Standing.MEMBER)
        return person

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


class UnionRecordFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)

    class Meta:
        model = UnionRecord


class HeadcountFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    day = date(2026, 1, 1)
    workers = 100

    class Meta:
        model = Headcount


class OrgVersionFactory(factory.django.DjangoModelFactory):
    """A second version would need the first to end; so this one ended before it."""

    org = factory.SubFactory(OrgFactory)
    name = "旧称"
    kind = Kind.GRASSROOTS
    path = factory.SelfAttribute("org.path")
    since = date(2000, 1, 1)
    until = date(2000, 12, 31)

    class Meta:
        model = OrgVersion


class LedgerEntryFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    day = date(2024, 1, 1)
    act = Act.JOIN
    standing = Standing.MEMBER

    class Meta:
        model = LedgerEntry


class MembershipFactory(factory.django.DjangoModelFactory):
    """One that ended before those the ledger of a person begins with."""

    person = factory.SubFactory(PersonFactory)
    org = factory.SelfAttribute("person.org")
    standing = Standing.MEMBER
    since = date(1999, 1, 1)
    until = date(1999, 12, 31)

    class Meta:
        model = Membership
