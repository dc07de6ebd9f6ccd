"""What is counted of goals: shared ones, people who have their own, plans of growing."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.indicators.registry import Indicator, Ratio, Source, Split, declare, sexes

from .models import Goal, GoalState, GrowthPlan, PlanState, Step
from .rules import GOAL_RULES, GROWTHPLAN_RULES, sees_step

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
agreed = Source(
    "goals.agreed",
    rows=lambda: GrowthPlan.objects.exclude(agreed_on=None),
    rule=GROWTHPLAN_RULES["view"],
    day="agreed_on",
    person="person",
    columns=("person", "kind", "year", "org", "agreed_on", "state"),
    splits=(Split("kind", "类别", "kind"), sexes()),
)
# What a person set themselves by a day; what the goal of a body sets is nobody's own.
steps = Source(
    "goals.steps",
    rows=lambda: Step.objects.exclude(due_on=None).filter(
        goal__person__isnull=False, goal__state__in=(GoalState.STANDING, GoalState.REACHED)
    ),
    rule=sees_step,
    org="goal__org",
    day="due_on",
    person="goal__person",
    personal=True,
    columns=(("goal__person", "本人"), "title", "goal", "due_on", "done_on"),
    page="goal",
    splits=(sexes("goal__person"),),
    follows={"goals.goal": "org"},
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
        "goals.steps",
        "到期的个人小目标",
        "项",
        AREA,
        steps,
        about="职工的愿景和目标里，计划完成日期在期内的阶段小目标；停下的目标不算。",
    ),
    Indicator(
        "goals.steps_done",
        "完成的个人小目标",
        "项",
        AREA,
        steps,
        only=Q(done_on__isnull=False),
        about="其中已经完成的。",
    ),
    Ratio(
        "goals.steps_share",
        "个人小目标完成率",
        "%",
        AREA,
        "goals.steps_done",
        "goals.steps",
        about="完成的占到期的多少。",
    ),
    Indicator(
        "goals.agreed",
        "商定成长计划的人",
        "人",
        AREA,
        agreed,
        people=True,
        about="期内商定执行发展规划或学习成才计划的人，一人只算一次；年终看过的也算。",
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
