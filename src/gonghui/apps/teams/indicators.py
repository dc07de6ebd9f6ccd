"""What is counted of learning teams: who takes part, studies, topics, praise."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import in_reach
from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes
from gonghui.core.orgs.models import SMALL, Org

from .models import Enlistment, Evidence, Incentive, ShiftStudy, Topic
from .rules import (
    ENLISTMENT_RULES,
    EVIDENCE_RULES,
    INCENTIVE_RULES,
    TOPIC_RULES,
    sees_board,
)

AREA = "learning"

bodies = Source(
    "teams.bodies",
    rows=lambda: Org.objects.filter(kind__in=SMALL),
    rule=sees_board,
    org="",
    since="since",
    until="until",
    columns=("name", "kind", "parent", "since", "until"),
    splits=(Split("kind", "类型", "kind"),),
)
enlistments = Source(
    "teams.enlistments",
    rows=lambda: Enlistment.objects.all(),
    rule=ENLISTMENT_RULES["view"],
    since="since",
    until="until",
    columns=("org", "since", "until"),
    splits=(Split("kind", "类型", "org__kind"),),
)
studies = Source(
    "teams.studies",
    rows=lambda: ShiftStudy.objects.exclude(activity__starts_at=None),
    rule=in_reach("learning.view", field="activity__org")
    | in_reach("activities.view", field="activity__org"),
    org="activity__org",
    day="activity__starts_at",
    columns=(("activity__title", "学习"), ("activity__org", "班组"), "shift"),
    page="activity",
    splits=(Split("shift", "时间", "shift"),),
    follows={"activities.activity": "org"},
)
released = Source(
    "teams.released",
    rows=lambda: Topic.objects.exclude(released_on=None),
    rule=TOPIC_RULES["view"],
    day="released_on",
    columns=("title", "field", "org", "released_on", "state"),
    splits=(Split("field", "方面", "field"),),
)
praised = Source(
    "teams.praised",
    rows=lambda: Topic.objects.exclude(praised_on=None),
    rule=TOPIC_RULES["view"],
    day="praised_on",
    columns=("title", "field", "org", "praised_on", "praise"),
    splits=(Split("field", "方面", "field"),),
)
incentives = Source(
    "teams.incentives",
    rows=lambda: Incentive.objects.all(),
    rule=INCENTIVE_RULES["view"],
    day="on",
    person="person",
    personal=True,
    columns=("person", "org", "ground", "reward", "what", "on"),
    splits=(Split("ground", "因为", "ground"), Split("reward", "方式", "reward"), sexes()),
)
evidence = Source(
    "teams.evidence",
    rows=lambda: Evidence.objects.all(),
    rule=EVIDENCE_RULES["view"],
    day="on",
    columns=("title", "mechanism", "org", "on"),
    splits=(Split("mechanism", "机制", "mechanism"),),
)

declare(
    Indicator("teams.teams", "班组", "个", AREA, bodies, about="那一天还在的班组、年级组、科室。"),
    Indicator(
        "teams.taking",
        "参加创建的班组",
        "个",
        AREA,
        enlistments,
        only=Q(org__kind__in=SMALL),
        about="那一天登记参加创建学习型班组的班组、年级组、科室。",
    ),
    Ratio(
        "teams.share",
        "参加创建的班组比例",
        "%",
        AREA,
        "teams.taking",
        "teams.teams",
        about="参加创建的班组除以全部班组。",
    ),
    Indicator(
        "teams.studies",
        "班前班后学习",
        "次",
        AREA,
        studies,
        about="期内班前、班后、工余时间安排的班组学习。",
    ),
    Indicator(
        "teams.released", "发布的改善课题", "项", AREA, released, about="发布日期在期内的课题成果。"
    ),
    Indicator(
        "teams.praised", "表彰的改善课题", "项", AREA, praised, about="表彰日期在期内的课题成果。"
    ),
    Indicator(
        "teams.rewards", "激励", "人次", AREA, incentives, about="期内给予的激励，一人几次算几次。"
    ),
    Indicator(
        "teams.rewarded",
        "受到激励的人",
        "人",
        AREA,
        incentives,
        people=True,
        about="期内受到激励的人，一人只算一次。",
    ),
    Indicator(
        "teams.evidence",
        "四个机制的做法",
        "条",
        AREA,
        evidence,
        about="日期在期内登记的做法和事例。",
    ),
)
