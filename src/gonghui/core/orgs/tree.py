"""Keeps ``Org.path`` true; the only writer of ``parent`` and ``path``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import models, transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Length, Substr

from gonghui.kit.errors import DomainError
from gonghui.kit.text import initials, pinyin

from . import versions
from .models import BELOW, STEP, UPPER, Kind, Org, subtree

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BATCH = 1000  # rows a statement when many bodies are planted at once
DEEPEST = 200 // STEP  # levels a path has room for


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
    if org.pk and parent.is_within(org):
        raise DomainError("一个组织不能移到自己或自己的下级之下。")
    if org.kind not in BELOW[parent.kind]:
        above = Kind(parent.kind).label
        raise DomainError(f"「{Kind(org.kind).label}」不能设在「{above}」之下，请选别的上级。")
    if parent.until is not None:
        raise DomainError(f"「{parent}」已经撤销，不能再设下级。")
    _check_depth(org, parent)


def _check_depth(org: Org, parent: Org) -> None:
    deepest = len(org.path) if org.pk else STEP
    if org.pk:
        lengths = Org.objects.below(org).annotate(length=Length("path")).order_by()
        deepest = lengths.aggregate(most=Max("length"))["most"] - len(org.path) + STEP
    if len(parent.path) + deepest > DEEPEST * STEP:
        raise DomainError(f"组织最多 {DEEPEST} 级，这里已经太深。")


def check_second_parent(org: Org, second: Org | None) -> None:
    """Refuse a second leadership that leads back to the body itself."""
    if second is None:
        return
    if second.pk == org.parent_id:
        raise DomainError("第二上级不能与上级相同。")
    if second.is_within(org):
        raise DomainError("第二上级不能是自己或自己的下级。")
    if second.kind not in UPPER or second.until is not None:
        raise DomainError(f"「{second}」不能作第二上级，请选一个上级工会。")


def _check_leaders(org: Org, parent: Org) -> None:
    """Refuse a move that would put a body below what it leads a second time from within."""
    led = Org.objects.filter(path__in=parent.ancestor_paths())
    circle = led.filter(subtree(org.path, field="second_parent")).first()
    if circle:
        raise DomainError(f"「{circle}」的第二上级在「{org}」之内，请先更换它的第二上级。")


def take_turns() -> None:
    """Let one change of the tree at a time pass; the caller's transaction holds the turn."""
    # Two crossing moves could otherwise close a circle, and a body planted during a move
    # would keep its parent's old path.
    roots = Org.objects.select_for_update().filter(parent=None).order_by("pk")
    list(roots.values_list("pk", flat=True))


@transaction.atomic
def plant(org: Org) -> Org:
    """Save a new body and give it its path."""
    take_turns()
    if org.parent:
        org.parent.refresh_from_db(fields=["path", "kind", "until"])
    check_place(org, org.parent)
    org.pinyin, org.initials = pinyin(org.name), initials(org.name)
    org.path = f"new-{id(org)}"
    org.save(force_insert=True)
    org.path = f"{org.parent.path if org.parent else ''}{step(org.pk)}"
    org.save(update_fields=["path"])
    versions.begin([org])
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
    versions.begin(list(orgs))
    return orgs


@transaction.atomic
def replant(org: Org, parent: Org | None, *, absorbed: bool = False) -> None:
    """Move a body with all below it, by one update of their paths.

    A second parent that becomes the first is taken away. An ``absorbed`` body follows the one that
    took it in, whatever its kind, so that its records stay within reach.
    """
    take_turns()
    org.refresh_from_db()
    if parent:
        parent.refresh_from_db()
        _check_leaders(org, parent)
    if absorbed and parent and parent.is_within(org):
        raise DomainError("一个组织不能并入自己或自己的下级。")
    if not absorbed:
        check_place(org, parent)
    old, new = org.path, f"{parent.path if parent else ''}{step(org.pk)}"
    if parent and org.second_parent_id == parent.pk:
        org.second_parent = None
    org.parent, org.path = parent, new
    Org.objects.filter(pk=org.pk).update(parent=parent, second_parent=org.second_parent)
    Org.objects.filter(subtree(old)).update(
        path=Concat(Value(new), Substr(F("path"), len(old) + 1))
    )
    versions.turn(Org.objects.filter(subtree(new)))


def wrong_paths() -> list[tuple[Org, str]]:
    """Bodies whose path is not what their parents say, with the path they should have.

    A body no root leads to stands in a circle of parents; it has no path and gets an empty one.
    """
    wanted: dict[int, str] = {}
    wrong = []
    for org in _parents_first(Org.objects.all()):
        wanted[org.pk] = wanted.get(org.parent_id or 0, "") + step(org.pk)
        if org.path != wanted[org.pk]:
            wrong.append((org, wanted[org.pk]))
    wrong += [(org, "") for org in Org.objects.order_by("pk") if org.pk not in wanted]
    return wrong


@transaction.atomic
def mend_paths() -> int:
    """Write the paths the parents say and return how many; a circle needs a person to decide."""
    take_turns()
    wrong = [(org, path) for org, path in wrong_paths() if path]
    for number, (org, _) in enumerate(wrong):
        # Out of the way first: a wrong path may be another body's right one.
        Org.objects.filter(pk=org.pk).update(path=f"mend-{number}")
    for org, path in wrong:
        Org.objects.filter(pk=org.pk).update(path=path)
    versions.turn(Org.objects.filter(pk__in=[org.pk for org, _ in wrong]))
    return len(wrong)


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
