"""Who joined and left before the first review of an association is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_first")]

    operations = [
        migrations.AlterField(
            "associationreview",
            "joined",
            models.PositiveIntegerField("新加入", null=True, editable=False),
        ),
        migrations.AlterField(
            "associationreview",
            "left",
            models.PositiveIntegerField("退出", null=True, editable=False),
        ),
    ]
