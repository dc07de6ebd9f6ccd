from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_person_category"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="scope",
            field=models.CharField(
                choices=[
                    ("record", "会员资料"),
                    ("sensitive", "银行卡和婚姻状况"),
                    ("health", "病情"),
                ],
                max_length=10,
                verbose_name="范围",
            ),
        ),
    ]
