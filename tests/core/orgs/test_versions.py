"""A body's name and place on any day."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from gonghui.apps.organisation.actions.bodies import change_org, move_org
from gonghui.apps.organisation.actions.closing import close_org
from gonghui.apps.organisation.actions.merging import merge_org
from gonghui.core.orgs.models import Kind, OrgVersion
from tests.factories.organisation import OrgFactory

pytestmark = pytest.mark.django_db


def names_on(cast, day: date) -> set[str]:
    below = OrgVersion.objects.on(day).below(cast.city.path)
    return set(below.values_list("name", flat=True))


def test_new_body_has_one_version_from_its_first_day(cast):
    version = cast.branch.versions.get()

    assert (version.name, version.path, version.until) == (cast.branch.name, cast.branch.path, None)


def test_rename_keeps_the_old_name_for_the_days_before(cast):
    today, old = timezone.localdate(), cast.company.name

    change_org(cast.company, name="安澜新厂工会", kind=cast.company.kind, by=cast.actor("erin"))

    assert old in names_on(cast, today - timedelta(days=1))
    assert old not in names_on(cast, today)
    assert "安澜新厂工会" in names_on(cast, today)


def test_two_renames_on_one_day_leave_one_version(cast):
    erin = cast.actor("erin")
    before = cast.company.versions.count()

    change_org(cast.company, name="甲工会", kind=cast.company.kind, by=erin)
    change_org(cast.company, name="乙工会", kind=cast.company.kind, by=erin)

    assert cast.company.versions.count() == before + 1
    assert cast.company.versions.get(until=None).name == "乙工会"


def test_move_takes_the_subtree_along_from_today(cast):
    today, yesterday = timezone.localdate(), timezone.localdate() - timedelta(days=1)

    move_org(cast.company, cast.other_city, by=cast.actor("erin"))

    assert cast.branch.name in names_on(cast, yesterday)
    assert cast.branch.name not in names_on(cast, today)
    there = OrgVersion.objects.on(today).below(cast.other_city.path)
    assert cast.branch.pk in there.values_list("org_id", flat=True)


def test_merged_body_ends_on_its_last_day(cast):
    today = timezone.localdate()

    merge_org(cast.second_branch, cast.branch, by=cast.actor("erin"))

    assert not OrgVersion.objects.filter(org=cast.second_branch, until=None).exists()
    assert not OrgVersion.objects.on(today + timedelta(days=1)).filter(org=cast.second_branch)


def test_closed_body_is_still_listed_on_a_day_before(cast):
    today = timezone.localdate()

    close_org(cast.second_branch, by=cast.actor("erin"))

    assert cast.second_branch.name in names_on(cast, today - timedelta(days=1))
    assert cast.second_branch.name not in names_on(cast, today + timedelta(days=1))


def test_closed_body_does_not_come_back_when_what_stands_above_it_moves(cast):
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    erin = cast.actor("erin")
    close_org(cast.second_branch, by=erin)

    move_org(cast.company, cast.other_city, by=erin)

    assert cast.second_branch.versions.get().until == today
    assert not OrgVersion.objects.on(tomorrow).filter(org=cast.second_branch).exists()
    assert OrgVersion.objects.on(tomorrow).filter(org=cast.branch).exists()


def test_migration_ends_what_had_come_back(cast):
    migration = import_module("gonghui.core.orgs.migrations.0007_closed_bodies_end")
    today, erin = timezone.localdate(), cast.actor("erin")
    group = OrgFactory(parent=cast.company, kind=Kind.LEADING_GROUP)
    for body in (cast.second_branch, group):
        close_org(body, by=erin)
    kept = cast.second_branch.versions.get()
    OrgVersion.objects.create(org=cast.second_branch, name="二分会", kind=kept.kind, since=today)
    group.versions.update(until=None)

    migration.end_versions(apps, None)

    assert cast.second_branch.versions.get() == kept
    assert group.versions.get().until == today
    assert cast.company.versions.get().until is None
