"""What a plan left undone, and how much of it the next one has not taken over yet."""

from __future__ import annotations

from dataclasses import dataclass

from gonghui.core.access.actor import Actor

from ..models import OPEN_STATES, Draft, Plan, PlanState
from ..rules import PLAN_RULES

WORKED = (*OPEN_STATES, PlanState.CLOSED)  # plans whose tasks were worked on


@dataclass(frozen=True, slots=True)
class Left:
    """The plan before, and how many of its tasks are open and went into no other plan."""

    plan: Plan
    count: int


def left_behind(plan: Plan, actor: Actor) -> Left | None:
    """What the same union's plan of the same kind before this one could hand on (R-417)."""
    rows = Plan.objects.filter(
        org=plan.org_id,
        kind=plan.kind,
        state__in=WORKED,
        starts_on__lt=plan.starts_on,
        ends_on__lte=plan.ends_on,
    )
    earlier = PLAN_RULES["place"].narrow(rows, actor).order_by("-starts_on", "-pk").first()
    if earlier is None:
        return None
    undone = earlier.items.tasks().unfinished().filter(continued_by=None)
    count = undone.exclude(pk__in=carried_into(earlier, plan)).count()
    return Left(earlier, count) if count else None


def carried_into(plan: Plan, into: Plan) -> set[int]:
    """The tasks of a plan that went over into another one already."""
    linked = into.items.filter(continues__plan=plan).values_list("continues_id", flat=True)
    draft = Draft.objects.filter(plan=into).first()
    if draft is None or not draft.carried or not into.is_editable:
        return set(linked)
    present = {str(node["id"]) for node in draft.outline["nodes"]}
    waiting = {said["item"] for node, said in draft.carried.items() if node in present}
    return set(linked) | waiting
