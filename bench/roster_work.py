"""The steps of a roster's import as the product takes them, and the least they could cost."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import tablib
from django.core.management import call_command
from django.db import connection, transaction
from import_export import resources
from python_calamine import CalamineWorkbook

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant, Role
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.models import Batch, Stage
from gonghui.core.history.models import Entry
from gonghui.core.jobs.running import run
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.orgs.tree import plant
from gonghui.core.people.ledger import open_books
from gonghui.core.people.models import Identity, LedgerEntry, Membership, Particulars, Person
from gonghui.core.search.models import SearchCard

UNION = "测速导入的公司工会"
TABLES = (Person, Particulars, Identity, LedgerEntry, Membership, Entry, SearchCard)


class Conversation:
    """One officer with one file."""

    def __init__(self, file: Path) -> None:
        call_command("migrate", verbosity=0)
        self.file = file
        self.by = _officer()
        self.first = {model: _last(model) for model in TABLES}
        self.batch = Batch()
        self.written: dict[Any, tuple[list[str], list[Any]]] = {}

    def preview(self) -> None:
        self.batch = self._read()
        doubtful = self.batch.counts["doubtful"]
        if doubtful:
            actions.decide_all(self.batch, "other", by=self.by)

    def _read(self) -> Batch:
        with self.file.open("rb") as data:
            org = self.by.person.org if self.by.person else Org()
            batch = actions.hand_in(kinds["roster"], org, data, name=self.file.name, by=self.by)
        return self._done(batch, Stage.PREVIEWED)

    def _done(self, batch: Batch, stage: str) -> Batch:
        run(batch.job_id)
        batch.refresh_from_db()
        if batch.stage != stage:
            raise SystemExit(f"{batch}: {batch.stage}, {batch.told}, {batch.job.result}")
        return batch

    def only_read(self) -> None:
        """The library alone, every cell made a value of Python."""
        CalamineWorkbook.from_path(str(self.file)).get_sheet_by_index(0).to_python()

    def commit(self) -> None:
        self.batch = self._done(actions.commit(self.batch, "fill", by=self.by), Stage.COMMITTED)

    def preview_again(self) -> None:
        again = self._read()
        if again.counts["same"] != self.batch.outcome["c"]:
            raise SystemExit(f"{again.counts} after {self.batch.outcome}")

    def remember(self) -> None:
        """Keep the rows that were written, to write them once more by hand."""
        for model, last in self.first.items():
            self.written[model] = _rows(model, last)

    def undo(self) -> None:
        self.batch = self._done(actions.undo(self.batch, by=self.by), Stage.UNDONE)

    def rows(self) -> int:
        """How many rows of all tables stand for the people."""
        return sum(model.objects.filter(pk__gt=last).count() for model, last in self.first.items())

    def only_write(self) -> float:
        """The same rows by one hand-written statement a table, and nothing else."""
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            Entry.objects.filter(pk__gt=self.first[Entry]).delete()
            for model, (columns, rows) in self.written.items():
                _insert(cursor, model._meta.db_table, columns, rows)
            took = time.perf_counter() - begun
            transaction.set_rollback(True)
        return took


def _rows(model: Any, last: int) -> tuple[list[str], list[Any]]:
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"SELECT * FROM {table} WHERE id > %s", [last])
        columns = [column[0] for column in cursor.description]
        return columns, cursor.fetchall()


def _insert(cursor: Any, table: str, columns: list[str], rows: list[Any]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([_json(value) for value in row])
        return
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _json(value: Any) -> Any:
    return str(value) if isinstance(value, dict) else value


def _last(model: Any) -> int:
    found: int = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return found


def _officer() -> Actor:
    org = Org.objects.filter(name=UNION).first()
    if org is None:
        with transaction.atomic():
            org = plant(Org(name=UNION, kind=Kind.GRASSROOTS))
            person = Person.objects.create(name="测速员", org=org, pinyin="cesuyuan")
            open_books([person])
            role = Role.objects.get(name="工会主席")
            Grant.objects.create(person=person, role=role, org=org, since="2020-01-01")
    return Actor(Person.objects.select_related("org").get(name="测速员"))


class People(resources.ModelResource):
    """The plain library with its default settings, on as many columns as one table takes."""

    class Meta:
        model = Person
        fields = ("id", "name", "org", "sex", "birth_date", "department", "position", "joined_on")


def plain(file: Path) -> None:
    """Preview and import as its documentation has it: a dry run, then the run; all undone."""
    sheet = tablib.Dataset().load(file.read_bytes(), format="xlsx")
    org = Org.objects.get(name=UNION).pk
    data = tablib.Dataset(headers=["id", *People.Meta.fields[1:]])
    for row in sheet:
        data.append(["", row[1], org, "", row[4], row[10], row[11], row[12]])
    with transaction.atomic():
        for dry in (True, False):
            result = People().import_data(data, dry_run=dry, raise_errors=True)
            assert result.totals["new"] == len(data)
        transaction.set_rollback(True)
