"""Keeps ``OrgVersion`` true: what bodies were called and where they stood on any day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from .models import Org, OrgVersion

BATCH = 1000
KEPT = ("name", "short_name", "kind", "parent_id", "path")


def begin(orgs: list[Org]) -> None:
    """Write the first version of new bodies; a body without a date has always been there."""
    OrgVersion.objects.bulk_create((_version(org, org.since) for org in orgs), batch_size=BATCH)


def turn(orgs: QuerySet[Org], *, day: date | None = None) -> None:
    """Give bodies that were changed a new version from a day on; the unchanged keep theirs.

    A second change on the same day replaces the first, because one day has one answer.
    """
    day = day or timezone.localdate()
    old = {v.org_id: v for v in OrgVersion.objects.filter(org__in=orgs, until=None).order_by()}
    changed = [org for org in orgs.order_by() if _differs(old.get(org.pk), org)]
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
    OrgVersion.objects.bulk_create((_version(org, day) for org in changed), batch_size=BATCH)


def end(orgs: QuerySet[Org], *, day: date) -> None:
    """Close the last version of closed bodies; the day itself still counts."""
    OrgVersion.objects.filter(org__in=orgs, until=None).update(until=day)


def _version(org: Org, since: date | None) -> OrgVersion:
    return OrgVersion(org_id=org.pk, since=since, **{name: getattr(org, name) for name in KEPT})


def _differs(version: OrgVersion | None, org: Org) -> bool:
    return version is None or any(getattr(version, name) != getattr(org, name) for name in KEPT)


def unturn(orgs: QuerySet[Org]) -> None:
    """Where a change was taken back and the version before says the same, let it run on."""
    running = {v.org_id: v for v in OrgVersion.objects.filter(org__in=orgs, until=None).order_by()}
    earlier: dict[int, OrgVersion] = {}
    for version in OrgVersion.objects.filter(org__in=orgs).exclude(until=None).order_by("until"):
        earlier[version.org_id] = version
    idle, anew = [], []
    for org in orgs.order_by():
        last, before = running.get(org.pk), earlier.get(org.pk)
        if last is None or before is None or _differs(before, org):
            continue
        if last.since is not None and before.until == last.since - timedelta(days=1):
            idle.append(last.pk)
            anew.append(before.pk)
    OrgVersion.objects.filter(pk__in=idle).delete()
    OrgVersion.objects.filter(pk__in=anew).update(until=None)
