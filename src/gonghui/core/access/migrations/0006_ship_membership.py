"""The shipped roles may approve memberships."""

from typing import Any

from django.db import migrations

from gonghui.core.access.roles import ship_roles


def ship(apps: Any, schema_editor: Any) -> None:
    ship_roles(apps.get_model("access", "Role"))


class Migration(migrations.Migration):
    dependencies = [("access", "0005_ship_elections_and_cadres")]

    # Roles may be granted by then: going back leaves them where they are.
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
