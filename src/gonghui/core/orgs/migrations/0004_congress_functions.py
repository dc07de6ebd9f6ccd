from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0003_first_versions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="org",
            name="function",
            field=models.CharField(
                blank=True,
                choices=[
                    ("union", "工会委员会"),
                    ("standing", "常务委员会"),
                    ("audit", "经费审查委员会"),
                    ("women", "女职工委员会"),
                    ("congress", "会员代表大会"),
                    ("workers_congress", "职工代表大会"),
                    ("openness", "企务公开民主管理工作委员会"),
                    ("safety", "生产劳保监督工作委员会"),
                    ("culture", "宣教文体工作委员会"),
                    ("livelihood", "生活保障工作委员会"),
                    ("mediation", "劳动争议调解委员会"),
                    ("protection", "劳动保护监督检查委员会"),
                    ("law", "劳动法律监督委员会"),
                    ("leading", "活动领导小组"),
                    ("office", "办公室"),
                    ("review", "评审组"),
                    ("other", "其他"),
                ],
                max_length=20,
                verbose_name="职能",
            ),
        ),
    ]
