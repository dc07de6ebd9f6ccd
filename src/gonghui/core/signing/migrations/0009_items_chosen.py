"""Whoever stands on a list keeps the item they chose, as a choice of its own."""

from typing import Any

from django.db import migrations
from django.db.models import F

STANDING = ("signed", "waiting")


def choose(apps: Any, schema_editor: Any) -> None:
    """Whoever stands on a list keeps the item they chose, and their turn; who withdrew has none."""
    registration, choice = (apps.get_model("signing", one) for one in ("Registration", "Choice"))
    rows = registration.objects.filter(quota__isnull=False, status__in=STANDING)
    found = rows.order_by("pk").values_list("pk", "quota", "line").iterator(2000)
    made = (choice(registration_id=pk, quota_id=quota, line=line) for pk, quota, line in found)
    choice.objects.bulk_create(made, batch_size=1000)


def unchoose(apps: Any, schema_editor: Any) -> None:
    """Of several the first with a place stays."""
    registration, choice = (apps.get_model("signing", one) for one in ("Registration", "Choice"))
    placed_last = F("line").asc(nulls_last=True)
    for one in choice.objects.order_by(placed_last, "-pk").iterator(2000):
        registration.objects.filter(pk=one.registration_id).update(quota=one.quota_id)


class Migration(migrations.Migration):
    dependencies = [("signing", "0008_several_items")]

    operations = [migrations.RunPython(choose, unchoose)]
