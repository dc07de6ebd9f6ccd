"""A reward is put into the credits of who received it."""

from __future__ import annotations

from decimal import Decimal

from gonghui.core.access.actor import Actor
from gonghui.core.credits.models import Credit
from gonghui.core.credits.settling import Earned, settle

from ..models import Ground, Incentive, Reward

HONOURS = (Reward.TEAM, Reward.DEPARTMENT)


def settle_incentive(incentive: Incentive, *, by: Actor) -> None:
    """A unique skill counts as one, a prize as an award; a mere chance to learn earns nothing."""
    kind = ""
    if incentive.ground == Ground.SKILL:
        kind = "skill"
    elif incentive.reward in HONOURS:
        kind = "award"
    earned = Earned(
        person_id=incentive.person_id, kind=kind, role=Credit.Role.OWN, amount=Decimal(1),
        on=incentive.on, words=incentive.what, category=incentive.ground,
    )  # fmt: skip
    settle(incentive, incentive.org, [earned] if kind else [], by=by)
