from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_health_consent"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="contract_until",
            field=models.DateField(blank=True, null=True, verbose_name="劳动合同期满"),
        ),
    ]
