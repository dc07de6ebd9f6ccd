"""Merging two records of one person, and taking the merge back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.ledger import lines_of, mend
from gonghui.core.people.models import Account, LedgerEntry, Particulars, Person
from gonghui.core.people.replay import Contradiction, Line, walk
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from ..models import Merge, NotSame
from ..queries.pointing import GONE, LEDGER, OWN, Pointer, pointers
from .merging_sealed import join_sealed, part_sealed

VERBS |= {"merge_person": "合并重复记录", "merged": "并入另一条记录", "unmerge": "撤回合并"}


@transaction.atomic
def merge_people(
    kept: Person,
    gone: Person,
    *,
    by: Actor,
    choices: Mapping[str, str] | None = None,
    reason: str = "",
) -> Merge:
    """Make two records one: everything that points to ``gone`` points to ``kept``.

    ``choices`` names the facts taken from ``gone``; an empty fact takes the other's by itself. What
    cannot move because ``kept`` has its like stays with ``gone``, closed.
    """
    keeping, going = _locked(kept, gone)
    chosen = {name for name, side in (choices or {}).items() if side == GONE}
    before = snapshot(keeping)
    moved: dict[str, Any] = {LEDGER: _join_ledgers(keeping, going, swap=LEDGER in chosen)}
    taken = _take_facts(keeping, going, chosen)
    taken["sealed"], said = join_sealed(keeping, going, chosen)
    moved["rows"] = [found for one in pointers() if (found := _move(one, keeping, going))]
    moved["closed"] = _close_account(going)
    going.merged_into = keeping
    going.save(update_fields=["merged_into"])
    mend([keeping.pk, going.pk])
    keeping.refresh_from_db()
    made = Merge.objects.create(
        org=keeping.org,
        kept=keeping,
        gone=going,
        moved=moved,
        before=taken,
        reason=reason,
        made_by=by.person,
    )
    told = {"reason": reason} if reason else {}
    changes = changes_of(before, snapshot(keeping)) | said
    record(keeping, "merge_person", by=by, changes={"gone": str(going.pk), **changes, **told})
    record(going, "merged", by=by, changes={"kept": str(keeping.pk), **told})
    return made


def _locked(one: Person, other: Person) -> tuple[Person, Person]:
    if one.pk == other.pk:
        raise DomainError("这是同一条记录，不用合并。")
    rows = Person.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    found = {person.pk: person for person in rows}
    for person in found.values():
        if person.merged_into_id or person.anonymised_at:
            raise DomainError(f"{person}（编号 {person.pk}）已经并入别的记录或已注销，不能合并。")
    return found[one.pk], found[other.pk]


def combined(kept: Person, gone: Person) -> list[Line] | None:
    """Both ledgers as one story, where that is possible."""
    lines = [line for one in lines_of([kept.pk, gone.pk]).values() for line in one]
    try:
        walk(lines)
    except Contradiction:
        return None
    return lines


def _join_ledgers(kept: Person, gone: Person, *, swap: bool) -> dict[str, Any]:
    """One story where it is possible; else the chosen one, the other stays with ``gone``."""
    lines = lines_of([kept.pk, gone.pk])
    mine = [line.number for line in lines.get(kept.pk, [])]
    theirs = [line.number for line in lines.get(gone.pk, [])]
    if combined(kept, gone) is not None:
        _give(theirs, kept)
        return {"to_kept": theirs, "to_gone": []}
    if not swap:
        return {"to_kept": [], "to_gone": []}
    _give(theirs, kept)
    _give(mine, gone)
    return {"to_kept": theirs, "to_gone": mine}


def _give(numbers: list[int], person: Person) -> None:
    LedgerEntry.objects.filter(pk__in=numbers).update(person=person)


def _take_facts(kept: Person, gone: Person, chosen: set[str]) -> dict[str, Any]:
    """Fill the kept record; what it said before is returned, with what it says now."""
    told = {"person": _fill(kept, gone, OWN, chosen)}
    mine = Particulars.objects.filter(person=kept).first()
    theirs = Particulars.objects.filter(person=gone).first()
    if mine and theirs:  # a single one moves as a whole
        names = tuple(f.name for f in Particulars._meta.concrete_fields if f.editable)
        told["particulars"] = _fill(mine, theirs, names, chosen)
    return told


def _fill(
    mine: models.Model, theirs: models.Model, names: tuple[str, ...], chosen: set[str]
) -> dict[str, list[Any]]:
    changed = {}
    for name in names:
        old, new = getattr(mine, name), getattr(theirs, name)
        wanted = name in chosen or (name in ("pinyin", "initials") and "name" in chosen)
        if new not in (None, "") and old != new and (wanted or old in (None, "")):
            changed[name] = [old, new]
            setattr(mine, name, new)
    if changed:
        mine.save(update_fields=list(changed))
    return changed


def _move(pointer: Pointer, kept: Person, gone: Person) -> list[Any] | None:
    """Point the rows elsewhere, all at once or, where some cannot, one by one."""
    rows = pointer.rows(gone)
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    if not numbers:
        return None
    done = numbers if _point(rows, pointer, kept) else []
    if not done:
        one_by_one = ((pk, rows.filter(pk=pk)) for pk in numbers)
        done = [pk for pk, row in one_by_one if _point(row, pointer, kept)]
    return [pointer.label, pointer.field, done]


def _close_account(gone: Person) -> list[int]:
    """A way in that could not move, because the kept record has its own, is shut."""
    left = Account.objects.filter(person=gone, is_active=True)
    numbers = list(left.values_list("pk", flat=True))
    left.update(is_active=False)
    return numbers


def _point(rows: models.QuerySet[Any], pointer: Pointer, person: Person) -> bool:
    """A constraint that is checked now says whether the rows may go."""
    try:
        with transaction.atomic():
            value = person.pk if pointer.kind else person
            rows.update(**{pointer.field: value})
    except IntegrityError:
        return False
    return True


@transaction.atomic
def undo_merge(merge: Merge, *, by: Actor) -> Merge:
    """Take a merge back: every row that still points where the merge put it goes back."""
    undone = Merge.objects.select_for_update().get(pk=merge.pk)
    if undone.undone_at:
        raise DomainError("这次合并已经撤回。")
    kept, gone = _both(undone)
    if kept.anonymised_at:
        raise DomainError("资料已经注销，合并不能再撤回。")
    before = snapshot(kept)
    by_key = {(one.label, one.field): one for one in pointers()}
    part_sealed(kept, gone, undone.before.get("sealed", {}))
    for label, name, numbers in undone.moved["rows"]:
        pointer = by_key.get((label, name))
        if pointer:
            _point(pointer.rows(kept).filter(pk__in=numbers), pointer, gone)
    Account.objects.filter(pk__in=undone.moved["closed"], person=gone).update(is_active=True)
    _put_back(kept, undone.before.get("person", {}))
    particulars = Particulars.objects.filter(person=kept).first()
    if particulars:
        _put_back(particulars, undone.before.get("particulars", {}))
    _part_ledgers(undone, kept, gone)
    undone.undone_at = timezone.now()
    undone.save(update_fields=["undone_at"])
    kept.refresh_from_db()
    changes = changes_of(before, snapshot(kept))
    record(kept, "unmerge", by=by, changes={"gone": str(gone.pk), **changes})
    record(gone, "unmerge", by=by, changes={"kept": str(kept.pk)})
    return undone


def _both(merge: Merge) -> tuple[Person, Person]:
    pair = [merge.kept_id, merge.gone_id]
    rows = Person.objects.select_for_update().filter(pk__in=pair).order_by("pk")
    found = {person.pk: person for person in rows}
    return found[merge.kept_id], found[merge.gone_id]


def _put_back(obj: models.Model, changed: Mapping[str, list[Any]]) -> None:
    """The facts of before, unless somebody has changed them since."""
    names = []
    for name, (old, new) in changed.items():
        field = obj._meta.get_field(name)
        if getattr(obj, name) == field.to_python(new):  # type: ignore[union-attr]  # a column
            setattr(obj, name, field.to_python(old))  # type: ignore[union-attr]  # a column
            names.append(name)
    if names:
        obj.save(update_fields=names)


def _part_ledgers(merge: Merge, kept: Person, gone: Person) -> None:
    moved = merge.moved[LEDGER]
    _give(moved["to_kept"], gone)
    _give(moved["to_gone"], kept)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    try:
        mend([kept.pk, gone.pk])
    except Contradiction as error:
        raise DomainError(
            f"合并以后又登记过会籍变动，不能撤回；请先撤销那一条。（{error.sentence}）"
        ) from error


@transaction.atomic
def tell_apart(one: Person, other: Person, *, by: Actor) -> NotSame:
    """Remember that two records are two people; nobody is asked again."""
    low, high = sorted((one.pk, other.pk))
    said, _ = NotSame.objects.get_or_create(
        one_id=low, other_id=high, defaults={"said_by": by.person}
    )
    return said


def moves(kept: Person, gone: Person) -> list[tuple[str, int]]:
    """What a merge would take along: the word for it and how many, for the preview."""
    counted: dict[str, int] = {}
    for one in pointers():
        if one.is_single and one.rows(kept).exists():
            continue  # of which everybody has one: compared fact by fact, or it stays
        number = one.rows(gone).count()
        if number:
            word = str(one.model._meta.verbose_name)
            counted[word] = counted.get(word, 0) + number
    return sorted(counted.items())


def moved_words(merge: Merge) -> list[tuple[str, int]]:
    """What a merge took along, in people's words."""
    counted: dict[str, int] = {}
    labels = {one.label: str(one.model._meta.verbose_name) for one in pointers()}
    rows = [*merge.moved.get("rows", ())]
    entries = merge.moved.get(LEDGER, {}).get("to_kept", ())
    for label, _, numbers in [*rows, ["", "", entries]]:
        word = labels.get(label, "会籍台账")
        counted[word] = counted.get(word, 0) + len(numbers)
    return sorted((word, number) for word, number in counted.items() if number)
