"""One person may choose several groups, items or shifts, each with a place or a turn of its own."""

import django.db.models.deletion
from django.db import migrations, models


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
    ]
