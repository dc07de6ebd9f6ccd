import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_votes_of_members")]

    operations = [
        migrations.AddField(
            model_name="ballotcount",
            name="held_on",
            field=models.DateField(null=True, verbose_name="评议日期"),
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("heard_on", models.DateField(verbose_name="评议日期")),
                ("cast", models.PositiveIntegerField(verbose_name="参加人次")),
                ("content", models.PositiveIntegerField(verbose_name="满意人次")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinion",
                        to="evaluation.sheetline",
                        verbose_name="评议项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "会员评议结果",
                "verbose_name_plural": "会员评议结果",
                "ordering": ["-heard_on", "-pk"],
                "indexes": [models.Index(fields=["heard_on"], name="opinion_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cast__gt", 0), ("content__lte", models.F("cast"))),
                        name="opinion_within_cast",
                        violation_error_message="满意的不能多于参加的。",
                    )
                ],
            },
        ),
    ]
