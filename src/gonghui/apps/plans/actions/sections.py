"""Makes room for further tasks at the end of a named section of a plan that is worked from."""

from __future__ import annotations

from django.db.models import F, Max

from ..models import Item, Kind, Plan


def room_in(plan: Plan, title: str, count: int) -> tuple[Item, int]:
    """The section of that title and the first of ``count`` free positions at its end.

    The section is opened at the end of the plan where it is missing; what follows it moves down.
    The caller holds the plan's row.
    """
    items = plan.items.all()
    section = items.filter(kind=Kind.SECTION, parent=None, text=title).first()
    if section is None:
        last = items.aggregate(last=Max("position"))["last"] or 0
        section = Item.objects.create(
            plan=plan, org=plan.org, position=last + 1, kind=Kind.SECTION, text=title
        )
        return section, last + 2
    after = items.filter(position__gt=section.position).order_by("position")
    following = after.filter(depth__lte=section.depth).first()
    if following is None:
        last = after.aggregate(last=Max("position"))["last"] or section.position
        return section, last + 1
    at = following.position
    items.filter(position__gte=at).update(position=F("position") + count)
    return section, at
