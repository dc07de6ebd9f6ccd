import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0001_first"),
        ("orgs", "0006_versions_say_them"),
        ("people", "0010_post_contract_until"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficeTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "days",
                    models.DecimalField(decimal_places=1, max_digits=3, verbose_name="占用工作日"),
                ),
                ("matter", models.CharField(max_length=100, verbose_name="事由")),
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
                        related_name="office_times",
                        to="people.person",
                        verbose_name="委员",
                    ),
                ),
            ],
            options={
                "verbose_name": "占用工作时间",
                "verbose_name_plural": "占用工作时间",
                "ordering": ["-on", "-pk"],
                "indexes": [models.Index(fields=["on", "org"], name="officetime_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days__gt", 0)),
                        name="officetime_some_days",
                        violation_error_message="占用的工作日要大于 0。",
                    )
                ],
            },
        ),
    ]
