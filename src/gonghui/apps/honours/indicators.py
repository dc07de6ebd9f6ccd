"""What is counted of honours: model workers on the books, by whether they work; who was granted."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.conditions import last_day
from gonghui.core.indicators.registry import Indicator, Source, Split, areas, declare, sexes
from gonghui.core.people.models import EmploymentStatus
from gonghui.kit.dates import Period

from .models import MODEL_WORKERS, Honour, Sort
from .rules import HONOUR_RULES

AREA = "honours"
areas.add(AREA, "荣誉表彰")
COLUMNS = ("person", "person__org", "title", "level", "granted_by", "granted_on")
SPLITS = (Split("level", "级别", "level"), sexes())

# By where people belong today: the register of model workers goes along with them. In a large tree
# a move is followed by the making of the night alone: people move every day, and few are honoured.
held = Source(
    "honours.held",
    rows=lambda: Honour.objects.all(),
    rule=HONOUR_RULES["view"],
    org="person__org",
    since="granted_on",
    person="person",
    columns=(*COLUMNS, "person__work_status"),
    splits=SPLITS,
)
granted = Source(
    "honours.granted",
    rows=lambda: Honour.objects.filter(revoked_on=None),
    rule=HONOUR_RULES["view"],
    org="person__org",
    day="granted_on",
    person="person",
    columns=COLUMNS,
    splits=SPLITS,
)


def stands(period: Period) -> Q:
    """Not revoked by the last day (``HonourQuerySet.held``), and the person has not left by it."""
    day = last_day(period)
    return (Q(revoked_on=None) | Q(revoked_on__gt=day)) & (
        Q(person__left_on=None) | Q(person__left_on__gt=day)
    )


def _on_books(code: str, title: str, only: Q, about: str) -> Indicator:
    return Indicator(
        code, title, "人", AREA, held, only=only, during=stands, people=True, about=about
    )


MODEL = Q(sort__in=MODEL_WORKERS)
WORKING = tuple(one for one in EmploymentStatus if one != EmploymentStatus.RETIRED)

declare(
    _on_books(
        "honours.model_workers", "在册劳动模范", MODEL,
        "期末在册、荣誉没有撤销的劳动模范和先进工作者，各级的都算，一人只算一次。",
    ),
    _on_books(
        "honours.model_working", "在职劳动模范", MODEL & Q(person__work_status__in=WORKING),
        "在册劳动模范里，就业状况填了、不是退休的；就业状况按现在的算。",
    ),
    _on_books(
        "honours.model_retired", "退休劳动模范",
        MODEL & Q(person__work_status=EmploymentStatus.RETIRED),
        "在册劳动模范里，就业状况是退休的；就业状况按现在的算。",
    ),
    _on_books(
        "honours.medals", "五一劳动奖章获得者", Q(sort=Sort.MEDAL),
        "期末在册、荣誉没有撤销的五一劳动奖章获得者，一人只算一次。",
    ),
    Indicator(
        "honours.model_granted", "评选的劳动模范", "人", AREA, granted, only=MODEL, people=True,
        about="授予日期在期内的劳动模范和先进工作者，撤销的不算，一人只算一次。",
    ),
    Indicator(
        "honours.granted", "个人荣誉", "项", AREA, granted,
        about="授予日期在期内、登记在荣誉里的，撤销的不算。",
    ),
)  # fmt: skip
