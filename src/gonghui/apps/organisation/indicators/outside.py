"""What is counted of units without a union, associations' reviews and outside contacts."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach
from gonghui.core.indicators.registry import Indicator, Source, Split, declare

from ..models import AssociationReview, Contact, Exchange, Prospect, SurveyNote
from ..rules import ASSOCIATIONREVIEW_RULES, CONTACT_RULES, PROSPECT_RULES
from .bodies import AREA

prospects = Source(
    "organisation.prospects",
    rows=lambda: Prospect.objects.open(),
    rule=PROSPECT_RULES["view"],
    columns=("unit", "org", "found_on", "workers", "keeper", "state"),
    splits=(Split("state", "状态", "state"), Split("sort", "单位类型", "sort")),
)
found_prospects = Source(
    "organisation.prospects_found",
    rows=lambda: Prospect.objects.all(),
    rule=PROSPECT_RULES["view"],
    day="found_on",
    columns=("unit", "org", "found_on", "workers", "keeper", "state"),
    splits=(Split("state", "状态", "state"), Split("sort", "单位类型", "sort")),
)
surveys = Source(
    "organisation.surveys",
    rows=lambda: SurveyNote.objects.all(),
    rule=in_reach("organisation.view", field="prospect__org"),
    org="prospect__org",
    day="on",
    columns=("prospect", "prospect__org", "on", "by"),
    page="prospect",
    follows={"organisation.prospect": "org"},
)
reviews = Source(
    "organisation.reviews",
    rows=lambda: AssociationReview.objects.all(),
    rule=ASSOCIATIONREVIEW_RULES["view"],
    day="on",
    columns=("org", "on", "members", "verdict"),
    splits=(Split("verdict", "评估结论", "verdict"),),
)
contacts = Source(
    "organisation.contacts",
    rows=lambda: Contact.objects.all(),
    rule=CONTACT_RULES["view"],
    since="since",
    until="until",
    columns=("name", "sort", "org", "place", "since", "until"),
    splits=(Split("sort", "类型", "sort"),),
)
exchanges = Source(
    "organisation.exchanges",
    rows=lambda: Exchange.objects.all(),
    rule=in_reach("organisation.view", field="contact__org"),
    org="contact__org",
    day="on",
    columns=("contact", "contact__org", "on", "subject", "people"),
    page="contact",
    splits=(Split("sort", "类型", "contact__sort"),),
    follows={"organisation.contact": "org"},
)

declare(
    Indicator(
        "organisation.prospects",
        "未建会单位",
        "家",
        AREA,
        prospects,
        about="现在还没有建会的单位；只知道现在的数。",
    ),
    Indicator(
        "organisation.prospects_found",
        "登记的未建会单位",
        "家",
        AREA,
        found_prospects,
        about="登记日期在期内的单位，后来建会的也算。",
    ),
    Indicator(
        "organisation.surveys", "建会调研", "次", AREA, surveys, about="调研日期在期内的调研记录。"
    ),
    Indicator(
        "organisation.reviews", "协会评估", "次", AREA, reviews, about="评估日期在期内的协会评估。"
    ),
    Indicator(
        "organisation.contacts", "对外联系单位", "家", AREA, contacts, about="期末登记在册的单位。"
    ),
    Indicator(
        "organisation.exchanges", "对外交流", "次", AREA, exchanges, about="日期在期内的交流。"
    ),
)
