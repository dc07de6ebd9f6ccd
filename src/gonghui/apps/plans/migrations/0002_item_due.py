from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_first")]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["kind", "due_on", "id", "plan"], name="item_due"),
        ),
    ]
