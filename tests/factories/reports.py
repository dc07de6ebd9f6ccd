"""Dull factories for reports that were written out and a union's own texts."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.core.reports.models import Cited, Paper, Wording

from .organisation import OrgFactory


class PaperFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    code = factory.Sequence(lambda n: f"K7M{n:03}")
    sort = "summary"
    title = "2026年工作总结"
    since = date(2026, 1, 1)
    until = date(2026, 12, 31)

    class Meta:
        model = Paper


class CitedFactory(factory.django.DjangoModelFactory):
    paper = factory.SubFactory(PaperFactory)
    number = factory.Sequence(lambda n: n + 1)
    label = "会员"
    words = "12人"
    address = "/indicators/membership.members/records/"
    indicator = "membership.members"
    org = factory.SelfAttribute("paper.org")

    class Meta:
        model = Cited


class WordingFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    part = "opening"
    text = "{期间}，{单位}扎实工作。"

    class Meta:
        model = Wording
