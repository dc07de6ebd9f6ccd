"""A result is of one item, with a rank; who entered two has one for each (R-346)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_items_and_admission"),
        ("records", "0004_certificates_of_classes"),
        ("signing", "0010_items_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="quota",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="signing.quota",
                verbose_name="项目",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="rank",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="第几名"
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("quota__isnull", False)),
                fields=("registration", "quota"),
                name="result_once_an_item",
                violation_error_message="这个人在这一项已经有成绩。",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quota", None), ("rank", None)),
                    models.Q(("kind", "placed"), ("quota__isnull", False)),
                    _connector="OR",
                ),
                name="result_is_of_an_item",
                violation_error_message="第几名要写明是哪一项。",
            ),
        ),
    ]
