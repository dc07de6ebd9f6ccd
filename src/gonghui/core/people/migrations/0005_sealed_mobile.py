"""The mobile number people log in with is sealed; nothing of it stays open in the database.

The open column goes in the same release, against the custom of removing one later: a copy left
behind would make the sealing worthless.
"""

from typing import Any

from django.core.validators import RegexValidator
from django.db import migrations

import gonghui.kit.sealed_fields
from gonghui.kit.sealed_fields import derive

BATCH = 500
NUMBERED = RegexValidator(r"^1[3-9]\d{9}$", "手机号应为 11 位数字。")


def seal(apps: Any, schema_editor: Any) -> None:
    _each(apps, "open_mobile", "mobile")


def open_again(apps: Any, schema_editor: Any) -> None:
    _each(apps, "mobile", "open_mobile")


def _each(apps: Any, source: str, target: str) -> None:
    account = apps.get_model("people", "Account")
    last = 0
    while rows := list(account.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in rows:
            held = getattr(row, source)
            plain = held.reveal() if isinstance(held, gonghui.kit.sealed_fields.Secret) else held
            setattr(row, target, plain or None)
            derive(row)
        account.objects.bulk_update(rows, ["mobile", "mobile_index", "open_mobile"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("people", "0004_person_record")]

    operations = [
        migrations.RenameField("account", "mobile", "open_mobile"),
        migrations.AddField(
            "account",
            "mobile",
            gonghui.kit.sealed_fields.SealedField(
                blank=True, null=True, validators=[NUMBERED], verbose_name="手机号"
            ),
        ),
        migrations.AddField(
            "account",
            "mobile_index",
            gonghui.kit.sealed_fields.BlindIndexField(
                editable=False, null=True, of="mobile", purpose="account", unique=True
            ),
        ),
        migrations.RunPython(seal, open_again),
        migrations.RemoveField("account", "open_mobile"),
    ]
