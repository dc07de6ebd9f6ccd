"""Gives what activities left to core/records: the tables are renamed with all they hold."""

from django.db import migrations

MOVED = ("record", "contribution", "feedback")


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_first")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable(name, f"records_{name}") for name in MOVED
            ],
            state_operations=[migrations.DeleteModel(name) for name in MOVED],
        ),
    ]
