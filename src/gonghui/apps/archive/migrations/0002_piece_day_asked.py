from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0001_first"),
    ]

    operations = [
        migrations.AlterField(
            model_name="piece",
            name="on",
            field=models.DateField(blank=True, null=True, verbose_name="日期"),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("written", "handed_in", "confirmed")), _negated=True),
                    models.Q(("on", None), _negated=True),
                    _connector="OR",
                ),
                name="piece_counts_with_a_day",
                violation_error_message="请先填日期。",
            ),
        ),
    ]
