"""Office cadres, front-line workers and technical staff are told apart on the record (R-022)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_consent_seen_by")]

    operations = [
        migrations.AddField(
            "person",
            "category",
            models.CharField(
                "职工类别",
                max_length=20,
                choices=[
                    ("cadre", "机关干部"),
                    ("front_line", "一线职工"),
                    ("technical", "科技人员"),
                ],
                blank=True,
                default="",
                db_default="",
            ),
        )
    ]
