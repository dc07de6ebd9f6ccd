"""The lives of a goal and of a plan of growing, with its half-year and year-end looks."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from . import actions
from .forms import GiveUpForm, HalfForm, YearForm
from .models import Goal, GoalState, GrowthPlan, PlanState
from .rules import coach, is_goal, keeps, keeps_plan, looks, own

GOAL_LIFE = Flow(
    Goal,
    (
        Transition(
            "reach", "已实现", (GoalState.STANDING,), GoalState.REACHED, keeps & is_goal,
            is_main=True,
        ),
        Transition(
            "give_up", "不再追求", (GoalState.STANDING,), GoalState.GIVEN_UP, keeps,
            form=GiveUpForm,
        ),
        Transition(
            "resume", "继续努力", (GoalState.REACHED, GoalState.GIVEN_UP), GoalState.STANDING, keeps
        ),
    ),
)  # fmt: skip

PLAN_LIFE = Flow(
    GrowthPlan,
    (
        Transition(
            "agree", "商定执行", (PlanState.DRAFT,), PlanState.RUNNING, looks, is_main=True,
            effect=actions.agree,
        ),
        Transition(
            "look_half", "半年看一看", (PlanState.RUNNING,), PlanState.HALFWAY,
            own | coach | keeps_plan, form=HalfForm, effect=actions.look_half, is_main=True,
        ),
        Transition(
            "look_year", "年终看一看", (PlanState.RUNNING, PlanState.HALFWAY), PlanState.CLOSED,
            looks, form=YearForm, effect=actions.look_year, is_main=True,
        ),
        Transition(
            "reopen", "重看", (PlanState.CLOSED,), PlanState.HALFWAY, keeps_plan & ~own,
            effect=actions.look_again,
        ),
    ),
)  # fmt: skip
