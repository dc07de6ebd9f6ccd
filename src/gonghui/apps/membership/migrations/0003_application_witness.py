"""An application on paper carries the version of the consent and who saw it."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0002_transfer_org_label"),
        ("people", "0007_consent_seen_by"),
    ]

    operations = [
        migrations.AddField(
            "application",
            "consent_version",
            models.CharField("同意书版本", max_length=20, blank=True, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "application",
            "seen_by",
            models.ForeignKey(
                to="people.person",
                null=True,
                blank=True,
                on_delete=PROTECT,
                related_name="+",
                verbose_name="验看人",
                help_text="书面申请：谁看过本人签名的申请书和同意书。口头申请：谁听取的。",
            ),
        ),
    ]
