"""The day a plan of growing was agreed; of those before, as the history has it."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def tell(apps: Any, schema_editor: Any) -> None:
    kind = (
        apps.get_model("contenttypes", "ContentType")
        .objects.filter(app_label="goals", model="growthplan")
        .first()
    )
    if kind is None:
        return
    plans, entries = apps.get_model("goals", "GrowthPlan"), apps.get_model("history", "Entry")
    said = entries.objects.filter(content_type=kind, verb="agree").order_by("at")
    for pk, at in said.values_list("object_id", "at"):
        plans.objects.filter(pk=pk).update(agreed_on=timezone.localtime(at).date())


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("goals", "0001_first"),
        ("history", "0004_lean_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="growthplan",
            name="agreed_on",
            field=models.DateField(editable=False, null=True, verbose_name="商定日期"),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
