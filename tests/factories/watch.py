"""Dull factories for findings and the runs of checks."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.core.watch.models import CheckRun, Finding, Severity

from .organisation import OrgFactory


class FindingFactory(factory.django.DjangoModelFactory):
    check_code = "ORG-06"
    org = factory.SubFactory(OrgFactory)
    about = factory.SelfAttribute("org.pk")
    part = factory.Sequence(str)
    sentence = "本届任期已于 2026 年 3 月 1 日届满。"
    severity = Severity.WARN
    rank = 1
    first_seen = date(2026, 3, 2)
    last_seen = date(2026, 3, 2)

    class Meta:
        model = Finding


class CheckRunFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"X-{n}")
    day = date(2026, 3, 2)

    class Meta:
        model = CheckRun
