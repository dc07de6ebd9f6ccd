"""The heads of a unit may look at evaluations without taking part."""

from typing import Any

from django.db import migrations

from gonghui.core.access.roles import ship_roles


def ship(apps: Any, schema_editor: Any) -> None:
    ship_roles(apps.get_model("access", "Role"))


class Migration(migrations.Migration):
    dependencies = [("access", "0011_ship_indicators")]

    # Going back leaves the roles as they are; a capability nobody asks for opens nothing.
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
