"""One person may choose several groups, items or shifts, each with a place or a turn of its own."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

STANDING = ("signed", "waiting")


def choose(apps: Any, schema_editor: Any) -> None:
    """Whoever stands on a list keeps the item they chose, and their turn; who withdrew has none."""
    registration, choice = (apps.get_model("signing", one) for one in ("Registration", "Choice"))
    rows = registration.objects.filter(quota__isnull=False, status__in=STANDING)
    found = rows.order_by("pk").values_list("pk", "quota", "line").iterator(2000)
    made = (choice(registration_id=pk, quota_id=quota, line=line) for pk, quota, line in found)
    choice.objects.bulk_create(made, batch_size=1000)


def unchoose(apps: Any, schema_editor: Any) -> None:
    """Of several the first stays."""
    registration, choice = (apps.get_model("signing", one) for one in ("Registration", "Choice"))
    for one in choice.objects.order_by("-pk").iterator(2000):
        registration.objects.filter(pk=one.registration_id).update(quota=one.quota_id)


class Migration(migrations.Migration):
    dependencies = [
        ("signing", "0007_fewer_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="候补序号"),
                ),
            ],
            options={
                "verbose_name": "所报项目",
                "verbose_name_plural": "所报项目",
                "ordering": ["registration_id", "quota_id"],
            },
        ),
        migrations.AlterField(
            model_name="registration",
            name="status",
            field=models.CharField(
                choices=[
                    ("invited", "已邀请"),
                    ("signed", "已报名"),
                    ("waiting", "候补"),
                    ("declined", "不参加"),
                    ("withdrawn", "已退出"),
                    ("asked", "待同意"),
                ],
                default="signed",
                editable=False,
                max_length=20,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="quota",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chosen",
                to="signing.quota",
                verbose_name="组别或项目",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="registration",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="chosen",
                to="signing.registration",
                verbose_name="报名",
            ),
        ),
        migrations.AddIndex(
            model_name="choice",
            index=models.Index(fields=["quota", "line"], name="choice_of_quota"),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=("registration", "quota"),
                name="choice_once",
                violation_error_message="同一项只能报一次。",
            ),
        ),
        migrations.RunPython(choose, unchoose),
    ]
