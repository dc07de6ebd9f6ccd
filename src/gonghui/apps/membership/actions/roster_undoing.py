"""Takes the rows of a roster back, but for people whom somebody has touched since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from gonghui.core.history.models import Entry
from gonghui.core.history.trail import record_many
from gonghui.core.people import ledger
from gonghui.core.people.models import (
    Identity,
    LedgerEntry,
    Membership,
    Particulars,
    Person,
    Post,
)
from gonghui.kit.loading import remove

from .roster_matching import PARTICULARS_FIELDS, PERSON_FIELDS, Desk
from .roster_writing import IDENTITY_FIELDS, Undo, upsert

CHANGED_SINCE = "导入以后又有人改过这个人的记录，保留不动。"
USED_SINCE = "导入以后这个人已经有了别的记录（{}），保留不动。"
MOVED_SINCE = "导入以后会籍台账又有登记，保留不动。"
OWN = (Identity, Particulars, Membership, LedgerEntry)


def take_back(written: Sequence[Undo], desk: Desk) -> list[str]:
    """Undo what can be undone; why not, for each that cannot."""
    reasons = _touched({undo["pk"]: undo["entry"] for undo in written})
    fresh = [undo["pk"] for undo in written if undo["new"] and undo["pk"] not in reasons]
    reasons |= _used(fresh)
    booked = [
        undo["pk"]
        for undo in written
        if (undo["new"] or undo.get("ledger")) and undo["pk"] not in reasons
    ]
    for pk in ledger.take_back(desk.source, people=booked) if booked else ():
        reasons[pk] = MOVED_SINCE
    free = {undo["pk"]: undo for undo in written if undo["pk"] not in reasons}
    _restore({pk: undo for pk, undo in free.items() if not undo["new"]})
    _delete([pk for pk, undo in free.items() if undo["new"]])
    said = {pk: {"batch": str(desk.batch)} for pk in free}
    record_many(Person, said, "undo_import", by=desk.by)
    return [reasons.get(undo["pk"], "") for undo in written]


def _touched(entries: Mapping[int, int]) -> dict[int, str]:
    """People with an entry of the history after ours: every change leaves one."""
    kind = ContentType.objects.get_for_model(Person)
    rows = Entry.objects.filter(content_type=kind, object_id__among=entries).order_by()
    last = rows.values_list("object_id").annotate(Max("number"))
    return {pk: CHANGED_SINCE for pk, number in last if number > entries[pk]}


def _used(pks: Sequence[int]) -> dict[int, str]:
    """New people whom other records name already: posts, accounts, whatever apps there are."""
    found: dict[int, str] = {}
    wanted = set(pks)
    if not wanted:
        return found
    for relation in Person._meta.related_objects:
        model: Any = relation.related_model
        name = relation.field.name
        if model in OWN or relation.many_to_many:
            continue
        # New people of one chunk were numbered one after the other: a range asks for them all.
        between = {f"{name}__gte": min(wanted), f"{name}__lte": max(wanted)}
        rows = model._base_manager.filter(**between).order_by().values_list(name, flat=True)
        for pk in wanted.intersection(rows.distinct()):
            found[pk] = USED_SINCE.format(model._meta.verbose_name)
    return found


def _delete(pks: Sequence[int]) -> None:
    """Nobody refers to them any more: that was asked for, and the database would refuse."""
    for model in (Identity, Particulars):
        remove(model.objects.filter(person__among=pks))
    remove(Person.objects.filter(pk__among=pks))


def _restore(undos: Mapping[int, Undo]) -> None:
    """Give people the values they had."""
    people = Person.objects.in_bulk([pk for pk, undo in undos.items() if "person" in undo])
    _set(people, undos, "person")
    upsert(Person, list(people.values()), [*PERSON_FIELDS, "pinyin", "initials"])
    for model, part, names in (
        (Particulars, "particulars", PARTICULARS_FIELDS),
        (Identity, "identity", IDENTITY_FIELDS),
    ):
        _restore_part(model, part, names, undos)
    posts = [pk for undo in undos.values() for pk in undo.get("posts", ())]
    Post.objects.filter(pk__in=posts).update(until=None)


def _restore_part(model: Any, part: str, names: Iterable[str], undos: Mapping[int, Undo]) -> None:
    made = [pk for pk, undo in undos.items() if part in undo and undo[part] is None]
    model.objects.filter(person__in=made).delete()
    before = [pk for pk, undo in undos.items() if undo.get(part)]
    rows = {row.person_id: row for row in model.objects.filter(person__in=before)}
    _set(rows, undos, part)
    upsert(model, list(rows.values()), list(names))


def _set(rows: Mapping[int, Any], undos: Mapping[int, Undo], part: str) -> None:
    for pk, row in rows.items():
        for name, value in undos[pk][part].items():
            setattr(row, name, value)
