"""Officers of elections that are under way are voted on by whom their plan says."""

from typing import Any

from django.db import migrations

UNDER_WAY = (
    "draft", "agreed", "submitted", "permitted", "nominated", "published", "convened",
)  # fmt: skip
OFFICERS = ("chair", "vice", "audit_chair", "women_chair")


def follow_plans(apps: Any, schema_editor: Any) -> None:
    races = apps.get_model("elections", "Race").objects.filter(
        election__state__in=UNDER_WAY, tallies=None
    )
    chosen = races.filter(election__chair_by="committee", office__in=OFFICERS)
    for rows in (chosen, races.filter(office="standing")):
        numbers = list(rows.values_list("pk", flat=True))
        races.model.objects.filter(pk__in=numbers).update(voted_by="committee")


class Migration(migrations.Migration):
    dependencies = [("elections", "0004_race_voted_by")]

    operations = [migrations.RunPython(follow_plans, migrations.RunPython.noop)]
