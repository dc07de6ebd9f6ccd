"""What is counted of the register of hardship: who stands on it, of which grade, who overcame it.

Only numbers, and split by the grade alone: in a small union a cause would point at a person.
"""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Source, Split, areas, declare

from .models import Ending, Grade, Hardship
from .rules import HARDSHIP_RULES

AREA = "care"
areas.add(AREA, "关爱帮扶")
COLUMNS = ("person", "org", "grade", "since", "until")

register = Source(
    "care.register",
    rows=lambda: Hardship.objects.all(),
    rule=HARDSHIP_RULES["view"],
    since="since",
    until="until",
    person="person",
    columns=COLUMNS,
    splits=(Split("grade", "困难类别", "grade"),),
)
closed = Source(
    "care.closed",
    rows=lambda: Hardship.objects.exclude(until=None),
    rule=HARDSHIP_RULES["view"],
    day="until",
    person="person",
    columns=(*COLUMNS, "ending"),
    splits=(Split("ending", "销档原因", "ending"),),
)


def _of(code: str, grade: Grade) -> Indicator:
    about = f"期末有困难职工档案、类别是{grade.label}的职工。"
    only = Q(grade=grade)
    return Indicator(
        code, f"{grade.label}职工", "人", AREA, register, only=only, people=True, about=about
    )


declare(
    Indicator(
        "care.hardship", "在档困难职工", "人", AREA, register, people=True,
        about="期末有困难职工档案、没有销档的职工，一人只算一次。",
    ),
    _of("care.deep", Grade.DEEP),
    _of("care.relative", Grade.RELATIVE),
    _of("care.accidental", Grade.ACCIDENTAL),
    Indicator(
        "care.overcome", "脱困", "人", AREA, closed, only=Q(ending=Ending.OVERCOME), people=True,
        about="销档日期在期内、原因是脱困的职工，一人只算一次。",
    ),
)  # fmt: skip
