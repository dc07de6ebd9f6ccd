"""A consent given on paper says who saw it signed."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [("people", "0006_lean_indexes")]

    operations = [
        migrations.AddField(
            "consent",
            "seen_by",
            models.ForeignKey(
                to="people.person",
                null=True,
                blank=True,
                on_delete=PROTECT,
                related_name="+",
                verbose_name="验看人",
            ),
        )
    ]
