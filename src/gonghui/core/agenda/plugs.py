"""What the agenda adds to an activity: whose people are asked for twice at one time."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Session
from gonghui.core.activities.queries.clashes import others_at_once
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.activities.sockets import warnings
from gonghui.core.signing.models import Registration

from .queries.mine import without_others

SIGNED = Registration.Status.SIGNED


def people_twice(activity: Activity, actor: Actor) -> Iterator[str]:
    """Those who signed up here and for something else at the same time; of a shift who chose it."""
    here = activity.registrations.filter(status=SIGNED, person__isnull=False)
    rows = Registration.objects.filter(_is_elsewhere(activity), status=SIGNED).filter(
        activity__in=others_at_once(activity).order_by().values("activity"),
        person__in=here.order_by().values("person"),
    )
    counts = dict(rows.order_by().values_list("activity").annotate(Count("person", distinct=True)))
    held = Activity.objects.filter(pk__in=counts).order_by("starts_at", "pk")
    known = {one.pk for one in ACTIVITY_RULES["view"].narrow(held, actor)}
    for one in held:
        name = f"「{one}」" if one.pk in known else "其他组织的活动"
        yield f"已报名的人里，有 {counts[one.pk]} 人同一时间还报了{name}。"


def _is_elsewhere(activity: Activity) -> Exists:
    """The registration has a session at the time of one its person comes to here."""
    theirs = without_others(Session.objects.all(), OuterRef(OuterRef(OuterRef("person"))))
    at_once = theirs.filter(
        activity=activity, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at")
    )
    there = without_others(Session.objects.all(), OuterRef(OuterRef("person")))
    held = there.filter(Exists(at_once.order_by()), activity=OuterRef("activity"))
    return Exists(held.order_by())


warnings.add("people", people_twice)
