"""What ranks are worth to the teams of an activity, as its organiser chose it (R-346)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_items_and_admission"),
        ("records", "0005_results_of_items"),
        ("signing", "0010_items_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scoring",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="scoring",
                        serialize=False,
                        to="activities.activity",
                        verbose_name="活动",
                    ),
                ),
                (
                    "points",
                    models.JSONField(blank=True, default=list, verbose_name="各名次得分"),
                ),
                (
                    "times",
                    models.PositiveSmallIntegerField(default=1, verbose_name="集体项目按几倍计"),
                ),
                (
                    "together",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="signing.quota",
                        verbose_name="集体项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "团体计分办法",
                "verbose_name_plural": "团体计分办法",
                "ordering": ["activity_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("times__gte", 1)),
                        name="scoring_counts_at_least_once",
                        violation_error_message="集体项目至少按 1 倍计。",
                    )
                ],
            },
        ),
    ]
