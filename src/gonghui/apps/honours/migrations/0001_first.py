import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0005_version_second_parent_codes"),
        ("people", "0009_health_consent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Honour",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="照证书写，例如：全国劳动模范。",
                        max_length=60,
                        verbose_name="荣誉名称",
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("model_worker", "劳动模范"),
                            ("advanced", "先进工作者"),
                            ("medal", "五一劳动奖章"),
                            ("other", "其他荣誉"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "国家级"),
                            ("province", "省部级"),
                            ("city", "市级"),
                            ("county", "县级"),
                            ("unit", "企业级"),
                        ],
                        max_length=10,
                        verbose_name="级别",
                    ),
                ),
                ("granted_by", models.CharField(max_length=60, verbose_name="授予机关")),
                ("granted_on", models.DateField(verbose_name="授予日期")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="表彰文号")),
                ("certificate", models.CharField(blank=True, max_length=40, verbose_name="证书号")),
                (
                    "nominated_by",
                    models.CharField(blank=True, max_length=100, verbose_name="推荐单位"),
                ),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "revoked_for",
                    models.CharField(blank=True, max_length=200, verbose_name="撤销原因和文号"),
                ),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="orgs.org",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honours",
                        to="people.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "荣誉",
                "verbose_name_plural": "荣誉",
                "ordering": ["-granted_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "title", "granted_on"),
                        name="honour_once",
                        violation_error_message="这个人的这项荣誉已经登记过。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_on", None),
                            ("revoked_on__gte", models.F("granted_on")),
                            _connector="OR",
                        ),
                        name="honour_revoked_after_granted",
                        violation_error_message="撤销日期不能早于授予日期。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_for", ""), ("revoked_on", None)),
                            models.Q(
                                ("revoked_on__isnull", False),
                                models.Q(("revoked_for", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="honour_revoked_with_reason",
                        violation_error_message="撤销要同时写日期和原因。",
                    ),
                ],
            },
        ),
    ]
