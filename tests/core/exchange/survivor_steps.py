"""What ``survivor.py`` does, once Django is set up."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Role
from gonghui.core.access.roles import ship_roles
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.models import Batch
from gonghui.core.history.models import Entry
from gonghui.core.jobs.models import Job
from gonghui.core.jobs.running import run
from gonghui.core.people.models import LedgerEntry, Membership, Person
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory


def main(verb: str, said: str) -> None:
    sys.stdout.write(json.dumps(VERBS[verb](said)))


def prepare(file: str) -> list[int]:
    call_command("migrate", verbosity=0)
    ship_roles()
    org = OrgFactory(name="安澜机械公司工会")
    officer = PersonFactory(org=org, name="方兰")
    GrantFactory(person=officer, org=org, role=Role.objects.get(name="工会主席"))
    with Path(file).open("rb") as data:
        batch = actions.hand_in(kinds["roster"], org, data, name="a.csv", by=Actor(officer))
    return [batch.pk, batch.job_id]


def begin(pk: str) -> list[int]:
    batch = Batch.objects.get(pk=pk)
    batch = actions.commit(batch, "fill", by=Actor(batch.by))
    return [batch.pk, batch.job_id]


def work(pk: str) -> str:
    """As the tick has it: whoever was silent for a minute is taken for dead."""
    Job.objects.filter(pk=pk).update(heartbeat_at=timezone.now() - timedelta(minutes=2))
    run(int(pk))
    return Job.objects.get(pk=pk).stage


def counts(pk: str) -> dict:
    batch = Batch.objects.get(pk=pk)
    return {
        "stage": batch.stage,
        "counts": batch.counts,
        "outcome": batch.outcome,
        "people": Person.objects.exclude(name="方兰").count(),
        "spans": Membership.objects.exclude(person__name="方兰").count(),
        "ledger": LedgerEntry.objects.exclude(person__name="方兰").count(),
        "entries": Entry.objects.filter(verb="import_row").count(),
        "rows": sum(len(said) for said in batch.chunks.values_list("verdicts", flat=True)),
        "tries": batch.job.tries,
    }


VERBS = {"prepare": prepare, "begin": begin, "run": work, "counts": counts}
