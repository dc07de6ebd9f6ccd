"""What somebody chose stands in a table of its own, and no longer with the registration."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("signing", "0009_items_chosen"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="registration",
            name="registration_quota",
        ),
        migrations.RemoveField(
            model_name="registration",
            name="quota",
        ),
    ]
