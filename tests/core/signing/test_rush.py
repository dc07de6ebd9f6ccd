"""What a rush costs: few questions a person, and their SQL is written for the first one only."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Session
from gonghui.core.attendance.models import Attendance
from gonghui.core.signing.models import Registration
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import AccountFactory, PersonFactory
from tests.factories.signing import RegistrationFactory

pytestmark = pytest.mark.django_db
DJANGOS_OWN = "sessions.Session"
STEPS = ("SELECT", "INSERT", "UPDATE", "WITH")


def by_database(*, sqlite: int, postgresql: int) -> int:
    """PostgreSQL takes the lock in a step of its own, and writes three rows in one."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


@pytest.fixture
def session(cast) -> Session:
    """An evening that begins soon, with a hundred places."""
    evening = ActivityFactory(org=cast.company, state="open", capacity=100)
    begins = timezone.now() + timedelta(minutes=30)
    return SessionFactory(activity=evening, starts_at=begins, ends_at=begins + timedelta(hours=2))


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """The models whose SQL Django writes from now on."""
    found: list[str] = []
    as_sql = SQLCompiler.as_sql

    def noted(self, *args, **kwargs):
        found.append(self.query.model._meta.label)
        return as_sql(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", noted)
    return found


def member(org) -> Client:
    """Somebody of a unit, logged in, who has looked at another page before."""
    client = Client()
    client.force_login(AccountFactory(person=PersonFactory(org=org)))
    client.get(reverse("signing:portal-list"))
    return client


def asked(act, status: int) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert act().status_code == status
    return sum(one["sql"].split()[0] in STEPS for one in counted)


def visit(client: Client, address: str) -> dict[str, int]:
    """Open the page, press, look at what came of it."""
    return {
        "page": asked(lambda: client.get(address), 200),
        "press": asked(lambda: client.post(address), 302),
        "answer": asked(lambda: client.get(address), 200),
    }


def test_signing_up_asks_little_and_the_same_of_everybody(cast, session, written):
    address = reverse("signing:portal-activity", args=[session.activity_id])
    visit(member(cast.branch), address)
    other = member(cast.second_branch)
    written.clear()

    counts = visit(other, address)

    press = by_database(sqlite=6, postgresql=5)
    assert counts == {"page": 7, "press": press, "answer": 8}
    assert set(written) == {DJANGOS_OWN}
    assert Registration.objects.filter(status="signed").count() == 2


def test_checking_in_asks_little_and_the_same_of_everybody(cast, session, written):
    frank = cast.client("frank")
    frank.get(reverse("attendance:phone", args=[session.pk]))
    address = reverse("attendance:notes", args=[session.pk])

    def send() -> int:
        one = RegistrationFactory(activity=session.activity, person=PersonFactory(org=cast.branch))
        note = {"number": str(uuid4()), "act": "in", "way": "scanned", "registration": one.pk}
        now = timezone.now().isoformat()
        said = {"now": now, "notes": [note | {"at": now}]}
        written.clear()
        return asked(lambda: frank.post(address, json.dumps(said), "application/json"), 200)

    send()
    count = send()

    assert count == by_database(sqlite=7, postgresql=6)
    assert set(written) == {DJANGOS_OWN}
    assert Attendance.objects.filter(status="present").count() == 2
