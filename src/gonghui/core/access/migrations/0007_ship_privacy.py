"""The shipped roles may reveal with a reason, and the audit committee may see who did."""

from typing import Any

from django.db import migrations

from gonghui.core.access.roles import ship_roles


def ship(apps: Any, schema_editor: Any) -> None:
    ship_roles(apps.get_model("access", "Role"))


class Migration(migrations.Migration):
    dependencies = [("access", "0006_ship_membership")]

    # Roles may be granted by then: going back leaves them where they are.
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
