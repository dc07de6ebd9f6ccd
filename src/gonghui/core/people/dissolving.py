"""What becomes of the people of a union that is no more (工会法 §13, ORG-03).

Below access and history, as the ledger: the caller records the use-case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from .ledger import Said, days_after, enter_many
from .models import Act, Membership, Person, Standing


@transaction.atomic
def retain_all(
    people: Iterable[Person],
    keeper: int,
    *,
    day: date,
    reason: str,
    made_by: Person | None = None,
    source: str = "",
) -> dict[str, int]:
    """Members keep their membership, without its rights, in the care of another body.

    Who kept one already stays as they are and is only cared for elsewhere; whoever was no member
    is on nobody's books any more. Standing before → how many.
    """
    gone = {person.pk: person for person in people}
    held = Membership.objects.current().filter(person__among=list(gone)).order_by()
    standings = dict(held.values_list("person", "standing"))
    days = days_after(gone, day)
    enter_many(
        ((person, _said(standings[pk], keeper, days[pk], reason)) for pk, person in gone.items()),
        made_by=made_by,
        source=source,
    )
    return dict(Counter(standings.values()))


def _said(standing: str, keeper: int, day: date, reason: str) -> tuple[Said, ...]:
    if standing == Standing.WORKER:
        return (Said(Act.LEAVE, day, reason=reason),)
    cared_for = Said(Act.MOVE, day, keeper, reason=reason)
    if standing == Standing.RETAINED:
        return (cared_for,)
    return (Said(Act.RETAIN, day, reason=reason), cared_for)
