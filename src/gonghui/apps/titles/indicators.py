"""What is counted of titles for a term: those that hold, learning units and people, 职工之家.

Which sort a title is of is read from its own words and from the evaluation it rests on.
"""

from __future__ import annotations

from django.db.models import Min, Q

from gonghui.core.indicators.conditions import last_day
from gonghui.core.indicators.registry import Indicator, Source, Split, declare, sexes
from gonghui.core.orgs.models import SMALL
from gonghui.kit.dates import Period

from .models import Title
from .rules import TITLE_RULES

AREA = "honours"
COLUMNS = ("name", "title", "org", "evaluation", "since", "until")

bodies = Source(
    "titles.bodies",
    rows=lambda: Title.objects.standing().filter(person=None),
    rule=TITLE_RULES["view"],
    org="holder",
    since="since",
    until="until",
    columns=COLUMNS,
    splits=(Split("kind", "类型", "holder__kind"),),
)
people = Source(
    "titles.people",
    rows=lambda: Title.objects.standing().exclude(person=None),
    rule=TITLE_RULES["view"],
    org="holder",
    since="since",
    until="until",
    person="person",
    columns=COLUMNS,
    splits=(sexes(),),
)
given = Source(
    "titles.given",
    rows=lambda: Title.objects.standing(),
    rule=TITLE_RULES["view"],
    org="holder",
    day="since",
    columns=COLUMNS,
    splits=(Split("kind", "类型", "holder__kind"),),
)


def _speaks_of(words: str) -> Q:
    return Q(title__contains=words) | Q(evaluation__contains=words)


LEARNING = _speaks_of("学习型")
HOME = _speaks_of("职工之家")


def _of_bodies(code: str, title: str, only: Q, about: str) -> Indicator:
    """Bodies that hold such a title, each once however many it holds."""

    def once_a_body(period: Period) -> Q:
        rows = Title.objects.held(last_day(period)).filter(only, person=None)
        firsts = rows.order_by().values("holder")
        return Q(pk__in=firsts.annotate(first=Min("pk")).values("first"))

    return Indicator(code, title, "个", AREA, bodies, only=only, during=once_a_body, about=about)


declare(
    Indicator(
        "titles.bodies", "单位和班组的称号", "项", AREA, bodies,
        about="期末有效的单位、班组称号，一个单位有几项算几项。",
    ),
    _of_bodies(
        "titles.learning", "学习型组织", LEARNING & ~Q(holder__kind__in=SMALL),
        "期末有“学习型”称号的单位（称号或依据的评估名称里写明的），一个单位只算一次，班组另计。",
    ),
    _of_bodies(
        "titles.learning_teams", "学习型班组", LEARNING & Q(holder__kind__in=SMALL),
        "期末有“学习型”称号的班组（称号或依据的评估名称里写明的），一个班组只算一次。",
    ),
    _of_bodies(
        "titles.homes", "合格职工之家", HOME & Q(title__contains="合格"),
        "期末有“合格”等次的职工之家称号的单位（称号或依据的评估名称里写明的），一个单位只算一次。",
    ),
    _of_bodies(
        "titles.model_homes", "模范职工之家", HOME & Q(title__contains="模范"),
        "期末有“模范”等次的职工之家称号的单位（称号或依据的评估名称里写明的），一个单位只算一次。",
    ),
    Indicator(
        "titles.learners", "知识型职工", "人", AREA, people, only=_speaks_of("知识型"), people=True,
        about="期末有“知识型”称号的职工（称号或依据的评估名称里写明的），一人只算一次。",
    ),
    Indicator(
        "titles.given", "授予的称号", "项", AREA, given,
        about="授予日期在期内的称号，单位、班组和个人都算；降级和撤销的不算，复评、降级另给的各算一项。",
    ),
)  # fmt: skip
