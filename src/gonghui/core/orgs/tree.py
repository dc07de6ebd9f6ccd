"""Keeps ``Org.path`` true; the only writer of ``parent`` and ``path``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from gonghui.kit.errors import DomainError
from gonghui.kit.text import initials, pinyin

from .models import BELOW, STEP, Kind, Org, subtree

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BATCH = 1000  # rows a statement when many bodies are planted at once


def step(pk: int) -> str:
    """A body's own step in a path: its number in base 36, five characters wide."""
    text = ""
    while pk:
        pk, rest = divmod(pk, 36)
        text = DIGITS[rest] + text
    if len(text) > STEP:
        raise OverflowError(f"no path step for body number {pk}")
    return text.rjust(STEP, "0")


def check_place(org: Org, parent: Org | None) -> None:
    """Refuse a kind where it may not stand, and a body below itself."""
    if parent is None:
        return
    if org.kind not in BELOW[parent.kind]:
        above = Kind(parent.kind).label
        raise DomainError(f"「{Kind(org.kind).label}」不能设在「{above}」之下，请选别的上级。")
    if org.pk and parent.is_within(org):
        raise DomainError("一个组织不能移到自己或自己的下级之下。")


@transaction.atomic
def plant(org: Org) -> Org:
    """Save a new body and give it its path."""
    check_place(org, org.parent)
    org.pinyin, org.initials = pinyin(org.name), initials(org.name)
    org.path = f"new-{id(org)}"
    org.save(force_insert=True)
    org.path = f"{org.parent.path if org.parent else ''}{step(org.pk)}"
    org.save(update_fields=["path"])
    return org


@transaction.atomic
def plant_many(orgs: Sequence[Org]) -> Sequence[Org]:
    """Save many new bodies at once; the parents of all of them must stand already."""
    for org in orgs:
        check_place(org, org.parent)
        org.pinyin, org.initials = pinyin(org.name), initials(org.name)
        org.path = f"new-{id(org)}"
    Org.objects.bulk_create(orgs, batch_size=BATCH)
    for org in orgs:
        org.path = f"{org.parent.path if org.parent else ''}{step(org.pk)}"
    Org.objects.bulk_update(orgs, ["path"], batch_size=BATCH)
    return orgs


@transaction.atomic
def replant(org: Org, parent: Org | None) -> None:
    """Move a body with all below it, by one update of their paths."""
    # One mover at a time: two crossing moves could otherwise close a circle.
    roots = Org.objects.select_for_update().filter(parent=None).order_by("pk")
    list(roots.values_list("pk", flat=True))
    org.refresh_from_db()
    if parent:
        parent.refresh_from_db()
    check_place(org, parent)
    old, new = org.path, f"{parent.path if parent else ''}{step(org.pk)}"
    org.parent, org.path = parent, new
    Org.objects.filter(pk=org.pk).update(parent=parent)
    Org.objects.filter(subtree(old)).update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )


def wrong_paths() -> list[tuple[Org, str]]:
    """Bodies whose path is not what their parents say, with the path they should have."""
    wanted: dict[int, str] = {}
    wrong = []
    for org in _parents_first(Org.objects.all()):
        wanted[org.pk] = wanted.get(org.parent_id or 0, "") + step(org.pk)
        if org.path != wanted[org.pk]:
            wrong.append((org, wanted[org.pk]))
    return wrong


def _parents_first(orgs: models.QuerySet[Org]) -> Iterable[Org]:
    children: dict[int | None, list[Org]] = {}
    for org in orgs.order_by("pk"):
        children.setdefault(org.parent_id, []).append(org)
    queue = list(children.get(None, []))
    while queue:
        org = queue.pop()
        yield org
        queue.extend(children.get(org.pk, []))


def fit_beneath(parent: Org) -> list[tuple[str, str]]:
    """The kinds that may stand directly below a body, as choices for a form."""
    return [(kind.value, kind.label) for kind in Kind if kind in BELOW[parent.kind]]
