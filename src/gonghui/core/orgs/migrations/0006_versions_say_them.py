"""Lets versions say, from today on, who leads a body a second time and what codes it has.

Since when is not known here: earlier versions stay silent, and the history tells the rest.
"""

from datetime import timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone

SAID = ("second_parent_id", "code", "employer_code")
CHUNK = 1000


def write_versions(apps: Any, schema_editor: Any) -> None:
    OrgVersion = apps.get_model("orgs", "OrgVersion")
    UnionRecord = apps.get_model("orgs", "UnionRecord")
    records = UnionRecord.objects.exclude(code="", employer_code="").in_bulk()
    today = timezone.localdate()
    rows = OrgVersion.objects.filter(until=None).select_related("org").order_by("pk")
    ended, begun = [], []
    for version in rows.iterator(chunk_size=CHUNK):
        record = records.get(version.org_id)
        codes = (getattr(record, "code", ""), getattr(record, "employer_code", ""))
        said = dict(zip(SAID, (version.org.second_parent_id, *codes), strict=True))
        if not any(said.values()):
            continue
        begun.append(_next(OrgVersion, version, today, said))
        version.until = today - timedelta(days=1)
        ended.append(version)
    OrgVersion.objects.bulk_update(ended, ["until"], batch_size=CHUNK)
    # One that began today has had no day of its own.
    OrgVersion.objects.filter(pk__in=[v.pk for v in ended if v.since == today]).delete()
    OrgVersion.objects.bulk_create(begun, batch_size=CHUNK)


def _next(model: Any, version: Any, today: Any, said: dict[str, Any]) -> Any:
    kept = ("org_id", "name", "short_name", "kind", "parent_id", "path")
    return model(since=today, **{name: getattr(version, name) for name in kept}, **said)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0005_version_second_parent_codes")]

    # Going back drops the columns themselves; the versions begun here stay and say nothing wrong.
    operations = [migrations.RunPython(write_versions, migrations.RunPython.noop)]
