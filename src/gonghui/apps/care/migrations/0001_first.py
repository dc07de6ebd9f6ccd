import django.db.models.deletion
from django.db import migrations, models

import gonghui.kit.sealed_fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0005_version_second_parent_codes"),
        ("people", "0009_health_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hardship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="档案编号")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("deep", "深度困难"),
                            ("relative", "相对困难"),
                            ("accidental", "意外致困"),
                        ],
                        max_length=12,
                        verbose_name="困难类别",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("own_illness", "本人大病"),
                            ("family_illness", "家属大病"),
                            ("schooling", "子女上学"),
                            ("disability", "残疾"),
                            ("laid_off", "下岗失业"),
                            ("low_income", "收入低无法维持"),
                            ("accident", "意外灾害"),
                            ("single_parent", "单亲"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                        verbose_name="主要致困原因",
                    ),
                ),
                ("since", models.DateField(verbose_name="建档日期")),
                ("approval", models.CharField(max_length=60, verbose_name="审核文号或会议")),
                ("until", models.DateField(blank=True, null=True, verbose_name="销档日期")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overcome", "脱困"),
                            ("regraded", "类别变更"),
                            ("died", "去世"),
                            ("left", "离开"),
                            ("unfit", "不符合条件"),
                        ],
                        max_length=12,
                        verbose_name="销档原因",
                    ),
                ),
                (
                    "illness",
                    gonghui.kit.sealed_fields.SealedField(
                        blank=True, null=True, verbose_name="病情"
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="orgs.org",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hardships",
                        to="people.person",
                        verbose_name="职工",
                    ),
                ),
            ],
            options={
                "verbose_name": "困难职工档案",
                "verbose_name_plural": "困难职工档案",
                "ordering": ["-since", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person",),
                        name="hardship_one_open",
                        violation_error_message="此人已有没有销档的困难职工档案。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="hardship_until_after_since",
                        violation_error_message="销档日期不能早于建档日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", ""), ("until", None)),
                            models.Q(
                                ("until__isnull", False), models.Q(("ending", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="hardship_ends_with_reason",
                        violation_error_message="销档要同时写日期和原因。",
                    ),
                ],
            },
        ),
    ]
