"""Dull factories for bookrooms."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.reading.models import Book, Bookroom, Circle, Copy, Loan, Reservation

from .organisation import OrgFactory, PersonFactory


class BookroomFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    name = factory.Sequence(lambda n: f"第{n}书屋")

    class Meta:
        model = Bookroom


class BookFactory(factory.django.DjangoModelFactory):
    bookroom = factory.SubFactory(BookroomFactory)
    org = factory.SelfAttribute("bookroom.org")
    title = factory.Sequence(lambda n: f"第五项修炼{n}")

    class Meta:
        model = Book


class CopyFactory(factory.django.DjangoModelFactory):
    book = factory.SubFactory(BookFactory)
    bookroom = factory.SelfAttribute("book.bookroom")
    number = factory.Sequence(lambda n: n + 1)
    added_on = date(2020, 1, 1)

    class Meta:
        model = Copy


class LoanFactory(factory.django.DjangoModelFactory):
    copy = factory.SubFactory(CopyFactory)
    book = factory.SelfAttribute("copy.book")
    org = factory.SelfAttribute("book.org")
    reader = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..org"))
    lent_on = date(2026, 3, 1)
    due_on = date(2026, 3, 31)

    class Meta:
        model = Loan


class ReservationFactory(factory.django.DjangoModelFactory):
    book = factory.SubFactory(BookFactory)
    org = factory.SelfAttribute("book.org")
    reader = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..org"))

    class Meta:
        model = Reservation


class CircleFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"读书小组{n}")
    since = date(2026, 3, 1)

    class Meta:
        model = Circle
