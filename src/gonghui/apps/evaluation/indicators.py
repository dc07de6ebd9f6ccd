"""What is counted of members' votes: who took part, who was content, of homes apart."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare

from .models import Opinion
from .rules import hears

AREA = "honours"

# Of bodies alone: what colleagues said of one person is nobody's figure.
heard = Source(
    "evaluation.heard",
    rows=lambda: Opinion.objects.filter(line__contender__person=None),
    rule=hears,
    org="line__contender__org",
    day="heard_on",
    columns=(
        ("line__contender__org", "对谁"),
        ("line__contender__round", "评估轮次"),
        ("line__criterion__name", "评议项目"),
        "heard_on",
        "cast",
        "content",
    ),
    page="line__contender",
    splits=(Split("kind", "类型", "line__contender__org__kind"),),
    follows={"evaluation.contender": "org"},
)


def _speaks_of(words: str) -> Q:
    scheme, round_ = (f"line__contender__round{way}title__contains" for way in ("__scheme__", "__"))
    return Q(**{scheme: words}) | Q(**{round_: words})


HOME = _speaks_of("职工之家")
COUNTED = "手机上评的到截止日、够了规定人数才算，书面评的两人录入一致才算"
OF_HOMES = "评估方案或轮次的名称里写明职工之家的会员评议"

declare(
    Indicator(
        "evaluation.opinions", "会员评议", "次", AREA, heard,
        about=f"评议日期在期内的会员评议，一个对象的一项算一次；{COUNTED}；评个人的不算。",
    ),
    Indicator(
        "evaluation.cast", "参加会员评议", "人次", AREA, heard, sum="cast",
        about=f"评议日期在期内的会员评议，参加的人次相加；{COUNTED}；评个人的不算。",
    ),
    Indicator(
        "evaluation.content", "会员评议表示满意", "人次", AREA, heard, sum="content",
        about=f"评议日期在期内的会员评议，表示满意的人次相加；{COUNTED}；评个人的不算。",
    ),
    Ratio(
        "evaluation.content_share", "会员评议满意率", "%", AREA,
        "evaluation.content", "evaluation.cast",
        about="会员评议表示满意的人次，占参加会员评议人次的多少；弃权的也在分母里。",
    ),
    Indicator(
        "evaluation.home_cast", "参加会员评家", "人次", AREA, heard, only=HOME, sum="cast",
        among=HOME, about=f"评议日期在期内、{OF_HOMES}，参加的人次相加；{COUNTED}。",
    ),
    Indicator(
        "evaluation.home_content", "会员评家表示满意", "人次", AREA, heard, only=HOME,
        sum="content", among=HOME,
        about=f"评议日期在期内、{OF_HOMES}，表示满意的人次相加；{COUNTED}。",
    ),
    Ratio(
        "evaluation.home_share", "会员评家满意率", "%", AREA,
        "evaluation.home_content", "evaluation.home_cast",
        about="会员评家表示满意的人次，占参加会员评家人次的多少；弃权的也在分母里。",
    ),
)  # fmt: skip
