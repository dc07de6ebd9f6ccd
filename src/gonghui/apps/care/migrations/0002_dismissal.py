import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0001_first"),
        ("orgs", "0006_versions_say_them"),
        ("people", "0010_post_contract_until"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="单位的理由")),
                ("ends_on", models.DateField(verbose_name="解除日期")),
                (
                    "notified_on",
                    models.DateField(blank=True, null=True, verbose_name="通知工会日期"),
                ),
                (
                    "objected_on",
                    models.DateField(blank=True, null=True, verbose_name="工会要求重新研究的日期"),
                ),
                (
                    "objection",
                    models.CharField(blank=True, max_length=300, verbose_name="工会的意见"),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="单位书面答复日期"),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="处理结果")),
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
                        related_name="dismissals",
                        to="people.person",
                        verbose_name="职工",
                    ),
                ),
            ],
            options={
                "verbose_name": "解除合同通知",
                "verbose_name_plural": "解除合同通知",
                "ordering": ["-ends_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "ends_on"),
                        name="dismissal_once_a_day",
                        violation_error_message="此人这一天的解除合同已经登记过。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on", None),
                            models.Q(
                                ("answered_on__gte", models.F("objected_on")),
                                ("objected_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dismissal_answers_an_objection",
                        violation_error_message="单位的答复是对工会意见的，不能早于工会要求重新研究的日期。",
                    ),
                ],
            },
        ),
    ]
