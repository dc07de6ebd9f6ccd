"""What is counted of volunteering: who served, how often and how long, for whom."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.activities.indicators import activities
from gonghui.core.activities.models import OVER
from gonghui.core.credits.models import Credit
from gonghui.core.credits.rules import CREDIT_RULES
from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, ages, declare, sexes

from .models import Need, Partner
from .queries import SERVICE
from .rules import NEED_RULES, PARTNER_RULES

AREA = "volunteering"

service = Source(
    "volunteering.service",
    rows=lambda: Credit.objects.standing().filter(kind=SERVICE),
    rule=CREDIT_RULES["view"],
    day="on",
    person="person",
    personal=True,
    columns=("person", "org", "on", "words", "amount"),
    splits=(sexes(), ages()),
    follows={"activities.activity": "org"},
)
partners = Source(
    "volunteering.partners",
    rows=lambda: Partner.objects.filter(is_current=True),
    rule=PARTNER_RULES["view"],
    columns=("name", "sort", "org", "person", "phone"),
    splits=(Split("sort", "类型", "sort"),),
)
needs = Source(
    "volunteering.needs",
    rows=lambda: Need.objects.exclude(agreed_on=None),
    rule=NEED_RULES["view"],
    day="agreed_on",
    columns=("title", "partner", "org", "count", "unit", "agreed_on"),
    splits=(Split("sort", "合作单位类型", "partner__sort"),),
)

declare(
    Indicator(
        "volunteering.held",
        "志愿服务活动",
        "次",
        AREA,
        activities,
        only=Q(state__in=OVER, kind="volunteer"),
        about="开始日期在期内、已经举办的志愿服务活动。",
    ),
    Indicator(
        "volunteering.times",
        "志愿服务",
        "人次",
        AREA,
        service,
        about="日期在期内、记录确认了的服务，一人服务几次算几次。",
    ),
    Indicator(
        "volunteering.people",
        "志愿者",
        "人",
        AREA,
        service,
        people=True,
        about="期内服务过的人，一人只算一次。",
    ),
    Indicator(
        "volunteering.hours",
        "服务时间",
        "小时",
        AREA,
        service,
        sum="amount",
        about="期内确认了的服务小时数相加。",
    ),
    Ratio(
        "volunteering.hours_each",
        "人均服务时间",
        "小时/人",
        AREA,
        "volunteering.hours",
        "volunteering.people",
        about="服务时间除以服务过的人数。",
    ),
    Indicator(
        "volunteering.partners",
        "合作单位",
        "家",
        AREA,
        partners,
        about="现在还在合作的单位；只知道现在的数。",
    ),
    Indicator(
        "volunteering.needs", "商定的服务需求", "项", AREA, needs, about="商定日期在期内的需求。"
    ),
)
