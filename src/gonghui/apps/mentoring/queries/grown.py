"""How a person was brought on: tiers, recognitions, looks at abilities, to whoever may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person

from ..models import Appraisal, Placement, Recognition
from ..rules import APPRAISAL_RULES, PLACEMENT_RULES, RECOGNITION_RULES

LOOKS = 5  # the latest looks at abilities


@dataclass(frozen=True)
class Grown:
    """What stands of somebody beside their pairs."""

    placements: list[Placement]
    recognitions: list[Recognition]
    appraisals: list[Appraisal]

    def __bool__(self) -> bool:
        return bool(self.placements or self.recognitions or self.appraisals)


def grown_of(person: Person, actor: Actor, day: date) -> Grown:
    """On which tiers somebody stands, what they are recognised as, how they were rated lately."""
    placed = Placement.objects.on(day).filter(person=person).select_related("ladder", "tier")
    recognised = Recognition.objects.filter(person=person, state="standing").select_related("org")
    looked = Appraisal.objects.filter(person=person).order_by("-on", "-pk")
    return Grown(
        list(PLACEMENT_RULES["view"].narrow(placed, actor)),
        list(RECOGNITION_RULES["view"].narrow(recognised, actor)),
        list(APPRAISAL_RULES["view"].narrow(looked, actor)[:LOOKS]),
    )
