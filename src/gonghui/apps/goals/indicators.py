"""What is counted of goals: shared ones, people who have their own, plans of growing."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes

from .models import Goal, GoalState, GrowthPlan, PlanState
from .rules import GOAL_RULES, GROWTHPLAN_RULES

AREA = "learning"

goals = Source(
    "goals.goals",
    rows=lambda: Goal.objects.filter(state=GoalState.STANDING),
    rule=GOAL_RULES["view"],
    person="person",
    columns=("title", "sort", "org", "person", "serves", "until"),
    splits=(Split("sort", "类别", "sort"),),
)
plans = Source(
    "goals.plans",
    rows=lambda: GrowthPlan.objects.filter(state__in=(PlanState.RUNNING, PlanState.HALFWAY)),
    rule=GROWTHPLAN_RULES["view"],
    person="person",
    columns=("person", "kind", "year", "org", "coach", "state"),
    splits=(Split("kind", "类别", "kind"), sexes()),
)
NOW = "只知道现在的数。"

declare(
    Indicator(
        "goals.shared",
        "共同愿景与目标",
        "个",
        AREA,
        goals,
        only=Q(person=None),
        about=f"组织现在的愿景和目标；{NOW}",
    ),
    Indicator(
        "goals.personal",
        "个人愿景与目标",
        "个",
        AREA,
        goals,
        only=Q(person__isnull=False),
        about=f"职工现在的愿景和目标；{NOW}",
    ),
    Indicator(
        "goals.serving",
        "落实了上面目标的个人目标",
        "个",
        AREA,
        goals,
        only=Q(person__isnull=False, serves__isnull=False),
        about=f"写明落实哪个目标的个人愿景和目标；{NOW}",
    ),
    Ratio(
        "goals.aligned",
        "个人目标对齐的比例",
        "%",
        AREA,
        "goals.serving",
        "goals.personal",
        about="落实了上面目标的个人目标除以全部个人目标。",
    ),
    Indicator(
        "goals.people",
        "有个人目标的人",
        "人",
        AREA,
        goals,
        only=Q(person__isnull=False),
        people=True,
        about=f"现在有愿景或目标的人，一人只算一次；{NOW}",
    ),
    Indicator(
        "goals.planners",
        "有成长计划的人",
        "人",
        AREA,
        plans,
        people=True,
        about=f"商定执行、还没有到年终的发展规划和学习成才计划，一人只算一次；{NOW}",
    ),
)
