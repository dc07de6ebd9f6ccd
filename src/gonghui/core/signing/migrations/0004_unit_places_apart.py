"""Places of a unit stand in a column of their own, so that a group's may stand beside them."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F


def set_apart(apps: Any, editor: Any) -> None:
    rows = apps.get_model("signing", "registration").objects.using(editor.connection.alias)
    rows.filter(quota__org__isnull=False).update(unit_quota=F("quota"), quota=None)


def put_back(apps: Any, editor: Any) -> None:
    rows = apps.get_model("signing", "registration").objects.using(editor.connection.alias)
    rows.filter(quota=None, unit_quota__isnull=False).update(quota=F("unit_quota"))


class Migration(migrations.Migration):
    dependencies = [("signing", "0003_unit_quota_and_companions")]

    operations = [migrations.RunPython(set_apart, put_back)]
