"""Calendar addresses move to core/feeds, where all calendars have theirs; none changes."""

from typing import Any

from django.db import migrations

BATCH = 500


def take_along(apps: Any, schema_editor: Any) -> None:
    old, new = apps.get_model("plans", "Feed"), apps.get_model("feeds", "Feed")
    rows = (
        new(
            person_id=one.person_id,
            source="plan" if one.plan_id else "tasks",
            about=one.plan_id,
            token=one.token,
        )
        for one in old.objects.order_by("pk").iterator()
    )
    new.objects.bulk_create(rows, batch_size=BATCH)


def take_back(apps: Any, schema_editor: Any) -> None:
    old, new = apps.get_model("plans", "Feed"), apps.get_model("feeds", "Feed")
    kept = new.objects.filter(source__in=("plan", "tasks")).order_by("pk")
    rows = (old(person_id=one.person_id, plan_id=one.about, token=one.token) for one in kept)
    old.objects.bulk_create(rows, batch_size=BATCH)
    kept.delete()


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_item_due"), ("feeds", "0001_first")]

    operations = [migrations.RunPython(take_along, take_back), migrations.DeleteModel("Feed")]
