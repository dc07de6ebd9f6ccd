"""Gives every body that stands already its first version; without one no day could be asked."""

from typing import Any

from django.db import migrations


def write_versions(apps: Any, schema_editor: Any) -> None:
    Org = apps.get_model("orgs", "Org")
    OrgVersion = apps.get_model("orgs", "OrgVersion")
    OrgVersion.objects.bulk_create(
        (
            OrgVersion(
                org_id=org.pk,
                name=org.name,
                short_name=org.short_name,
                kind=org.kind,
                parent_id=org.parent_id,
                path=org.path,
                since=org.since,
                until=org.until,
            )
            for org in Org.objects.order_by("pk").iterator()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_versions_and_union_record")]

    # Going back drops the table itself.
    operations = [migrations.RunPython(write_versions, migrations.RunPython.noop)]
