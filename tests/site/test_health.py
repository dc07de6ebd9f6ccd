"""The health page names the part that is wrong and tells nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from gonghui.core.notices.models import Tick
from gonghui.site import health


@pytest.fixture
def ticked(db):
    health._seen_migrated.clear()
    return Tick.objects.create(name="tick", last_ran_at=timezone.now())


def test_everything_works_and_anybody_may_ask(client, ticked):
    response = client.get(reverse("health"))

    assert response.status_code == 200
    assert response.json()["parts"] == dict.fromkeys(
        ("database", "migrations", "tick", "disk"), "ok"
    )
    assert response.json()["tick_age"] in range(30)  # seconds a busy machine may take
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize(("ago", "said"), [(None, "never ran"), (timedelta(hours=1), "late")])
def test_scheduled_job_that_rests_is_told(client, ticked, ago, said):
    Tick.objects.update(last_ran_at=ago and timezone.now() - ago)

    response = client.get(reverse("health"))

    assert (response.status_code, response.json()["parts"]["tick"]) == (503, said)


def test_missing_migration_is_told(client, ticked):
    MigrationRecorder(connection).record_unapplied("search", "0002_search_index")

    response = client.get(reverse("health"))

    assert (response.status_code, response.json()["parts"]["migrations"]) == (503, "missing")


def test_disk_that_cannot_be_written_is_told(client, ticked, settings, tmp_path):
    settings.MEDIA_ROOT = "/proc/1/nowhere"

    response = client.get(reverse("health"))

    assert (response.status_code, response.json()["parts"]["disk"]) == (503, "unreachable")


def test_broken_database_is_told_without_its_address(client, ticked):
    def refuse(*args):
        raise DatabaseError("connection to 10.0.0.7 refused for user gonghui")

    with connection.execute_wrapper(refuse):
        response = client.get(reverse("health"))

    assert response.status_code == 503
    assert response.json() == {
        "status": "failing",
        "parts": {
            "database": "unreachable",
            "migrations": "unreachable",
            "tick": "never ran",
            "disk": "ok",
        },
        "tick_age": None,
    }
