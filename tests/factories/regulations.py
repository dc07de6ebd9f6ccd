"""Dull factories for standards and the holidays of a year."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.core.regulations.models import CalendarYear, Holiday, Standard, Tag

from .organisation import OrgFactory


class StandardFactory(factory.django.DjangoModelFactory):
    key = "committee_min_members"
    org = factory.SubFactory(OrgFactory)
    value = 30
    since = date(2025, 1, 1)
    document = "关于建会工作的意见"
    tag = Tag.OWN

    class Meta:
        model = Standard


class CalendarYearFactory(factory.django.DjangoModelFactory):
    year = factory.Sequence(lambda n: 2001 + n)
    document = "放假通知"
    tag = Tag.TEXT

    class Meta:
        model = CalendarYear


class HolidayFactory(factory.django.DjangoModelFactory):
    year = factory.SubFactory(CalendarYearFactory)
    day = factory.LazyAttribute(lambda made: date(made.year.year, 1, 1))
    is_workday = False
    name = "元旦"

    class Meta:
        model = Holiday
