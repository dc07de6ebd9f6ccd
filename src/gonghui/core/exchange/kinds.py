"""The kinds of lists that can be handed in, and what the app that knows one does for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.db.models import Model
from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.sheets.columns import Column
from gonghui.kit.registry import Registry

from .models import Batch, Verdict

Values = dict[str, Any]  # field → what JSON can hold; a day is its ISO spelling


@dataclass(slots=True)
class Row:
    """A row of the list as it was understood, and what is wrong with it by itself."""

    line: int
    values: Values
    problems: list[str]
    remarks: list[str]
    # What other rows of the list do to it: asked about, stopped, people they mean for certain.
    doubts: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    claimed: list[list[int]] = field(default_factory=list)  # [record, line of the other row]
    decision: str = ""  # "same", "other" or "skip", where a person was asked

    def plain(self) -> list[Any]:
        own = [self.line, self.values, self.problems, self.remarks]
        return [*own, self.doubts, self.stops, self.claimed]


@dataclass(slots=True)
class Finding:
    """What a row means for what is on record; ``changes`` is field → [before, after]."""

    verdict: str
    reasons: list[str] = field(default_factory=list)
    target: int | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    candidates: list[int] = field(default_factory=list)

    def plain(self) -> list[Any]:
        return [self.verdict, self.reasons, self.target, self.changes, self.candidates]


class Mark(NamedTuple):
    """What no second row of the list may carry too; a soft one is only asked about."""

    label: str
    key: str
    soft: bool = False


@dataclass(slots=True)
class Order:
    """A row to be written: a new record, or these changes of the one that is there."""

    row: Row
    target: int | None
    changes: dict[str, list[Any]]


class Clerk(Protocol):
    """Does the work of one kind for one batch, by whole chunks; made anew for every job."""

    def prepare(self, row: Row) -> None:
        """Check a row by itself, and add what follows from what it says."""

    def marks(self, values: Values) -> Sequence[Mark]:
        """What makes the row one of its kind within the list."""

    def judge(self, rows: Sequence[Row]) -> list[Finding]:
        """Hold rows against what is on record now; writes nothing."""

    def write(self, orders: Sequence[Order]) -> list[Any]:
        """Write them, each with its entry; what is returned is what taking back will need."""

    def take_back(self, written: Sequence[Any]) -> list[str]:
        """Undo what ``write`` returned; "" where that was done, else why it was left."""


@dataclass(frozen=True)
class Kind:
    """A kind of list: its columns, how its records are recognised, and who may hand it in."""

    code: str
    label: str  # 职工花名册
    noun: str  # 人
    model: type[Model]
    columns: tuple[Column, ...]
    keys: Mapping[str, str]  # match key → how a person would say it
    capability: str
    clerk: Callable[[Batch, Actor], Clerk]
    back: str  # the name of the page one comes from
    describe: Callable[[Iterable[int]], dict[int, str]]  # records in a few words each
    touches: tuple[str, ...] = ()  # models whose checks are to run again afterwards
    notes: tuple[str, ...] = ()
    address: Callable[[int], str] | None = None  # of a record's page
    # The record a list is for, such as an activity: found by its number where one may; None: no.
    about: Callable[[Actor, int], Model | None] | None = None
    org_words: tuple[str, str] = ("导入到", "表里没有写所在组织的人，都登记在这里。")
    same: str = "同一人"  # what two rows of one record are, as a person is asked
    changes: bool = True  # whether a row may change what is there already

    @property
    def records(self) -> str:
        """What the list it is written to is called."""
        return str(self.model._meta.verbose_name_plural)

    def page_of(self, about: Model | None) -> tuple[str, str]:
        """The page one comes from: the record the list is for, or all records; name, address."""
        if about is not None:
            return str(about), reverse(self.back, args=[about.pk])
        return self.records, "" if self.about else reverse(self.back)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.field == name)


kinds: Registry[Kind] = Registry("kinds of lists")


def in_words(kind: str, changes: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Changes as the history tells them: choices by their label, a yes or no in a word."""
    columns = {column.field: column for column in kinds[kind].columns}
    return {
        name: [columns[name].shown(before), columns[name].shown(after)]
        for name, (before, after) in changes.items()
    }


def register(kind: Kind) -> Kind:
    return kinds.add(kind.code, kind)


SETTLED = {Verdict.NEW.value, Verdict.CHANGED.value}
