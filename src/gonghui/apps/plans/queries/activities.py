"""Which task an activity carries out, and which activities carry out a task."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.kit.prepared import about

from ..models import Item
from ..rules import ITEM_RULES

SHOWN = 20  # activities on a task's page


def task_of(activity: Activity) -> Item | None:
    """Its task, whoever asks; nothing where it carries out something else, or nothing."""
    if activity.carries_id is None or activity.carries_type != _kind():
        return None
    return Item.objects.filter(pk=activity.carries_id).select_related("plan").first()


def task_seen(activity: Activity, actor: Actor) -> Item | None:
    """Its task, where the actor may read it."""
    found = task_of(activity)
    return found if found and ITEM_RULES["view"].allows(actor, found) else None


def activities_for(item: Item, actor: Actor) -> QuerySet[Activity]:
    """What was and will be held for a task, as far as the actor may see it, the latest first."""

    def asked(pk: int) -> QuerySet[Activity]:
        rows = Activity.objects.filter(carries_type=_kind(), carries_id=pk)
        seen = ACTIVITY_RULES["view"].narrow(rows.select_related("org"), actor)
        return seen.annotate(photo_count=Count("photos"))[:SHOWN]

    return about(item.pk, ("activities for", actor.key, timezone.localdate()), asked, few=True)


def pictured(activities: Collection[int]) -> dict[int, str]:
    """Words for the photos of each activity that has some; they stay where they are.

    A photo is kept with consent and taken down when that ends, so it is pointed to, not copied.
    """
    if not activities:
        return {}
    rows = Activity.objects.filter(pk__in=activities, photos__isnull=False).order_by()
    found = rows.annotate(count=Count("photos")).values_list("pk", "title", "count")
    return {pk: f"{title}照片 {count} 张" for pk, title, count in found}


def tasks_for(activity: Activity, actor: Actor) -> QuerySet[Item]:
    """Tasks the actor works on, those of the body that holds the activity first."""
    rows = ITEM_RULES["work"].narrow(Item.objects.running().unfinished(), actor)
    own = Case(
        When(org=activity.org_id, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return rows.select_related("plan").order_by(own, "plan_id", "position")


def _kind() -> ContentType:
    return ContentType.objects.get_for_model(Item)
