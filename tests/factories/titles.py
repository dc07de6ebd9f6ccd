"""Dull factories for titles."""

from __future__ import annotations

from datetime import date

import factory

from gonghui.apps.titles.models import Title
from tests.factories.organisation import OrgFactory


class TitleFactory(factory.django.DjangoModelFactory):
    org = factory.SubFactory(OrgFactory)
    holder = factory.SelfAttribute("org")
    name = "安澜机械公司工会"
    title = "学习型标兵单位"
    evaluation = "年度创争评估"
    since = date(2026, 12, 20)
    until = date(2028, 12, 19)

    class Meta:
        model = Title
