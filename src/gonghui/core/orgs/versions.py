"""Keeps ``OrgVersion`` true: what bodies were called and where they stood on any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from .models import Org, OrgVersion

BATCH = 1000
KEPT = ("name", "short_name", "kind", "parent_id", "second_parent_id", "path")
CODES = ("code", "employer_code")  # of the union's record, where it filed one


def begin(orgs: list[Org]) -> None:
    """Write the first version of new bodies; a body without a date has always been there.

    A new body has filed nothing yet: what it files the same day goes into ``complete``.
    """
    OrgVersion.objects.bulk_create((_version(org, org.since) for org in orgs), batch_size=BATCH)


def complete(orgs: QuerySet[Org]) -> None:
    """Let the first version of bodies founded just now say what they filed at once."""
    said = {org.pk: org for org in orgs.select_related("record").order_by()}
    running = list(OrgVersion.objects.filter(org__in=orgs, until=None).order_by())
    for version in running:
        for name, value in _said(said[version.org_id]).items():
            setattr(version, name, value)
    fields = ["second_parent", *CODES]
    OrgVersion.objects.bulk_update(running, fields, batch_size=BATCH)


def turn(orgs: QuerySet[Org], *, day: date | None = None) -> None:
    """Give bodies that were changed a new version from a day on; the unchanged keep theirs.

    A second change on the same day replaces the first, because one day has one answer. A closed
    body keeps its last version, wherever what stood above it goes.
    """
    day = day or timezone.localdate()
    old = {v.org_id: v for v in OrgVersion.objects.filter(org__in=orgs, until=None).order_by()}
    rows = orgs.filter(until=None).select_related("record").order_by()
    changed = [org for org in rows if _differs(old.get(org.pk), org)]
    ended, same_day = [], []
    for org in changed:
        version = old.get(org.pk)
        if version is None:
            continue
        if version.since is not None and version.since >= day:
            same_day.append(version.pk)
        else:
            version.until = day - timedelta(days=1)
            ended.append(version)
    OrgVersion.objects.filter(pk__in=same_day).delete()
    OrgVersion.objects.bulk_update(ended, ["until"], batch_size=BATCH)
    new = (_version(org, day, **_codes(org)) for org in changed)
    OrgVersion.objects.bulk_create(new, batch_size=BATCH)


def end(orgs: QuerySet[Org], *, day: date) -> None:
    """Close the last version of closed bodies; the day itself still counts."""
    OrgVersion.objects.filter(org__in=orgs, until=None).update(until=day)


def resume(orgs: QuerySet[Org], *, day: date) -> None:
    """Let the version run on that ended with the body on a day, because it never ended.

    Where what stands above has moved since, a new one begins today.
    """
    OrgVersion.objects.filter(org__in=orgs, until=day).update(until=None)
    turn(orgs)


def _version(org: Org, since: date | None, **codes: str) -> OrgVersion:
    kept = {name: getattr(org, name) for name in KEPT}
    return OrgVersion(org_id=org.pk, since=since, **kept, **codes)


def _codes(org: Org) -> dict[str, str]:
    """The codes on record; ``org`` was read with its ``record``."""
    record = getattr(org, "record", None)
    return {name: getattr(record, name, "") for name in CODES}


def _said(org: Org) -> dict[str, Any]:
    return {name: getattr(org, name) for name in KEPT} | _codes(org)


def _differs(version: OrgVersion | None, org: Org) -> bool:
    said = _said(org).items()
    return version is None or any(getattr(version, name) != value for name, value in said)


def unturn(orgs: QuerySet[Org]) -> None:
    """Where a change was taken back and the version before says the same, let it run on."""
    rows = OrgVersion.objects.filter(org__in=orgs)
    kept: dict[int, OrgVersion] = {}
    longer: dict[int, OrgVersion] = {}
    idle = []
    for version in rows.order_by(F("since").asc(nulls_first=True), "pk"):
        before = kept.get(version.org_id)
        if before and _follows(version, before):
            before.until = version.until
            longer[before.pk] = before
            idle.append(version.pk)
        else:
            kept[version.org_id] = version
    OrgVersion.objects.filter(pk__in=idle).delete()
    OrgVersion.objects.bulk_update(longer.values(), ["until"], batch_size=BATCH)


def _follows(version: OrgVersion, before: OrgVersion) -> bool:
    """Whether it says the same from the very next day on."""
    if before.until is None or version.since != before.until + timedelta(days=1):
        return False
    return all(getattr(version, name) == getattr(before, name) for name in (*KEPT, *CODES))


def rewrite(orgs: QuerySet[Org], *, since: date, say: Callable[[OrgVersion], None]) -> None:
    """Correct what versions from a day on say of where bodies stood and who led them."""
    wrong = list(OrgVersion.objects.filter(org__in=orgs, since__gte=since).order_by())
    for version in wrong:
        say(version)
    fields = ["parent", "second_parent", "path"]
    OrgVersion.objects.bulk_update(wrong, fields, batch_size=BATCH)
    turn(orgs)
    unturn(orgs)
