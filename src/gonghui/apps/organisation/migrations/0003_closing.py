"""That a body was closed is kept with what ended by it, so that it can be taken back."""

import django.db.models.deletion
from django.db import migrations, models

import gonghui.apps.organisation.models.closings


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_review_first_unknown"),
        ("orgs", "0007_closed_bodies_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="Closing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="撤销日期")),
                (
                    "ended",
                    models.JSONField(
                        default=gonghui.apps.organisation.models.closings.nothing,
                        verbose_name="随之终止的",
                    ),
                ),
                ("taken_back_on", models.DateField(null=True, verbose_name="收回日期")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="orgs.org",
                        verbose_name="组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "组织撤销",
                "verbose_name_plural": "组织撤销",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_on", None)),
                        fields=("org",),
                        name="closing_once_at_a_time",
                        violation_error_message="这个组织已经撤销。",
                    )
                ],
            },
        ),
    ]
