"""Calendar addresses people had subscribed to go on working after the move to core/feeds."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from gonghui.core.feeds.models import Feed
from tests.factories.organisation import PersonFactory
from tests.factories.plans import PlanFactory

BEFORE = [("plans", "0002_item_due"), ("feeds", "0001_first")]


@pytest.fixture
def old(transactional_db):
    """The tables as they were before the move; the old one stands again for a while."""
    apps = MigrationLoader(connection).project_state(BEFORE).apps
    model = apps.get_model("plans", "Feed")
    with connection.schema_editor() as editor:
        editor.create_model(model)
    yield apps
    with connection.schema_editor() as editor:
        editor.delete_model(model)


def test_every_address_is_taken_along_and_back_unchanged(old):
    moving = import_module("gonghui.apps.plans.migrations.0003_feeds_to_core")
    person, plan = PersonFactory(), PlanFactory()
    addresses = old.get_model("plans", "Feed").objects
    addresses.create(person_id=person.pk, plan_id=plan.pk, token="one-plan")
    addresses.create(person_id=person.pk, token="own-tasks")
    Feed.objects.create(person=person, source="body", about=1, token="of-another-kind")

    moving.take_along(old, None)
    moved = set(Feed.objects.values_list("token", "person", "source", "about"))
    addresses.all().delete()
    moving.take_back(old, None)

    assert moved == {
        ("one-plan", person.pk, "plan", plan.pk),
        ("own-tasks", person.pk, "tasks", None),
        ("of-another-kind", person.pk, "body", 1),
    }
    assert set(addresses.values_list("token", "plan_id")) == {
        ("one-plan", plan.pk), ("own-tasks", None),
    }  # fmt: skip
    assert list(Feed.objects.values_list("token", flat=True)) == ["of-another-kind"]
