"""Who leads an association runs its activities without a grant of their own."""

from typing import Any

from django.db import migrations

from gonghui.core.access.roles import ship_roles


def ship(apps: Any, schema_editor: Any) -> None:
    ship_roles(apps.get_model("access", "Role"))


class Migration(migrations.Migration):
    dependencies = [("access", "0009_role_of_posts")]

    # Going back leaves the role where it is; without the columns no post brings it.
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
