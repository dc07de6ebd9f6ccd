"""What the agenda adds to an activity: whose people are asked for twice at one time."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.activities.queries.clashes import others_at_once
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.activities.sockets import warnings
from gonghui.core.signing.models import Registration

SIGNED = Registration.Status.SIGNED


def people_twice(activity: Activity, actor: Actor) -> Iterator[str]:
    """Those who signed up here and for something else at the same time."""
    others = others_at_once(activity).order_by().values("activity")
    here = activity.registrations.filter(status=SIGNED, person__isnull=False)
    rows = Registration.objects.filter(
        activity__in=others, status=SIGNED, person__in=here.order_by().values("person")
    )
    counts = dict(rows.order_by().values_list("activity").annotate(Count("person", distinct=True)))
    held = Activity.objects.filter(pk__in=counts).order_by("starts_at", "pk")
    known = {one.pk for one in ACTIVITY_RULES["view"].narrow(held, actor)}
    for one in held:
        name = f"「{one}」" if one.pk in known else "其他组织的活动"
        yield f"已报名的人里，有 {counts[one.pk]} 人同一时间还报了{name}。"


warnings.add("people", people_twice)
