"""After a change that matters, the checks it touches run again for the union concerned."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models, transaction

from gonghui.core.orgs.models import STEP, UNIT, UPPER, Org, subtree
from gonghui.core.regulations.models import Standard

from .checking import checks
from .daily import ask_again
from .refreshing import refresh

AT_ONCE = 200  # bodies below an own value that are looked at in the request; more wait for the tick
STANDARD = Standard._meta.label_lower
# What happens to one person after another, of which the checks hear when it is over: a part above
# puts in (model, verb).
quiet: set[tuple[str, str]] = set()


class Pending:
    """Which checks are to run for which bodies once the transaction is through."""

    def __init__(self) -> None:
        self.bodies: dict[str, set[int]] = {}
        self.__qualname__ = type(self).__qualname__  # Django asks for it where one fails

    def add(self, codes: list[str], bodies: set[int]) -> None:
        for code in codes:
            self.bodies.setdefault(code, set()).update(bodies)

    def __call__(self) -> None:
        together: dict[frozenset[int], list[str]] = {}
        for code, bodies in self.bodies.items():
            together.setdefault(frozenset(bodies), []).append(code)
        for concerned, codes in together.items():
            unions = unions_of(concerned)
            if unions:
                refresh(codes, only=unions)


def follow(subject: models.Model, verb: str) -> None:
    """Called inside the transaction of every history entry; the checks run after it."""
    label = subject._meta.label_lower
    if label == STANDARD:
        row: Any = subject
        transaction.on_commit(lambda: _follow_standard(row.key, row.org_id), robust=True)
        return
    codes = touched().get(label)
    if codes and (label, verb) not in quiet:
        _pending().add(codes, bodies_of(subject))


@cache
def touched() -> dict[str, list[str]]:
    """Model → the checks its history lets run again."""
    found: dict[str, list[str]] = {}
    for check in checks:
        for label in check.touched_by:
            found.setdefault(label, []).append(check.code)
    return found


def bodies_of(subject: Any) -> set[int]:
    """The bodies a record is about: itself, its own, its person's."""
    if isinstance(subject, Org):
        return {subject.pk, *([subject.parent_id] if subject.parent_id else [])}
    found = {getattr(subject, "org_id", None)}
    person = getattr(subject, "person", None)
    if person is not None:
        found.add(person.org_id)
    return {pk for pk in found if pk}


def unions_of(bodies: frozenset[int]) -> frozenset[int]:
    """The unions these bodies belong to: from each up to its unit, or to the upper union."""
    rows = Org.objects.filter(pk__in=bodies).values_list("path", flat=True).order_by()
    wanted = {path[:end] for path in rows for end in range(STEP, len(path) + 1, STEP)}
    above = {org.path: org for org in Org.objects.filter(path__in=wanted).order_by()}
    found: set[int] = set()
    for path in rows:
        found |= _up(path, above)
    return frozenset(found)


def _up(path: str, above: dict[str, Org]) -> set[int]:
    found = set()
    for end in range(len(path), 0, -STEP):
        org = above[path[:end]]
        if org.is_union:
            found.add(org.pk)
        if org.kind in UNIT | UPPER:
            break
    return found


def _pending() -> Pending:
    """The one that waits for this transaction.

    Whatever still waits lies in savepoints that were released or that we are inside of, so that
    it cannot be taken away without the change that is added to it now.
    """
    for _, job, *_ in connection.run_on_commit:
        if isinstance(job, Pending):
            return job
    pending = Pending()
    transaction.on_commit(pending, robust=True)
    return pending


def _follow_standard(key: str, org: int | None) -> None:
    codes = [check.code for check in checks if key in check.standards]
    body = Org.objects.filter(pk=org).first() if org else None
    if not codes:
        return
    if body and _is_small(body):
        refresh(codes, path=body.path)
    else:
        ask_again(codes)


def _is_small(body: Org) -> bool:
    """Whether what a value of this body's reaches is little, and lies below it alone."""
    if Org.objects.filter(subtree(body.path, field="second_parent")).exists():
        return False
    return Org.objects.filter(subtree(body.path))[: AT_ONCE + 1].count() <= AT_ONCE
