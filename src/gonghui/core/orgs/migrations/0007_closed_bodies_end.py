"""Versions of closed bodies that a later move of what stands above them had begun anew end again."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Subquery


def end_versions(apps: Any, schema_editor: Any) -> None:
    Org = apps.get_model("orgs", "Org")
    OrgVersion = apps.get_model("orgs", "OrgVersion")
    running = OrgVersion.objects.filter(until=None, org__until__isnull=False)
    ended = OrgVersion.objects.filter(org=OuterRef("org"), until=OuterRef("org__until"))
    revived = running.filter(Exists(ended)).values_list("pk", flat=True)
    OrgVersion.objects.filter(pk__in=list(revived)).delete()
    last_day = Org.objects.filter(pk=OuterRef("org")).values("until")
    rest = list(running.values_list("pk", flat=True))
    OrgVersion.objects.filter(pk__in=rest).update(until=Subquery(last_day))


class Migration(migrations.Migration):
    dependencies = [("orgs", "0006_versions_say_them")]

    # Going back leaves them ended: that is what they are.
    operations = [migrations.RunPython(end_versions, migrations.RunPython.noop)]
