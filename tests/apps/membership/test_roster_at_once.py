"""Two rosters of the same people at the same moment: everybody is written once."""

from __future__ import annotations

import io
import threading

import pytest
from django.db import connection, connections

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Role
from gonghui.core.access.roles import ship_roles
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.models import Batch
from gonghui.core.people.models import Person
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory

from .rosters import line, roster

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="in memory, SQLite has one connection for all"
    ),
]
PEOPLE = 30


def test_two_officers_writing_the_same_people_double_nobody():
    ship_roles()
    org = OrgFactory()
    officer = PersonFactory(org=org)
    GrantFactory(person=officer, role=Role.objects.get(name="工会主席"), org=org)
    data = roster(*[line(f"安{at}", 2 * at + 1) for at in range(PEOPLE)])
    batches = [
        actions.hand_in(kinds["roster"], org, io.BytesIO(data), name="a.xlsx", by=Actor(officer))
        for _ in range(2)
    ]
    ready = threading.Barrier(2)

    def write(batch: Batch) -> None:
        ready.wait()
        try:
            actions.commit(batch, "fill", by=Actor(officer))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=write, args=(batch,)) for batch in batches]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    outcomes = [Batch.objects.get(pk=batch.pk).outcome for batch in batches]
    assert Person.objects.filter(name__startswith="安").count() == PEOPLE
    assert sorted(outcomes, key=str) == [{"c": PEOPLE}, {"k": PEOPLE}]
