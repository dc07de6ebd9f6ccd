"""What is counted of a union's rules, of cadres' entitlements and of their ability."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes

from .models import Entitlement, Rating, RegulationVersion, Score
from .rules import ENTITLEMENT_RULES, RATING_RULES

AREA = "cadres"
SUBJECT = Split("subject", "类别", "regulation__subject")
reads = in_reach("organisation.view", field="regulation__org") | at_home(field="regulation__org")
VERSION = ("regulation", "regulation__org", "since", "until", "decided_by", "decided_on")

rules = Source(
    "cadres.rules",
    rows=lambda: RegulationVersion.objects.all(),
    rule=reads,
    org="regulation__org",
    since="since",
    until="until",
    columns=VERSION,
    page="regulation",
    splits=(SUBJECT,),
    follows={"cadres.regulation": "org"},
)
decided = Source(
    "cadres.decided",
    rows=lambda: RegulationVersion.objects.all(),
    rule=reads,
    org="regulation__org",
    day="decided_on",
    columns=VERSION,
    page="regulation",
    splits=(SUBJECT,),
    follows={"cadres.regulation": "org"},
)
entitlements = Source(
    "cadres.entitlements",
    rows=lambda: Entitlement.objects.exclude(due_on=None),
    rule=ENTITLEMENT_RULES["view"],
    day="due_on",
    person="person",
    columns=("person", "org", "kind", "what", "due_on", "done_on"),
    splits=(Split("kind", "类别", "kind"), sexes()),
)
ratings = Source(
    "cadres.ratings",
    rows=lambda: Rating.objects.all(),
    rule=RATING_RULES["view"],
    day="on",
    person="person",
    columns=("person", "org", "profile", "on", "by"),
    splits=(Split("profile", "能力模板", "profile"), sexes()),
)
scores = Source(
    "cadres.scores",
    rows=lambda: Score.objects.all(),
    rule=in_reach("cadres.view", field="rating__org") | is_person("rating__person"),
    org="rating__org",
    day="rating__on",
    person="rating__person",
    personal=True,
    columns=("rating__person", "rating__org", "rating__on", "ability", "points"),
    page="rating",
    splits=(Split("ability", "能力", "ability"), sexes("rating__person")),
    follows={"cadres.rating": "org"},
)


declare(
    Indicator("cadres.rules", "现行规章制度", "项", AREA, rules, about="期末有效的规章制度。"),
    Indicator(
        "cadres.decided",
        "通过的规章制度",
        "项",
        AREA,
        decided,
        about="通过日期在期内的规章制度，新订的和修订的都算。",
    ),
    Indicator(
        "cadres.entitlements",
        "应落实的待遇",
        "项",
        AREA,
        entitlements,
        about="应落实日期在期内的干部待遇；没有登记日期的不算。",
    ),
    Indicator(
        "cadres.entitlements_done",
        "已落实的待遇",
        "项",
        AREA,
        entitlements,
        only=Q(done_on__isnull=False),
        about="其中登记了落实日期的。",
    ),
    Ratio(
        "cadres.entitlements_share",
        "待遇落实率",
        "%",
        AREA,
        "cadres.entitlements_done",
        "cadres.entitlements",
        about="已落实的占应落实的多少。",
    ),
    Indicator(
        "cadres.ratings", "能力评定", "人次", AREA, ratings, about="评定日期在期内的能力评定。"
    ),
    Indicator(
        "cadres.rated",
        "评定过能力的干部",
        "人",
        AREA,
        ratings,
        people=True,
        about="期内评定过能力的人，一人只算一次。",
    ),
    Indicator(
        "cadres.points",
        "能力分值合计",
        "分",
        AREA,
        scores,
        sum="points",
        about="期内各次评定的各项能力的分值相加。",
    ),
    Indicator(
        "cadres.scored", "评分的能力", "项", AREA, scores, about="期内各次评定一共给了多少项分。"
    ),
    Ratio(
        "cadres.average",
        "能力平均分",
        "分/项",
        AREA,
        "cadres.points",
        "cadres.scored",
        about="分值合计除以评分的能力；每项 1 至 5 分。",
    ),
)
