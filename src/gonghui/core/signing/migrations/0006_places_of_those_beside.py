"""Reserves and officials who have a place already give theirs back to those who compete."""

from typing import Any

from django.db import migrations
from django.db.models import F

BESIDE = ("reserve", "official")


def _move(apps: Any, step: int) -> None:
    registration = apps.get_model("signing", "Registration")
    activity = apps.get_model("activities", "Activity")
    quota = apps.get_model("signing", "Quota")
    held = registration.objects.filter(role__in=BESIDE, status="signed").order_by("pk")
    for one in held.iterator():
        changed = F("seats_taken") + step
        activity.objects.filter(pk=one.activity_id).update(seats_taken=changed)
        quota.objects.filter(pk__in=[one.quota_id, one.unit_quota_id]).update(seats_taken=changed)


def give_back(apps: Any, editor: Any) -> None:
    _move(apps, -1)


def take_again(apps: Any, editor: Any) -> None:
    _move(apps, 1)


class Migration(migrations.Migration):
    dependencies = [("signing", "0005_terms_agreed_to")]

    operations = [migrations.RunPython(give_back, take_again)]
