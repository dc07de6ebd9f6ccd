"""What is asked of the ledger and the list of people, each as the product does it and barely."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

import xlsxwriter
from django.db import connection, transaction
from django.utils import timezone

from gonghui.apps.membership.queries.counts import counts_on
from gonghui.core.access.actor import Actor
from gonghui.core.jobs.models import Job, Stage
from gonghui.core.jobs.running import run, start
from gonghui.core.orgs.models import Org
from gonghui.core.people import ledger
from gonghui.core.people.models import Act, Person
from gonghui.kit.loading import moment

from .data import actor
from .pages import CITY

Work = Callable[[], object]
MOVED = 1000  # people who change their union in one go
COUNTED = """
SELECT m.org_id, m.standing, m.employment, COUNT(*) FROM people_membership m
JOIN orgs_orgversion v ON v.org_id = m.org_id
 AND (v.since IS NULL OR v.since <= %s) AND (v.until IS NULL OR v.until >= %s)
WHERE m.since <= %s AND (m.until IS NULL OR m.until >= %s) AND v.path >= %s AND v.path < %s
GROUP BY m.org_id, m.standing, m.employment
"""
LISTED = """
SELECT p.name, o.name, p.employment, p.joined_on, p.department, p.position
FROM people_person p JOIN orgs_org o ON o.id = p.org_id
WHERE p.left_on IS NULL AND p.merged_into_id IS NULL ORDER BY p.org_id, p.pinyin, p.id
"""


class Ledger:
    """One officer of the whole tree, with everything there is below."""

    def __init__(self) -> None:
        self.by: Actor = actor(CITY)
        self.top = Org.objects.get(parent=None)
        self.today = timezone.localdate()

    def works(self) -> dict[str, tuple[Work, Work]]:
        """What is measured, by its name: the product's way and the bare one."""
        year_ago = date(self.today.year - 1, self.today.month, 1)
        return {
            "headcount of today": (self.counted(self.today), self.bare_count(self.today)),
            "headcount of a year ago": (self.counted(year_ago), self.bare_count(year_ago)),
            f"transfer of {MOVED:,}": (self.transferred, self.bare_transfer),
            "export of all people": (self.exported, self.bare_export),
        }

    def counted(self, day: date) -> Work:
        return lambda: counts_on(self.top, day)

    def bare_count(self, day: date) -> Work:
        """The same figures by one statement; rolling them up is the caller's."""
        path = self.top.path
        asked = [day, day, day, day, path, f"{path}~"]

        def count() -> None:
            if not _fetched(COUNTED, asked):
                raise SystemExit("The bare statement counted nobody.")

        return count

    @cached_property
    def movers(self) -> tuple[list[Person], int]:
        """Who is to move, and where to; chosen before anything is timed."""
        target = Org.objects.filter(kind="grassroots", until=None).order_by("-pk")[0]
        here = {"memberships__until": None, "memberships__standing": "member"}
        people = Person.objects.active().filter(**here).exclude(org__within=[target.path])
        return list(people.order_by("pk")[:MOVED]), target.pk

    def transferred(self) -> None:
        """By the ledger, each story replayed, and rolled back again."""
        people, target = self.movers
        with transaction.atomic():
            said = ledger.Said(Act.TRANSFER, self.today, target)
            ledger.enter_many([(one, (said,)) for one in people], made_by=self.by.person)
            transaction.set_rollback(True)

    def bare_transfer(self) -> None:
        """Who is a member now, locked; then the rows: spans ended and begun, entry, union."""
        people, target = self.movers
        at, by = moment(timezone.now()), self.by.person.pk if self.by.person else None
        wanted = [one.pk for one in people]
        locked = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        asked = _MEMBERS.format(", ".join(["%s"] * len(wanted))) + locked
        with transaction.atomic(), connection.cursor() as cursor:
            keys = [row[0] for row in _fetched(asked, wanted)]
            days = [(self.today, key) for key in keys]
            cursor.executemany(_ENDED, days)
            cursor.executemany(_BEGUN, [(key, target, self.today) for key in keys])
            entries = [(key, self.today, Act.TRANSFER, target, at, by) for key in keys]
            cursor.executemany(_ENTERED, entries)
            cursor.executemany(_SETTLED, [(target, key) for key in keys])
            transaction.set_rollback(True)

    def exported(self) -> None:
        """The list on the screen, by the worker's own job."""
        job: Job = start(
            "lists.export",
            by=self.by,
            org=self.top,
            title="导出人员",
            screens="gonghui.apps.membership.screens.people.PersonScreens",
            query=f"org={self.top.pk}&scope=below",
            format="xlsx",
            name="人员",
            purpose="测速用的导出",
        )
        run(job.pk)
        job.refresh_from_db()
        if job.stage != Stage.DONE:
            raise SystemExit(f"The export ended with {job.stage}: {job.result}")

    def bare_export(self) -> None:
        """One statement and the library, six columns, without a look."""
        book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
        sheet = book.add_worksheet()
        for at, row in enumerate(_fetched(LISTED, [])):
            sheet.write_row(at, 0, [str(cell) if cell else "" for cell in row])
        book.close()


_MEMBERS = """SELECT person_id FROM people_membership
WHERE until IS NULL AND standing = 'member' AND person_id IN ({})"""
_ENDED = "UPDATE people_membership SET until = %s WHERE person_id = %s AND until IS NULL"
_BEGUN = """INSERT INTO people_membership (person_id, org_id, standing, employment, since)
VALUES (%s, %s, 'member', '', %s)"""
_ENTERED = """INSERT INTO people_ledgerentry
(person_id, day, act, org_id, standing, employment, reason, source, made_at, made_by_id)
VALUES (%s, %s, %s, %s, 'member', '', '', '', %s, %s)"""
_SETTLED = "UPDATE people_person SET org_id = %s WHERE id = %s"


def _fetched(query: str, said: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, said)
        return cursor.fetchall()
