from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("elections", "0002_candidate_full_time_and_primary"),
    ]

    operations = [
        migrations.AddField(
            model_name="departure",
            name="submitted_on",
            field=models.DateField(editable=False, null=True, verbose_name="报上级日期"),
        ),
    ]
