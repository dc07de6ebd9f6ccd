"""What a transfer's body is called."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_first")]

    operations = [
        migrations.AlterField(
            model_name="transfer",
            name="org",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="orgs.org",
                verbose_name="原组织",
            ),
        ),
    ]
