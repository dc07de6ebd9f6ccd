"""Takes over the tables of what activities left; only the state of the models is new."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("activities", "0003_series_pattern"),
        ("signing", "0002_registration_category"),
        ("attendance", "0002_records_apart"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Record",
                    fields=[
                        (
                            "activity",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="record",
                                serialize=False,
                                to="activities.activity",
                                verbose_name="活动",
                            ),
                        ),
                        ("minutes", models.TextField(blank=True, verbose_name="活动记录")),
                        ("gains", models.TextField(blank=True, verbose_name="收获")),
                    ],
                    options={
                        "verbose_name": "活动记录",
                        "verbose_name_plural": "活动记录",
                        "ordering": ["activity_id"],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("spoke", "发言"),
                                    ("taught", "授课"),
                                    ("performed", "表演"),
                                    ("helped", "服务"),
                                    ("placed", "名次"),
                                ],
                                max_length=10,
                                verbose_name="贡献",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(blank=True, max_length=200, verbose_name="内容"),
                        ),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="activities.activity",
                                verbose_name="活动",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="signing.registration",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "贡献",
                        "verbose_name_plural": "贡献",
                        "ordering": ["activity_id", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "stars",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="评分",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="意见")),
                        ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        (
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="feedback",
                                to="signing.registration",
                                verbose_name="报名",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "反馈",
                        "verbose_name_plural": "反馈",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stars__gte", 1), ("stars__lte", 5)),
                                name="feedback_one_to_five",
                                violation_error_message="评分为 1 到 5 分。",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
