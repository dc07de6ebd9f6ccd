"""What can be counted of study rules: those in force, their items, and what cuts them."""

from __future__ import annotations

from gonghui.core.indicators.registry import Indicator, Source, Split, declare, sexes

from .models import Hire, Leave, PartTime, StudyItem, StudyRule
from .rules import HIRE_RULES, LEAVE_RULES, PARTTIME_RULES, STUDYRULE_RULES, seen_item

AREA = "learning"

rules = Source(
    "learning.rules",
    rows=lambda: StudyRule.objects.all(),
    rule=STUDYRULE_RULES["view"],
    since="since",
    until="until",
    columns=("title", "org", "since", "until"),
    splits=(Split("who", "要求谁", "who"),),
)
items = Source(
    "learning.items",
    rows=lambda: StudyItem.objects.all(),
    rule=seen_item,
    org="rule__org",
    since="rule__since",
    until="rule__until",
    columns=("label", ("rule__title", "学习制度"), ("rule__org", "制定的单位")),
    page="rule",
    splits=(Split("every", "多久一次", "every"),),
    follows={"learning.studyrule": "org"},
)
leaves = Source(
    "learning.leaves",
    rows=lambda: Leave.objects.all(),
    rule=LEAVE_RULES["view"],
    org="person__org",
    since="since",
    until="until",
    person="person",
    columns=(("person__name", "人员"), "since", "until"),
    splits=(sexes(),),
)
part_times = Source(
    "learning.part_times",
    rows=lambda: PartTime.objects.all(),
    rule=PARTTIME_RULES["view"],
    org="person__org",
    since="since",
    until="until",
    person="person",
    columns=(("person__name", "人员"), "share", "since", "until"),
)
hires = Source(
    "learning.hires",
    rows=lambda: Hire.objects.all(),
    rule=HIRE_RULES["view"],
    org="person__org",
    day="on",
    person="person",
    columns=(("person__name", "人员"), "on"),
    splits=(sexes(),),
)

declare(
    Indicator(
        "learning.rules", "学习制度", "项", AREA, rules,
        about="期末还在施行的学习制度；上级定的只算在上级。",
    ),
    Indicator(
        "learning.items", "学习要求", "条", AREA, items,
        about="期末还在施行的学习制度里的要求，一条算一条。",
    ),
    Indicator(
        "learning.away", "请假的人", "人", AREA, leaves, people=True,
        about="期末正在请假的人，按请假登记；一人只算一次。",
    ),
    Indicator(
        "learning.part_time", "非全日制的人", "人", AREA, part_times, people=True,
        about="期末登记为非全日制的人；一人只算一次。",
    ),
    Indicator(
        "learning.hired", "新入职的人", "人", AREA, hires, people=True,
        about="入职日期在期内的人，按登记的入职日期；没有登记的不算。",
    ),
)  # fmt: skip
