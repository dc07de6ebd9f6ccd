import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0004_congress_functions"),
    ]

    operations = [
        migrations.AddField(
            model_name="orgversion",
            name="code",
            field=models.CharField(blank=True, max_length=18, verbose_name="工会统一社会信用代码"),
        ),
        migrations.AddField(
            model_name="orgversion",
            name="employer_code",
            field=models.CharField(blank=True, max_length=18, verbose_name="单位统一社会信用代码"),
        ),
        migrations.AddField(
            model_name="orgversion",
            name="second_parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="orgs.org",
                verbose_name="第二上级",
            ),
        ),
    ]
