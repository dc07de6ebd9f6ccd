"""Dull factories for plans, their drafts, items and what is passed down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from gonghui.apps.plans.engine.outlining import from_reading, outline_to_json
from gonghui.apps.plans.engine.reader import read_text
from gonghui.apps.plans.models import (
    Directive,
    Draft,
    Edit,
    Item,
    Occurrence,
    Plan,
    Progress,
    Reading,
    Target,
    UpperDocument,
)

from .organisation import OrgFactory, PersonFactory

SOURCE = "年度工作计划\n一、学习\n1、三月份举办读书会，200人参加。\n"


class PlanFactory(factory.django.DjangoModelFactory):
    """A plan of 2026; ``state`` may be given, as the demo gives it."""

    org = factory.SubFactory(OrgFactory)
    title = factory.Sequence(lambda n: f"第{n}份工作计划")
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    author = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..org"))

    class Meta:
        model = Plan


class UpperDocumentFactory(factory.django.DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    issuer = "市总工会"
    number = "安工发〔2026〕1号"

    class Meta:
        model = UpperDocument


class DraftFactory(factory.django.DjangoModelFactory):
    plan = factory.SubFactory(PlanFactory)
    source = SOURCE

    class Meta:
        model = Draft

    @factory.lazy_attribute
    def outline(self):
        return outline_to_json(from_reading(read_text(self.source), 0, self.source))


class EditFactory(factory.django.DjangoModelFactory):
    draft = factory.SubFactory(DraftFactory)
    revision = factory.Sequence(lambda n: n + 2)
    operation = factory.LazyFunction(dict)
    touched = factory.LazyFunction(list)
    before = factory.LazyFunction(dict)

    class Meta:
        model = Edit


class ItemFactory(factory.django.DjangoModelFactory):
    """A task of a running plan, owned by nobody."""

    org = factory.SubFactory(OrgFactory)
    plan = factory.SubFactory(PlanFactory, org=factory.SelfAttribute("..org"), state="running")
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"举办第{n}期读书会")

    class Meta:
        model = Item


class TargetFactory(factory.django.DjangoModelFactory):
    item = factory.SubFactory(ItemFactory)
    op = ">="
    value = Decimal(200)
    unit = "人"

    class Meta:
        model = Target


class OccurrenceFactory(factory.django.DjangoModelFactory):
    item = factory.SubFactory(ItemFactory)
    starts_on = date(2026, 3, 1)
    due_on = date(2026, 3, 31)

    class Meta:
        model = Occurrence


class ProgressFactory(factory.django.DjangoModelFactory):
    item = factory.SubFactory(ItemFactory)
    on = date(2026, 3, 8)
    text = "举办了读书会。"
    by = factory.SubFactory(PersonFactory, org=factory.SelfAttribute("..item.org"))

    class Meta:
        model = Progress


class DirectiveFactory(factory.django.DjangoModelFactory):
    """A task of the body above, sent to ``org``."""

    org = factory.SubFactory(OrgFactory)

    @factory.lazy_attribute
    def item(self):
        return ItemFactory(org=self.org.parent or self.org)

    class Meta:
        model = Directive


def make_plan(org, state="running", tasks=3, **fields) -> Plan:
    """A plan with two sections and its tasks below them, one a month from January on."""
    plan = PlanFactory(org=org, state=state, author=None, **fields)
    heads = [
        ItemFactory(org=org, plan=plan, kind="section", position=at, marker=marker, text=text)
        for at, marker, text in ((1, "一、", "建功立业"), (2, "二、", "学习创争"))
    ]
    Item.objects.bulk_create(
        Item(
            org=org,
            plan=plan,
            parent=heads[number % 2],
            depth=1,
            position=number + 3,
            marker=f"{number // 2 + 1}、",
            text=f"办好第{number + 1}件事",
            months=[number % 12 + 1],
            starts_on=date(2026, number % 12 + 1, 1),
            due_on=date(2026, number % 12 + 1, 25),
            area="learning" if number % 2 else "competitions",
        )
        for number in range(tasks)
    )
    return plan


class ReadingFactory(factory.django.DjangoModelFactory):
    target = factory.SubFactory(TargetFactory)
    month = date(2026, 6, 1)
    on = date(2026, 6, 30)
    value = Decimal(120)

    class Meta:
        model = Reading
