"""Writes the rows of a roster: new people with their ledger, changes with what was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from gonghui.core.exchange.kinds import Order, in_words
from gonghui.core.history.trail import VERBS, record_many
from gonghui.core.people.ledger import Said, enter_many
from gonghui.core.people.loading import load_people
from gonghui.core.people.models import Act, Document, Identity, Particulars, Person, Post
from gonghui.kit.loading import load
from gonghui.kit.sealed_fields import Secret, blind_of
from gonghui.kit.sealing import seal
from gonghui.kit.text import name_pinyin

from .people import end_posts
from .roster_matching import ON_RECORD, PARTICULARS_FIELDS, PERSON_FIELDS, Desk

VERBS |= {"import_row": "导入", "undo_import": "撤销导入"}
SEALED = {"number", "mobile"}
LEDGER = {"employment", "joined_on", "org", "left_on"}
IDENTITY_FIELDS = (
    "kind", "number", "number_index", "number_tail", "mobile", "mobile_index", "mobile_tail",
)  # fmt: skip
IDENTITY = ("person", *IDENTITY_FIELDS)
NOTHING = (None, None, "")  # of a number nobody gave: sealed, found by, tail
Undo = dict[str, Any]  # what taking back needs, as JSON holds it


def write(orders: Sequence[Order], desk: Desk) -> list[Undo]:
    """Everything of one chunk, and one entry for each person."""
    fresh = [order for order in orders if order.target is None]
    others = [order for order in orders if order.target is not None]
    created = dict(zip(map(id, fresh), _create(fresh, desk), strict=True))
    kept = dict(zip(map(id, others), _update(others, desk), strict=True))
    found = [created.get(id(order)) or kept[id(order)] for order in orders]
    said = {
        undo["pk"]: {"batch": str(desk.batch), **_told(order, desk)}
        for order, undo in zip(orders, found, strict=True)
    }
    numbers = record_many(Person, said, "import_row", by=desk.by)
    for undo in found:
        undo["entry"] = numbers[undo["pk"]]
    return found


def _told(order: Order, desk: Desk) -> dict[str, Any]:
    """What the history says of a row; of what is sealed only that it is there."""
    plain = {name: pair for name, pair in order.changes.items() if name not in SEALED}
    told = in_words(desk.batch.kind, plain)
    for name in SEALED & order.changes.keys():
        before = order.changes[name][0]
        told[name] = [before, "已更换" if before else ON_RECORD]
    return told


# New people


def _create(orders: Sequence[Order], desk: Desk) -> list[Undo]:
    said = [order.row.values for order in orders]
    people = [_person(values, desk) for values in said]
    day, by = desk.today, desk.by.person
    keys = load_people(people, day=day, source=desk.source, made_by=by)
    pairs = list(zip(keys, said, strict=True))
    further = ("person", *PARTICULARS_FIELDS)
    load(Particulars, further, (row for row in map(_particulars, pairs) if any(row[1:])))
    sealed = (pair for pair in pairs if SEALED & pair[1].keys())
    load(Identity, IDENTITY, (_identity(*pair, desk.lookup.indexes) for pair in sealed))
    return [{"pk": key, "new": True} for key in keys]


def _person(values: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    pinyin, initials = name_pinyin(values["name"])
    return {
        "org": (desk.org_of(values) or desk.batch.org).pk,
        "pinyin": pinyin[:200],
        "initials": initials[:50],
        "employment": values.get("employment", ""),
        "joined_on": values.get("joined_on"),
        "left_on": values.get("left_on"),
        **_some(values, PERSON_FIELDS),
    }


def _particulars(pair: tuple[int, Mapping[str, Any]]) -> list[Any]:
    key, values = pair
    return [key, *(values.get(name, "") for name in PARTICULARS_FIELDS)]


def _identity(
    key: int, values: Mapping[str, Any], indexes: Mapping[tuple[str, str], bytes]
) -> list[Any]:
    """As the model derives it, without a model: sealed text, blind index, tail."""
    kind = values.get("document", Document.ID_CARD.value)
    number, mobile = values.get("number", ""), values.get("mobile", "")
    return [
        key, kind,
        *(_sealed("number", number, indexes[kind, number]) if number else NOTHING),
        *(_sealed("mobile", mobile, _blind_mobile(mobile)) if mobile else NOTHING),
    ]  # fmt: skip


def _blind_mobile(mobile: str) -> bytes:
    return blind_of(Identity, "mobile_index", mobile)


def _sealed(name: str, text: str, index: bytes) -> tuple[bytes, bytes, str]:
    place, kept = _place_of(name)
    return seal(text, place), index, text[-kept:]


@cache
def _place_of(name: str) -> tuple[str, int]:
    """To what a sealed column binds its values, and how long its tail is."""
    field: Any = Identity._meta.get_field(name)
    tail: Any = Identity._meta.get_field(f"{name}_tail")
    return field.place, tail.max_length


def _some(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) is not None}


# People on record


def _update(orders: Sequence[Order], desk: Desk) -> list[Undo]:
    held = {order.target: order for order in orders if order.target is not None}
    people = Person.objects.in_bulk(list(held))
    undos = {pk: Undo(pk=pk, new=False) for pk in held}
    changes = {pk: order.changes for pk, order in held.items()}
    _update_people(people, changes, undos)
    _update_particulars(changes, undos)
    _update_identities(held, undos)
    stories = [
        (people[pk], said)
        for pk, order in held.items()
        if (said := tuple(_story(order, people, desk)))
    ]
    enter_many(stories, made_by=desk.by.person, source=desk.source)
    for person, _ in stories:
        undos[person.pk]["ledger"] = True
    for pk, order in held.items():
        if "left_on" in order.changes:
            undos[pk]["posts"] = _end_posts(people[pk], order, desk)
    return [undos[order.target] for order in orders if order.target is not None]


def _update_people(
    people: Mapping[int, Person], changes: Mapping[int, Any], undos: Mapping[int, Undo]
) -> None:
    changed = []
    for pk, person in people.items():
        names = [name for name in changes[pk] if name in PERSON_FIELDS]
        if not names:
            continue
        undos[pk]["person"] = before = {name: _plain(getattr(person, name)) for name in names}
        for name in names:
            setattr(person, name, changes[pk][name][1])
        if "name" in names:
            before |= {"pinyin": person.pinyin, "initials": person.initials}
            person.pinyin, person.initials = name_pinyin(person.name)
        changed.append(person)
    upsert(Person, changed, [*PERSON_FIELDS, "pinyin", "initials"])


def _update_particulars(changes: Mapping[int, Any], undos: Mapping[int, Undo]) -> None:
    wanted = {
        pk: names
        for pk, change in changes.items()
        if (names := [name for name in change if name in PARTICULARS_FIELDS])
    }
    held = {row.person_id: row for row in Particulars.objects.filter(person__in=wanted)}
    fresh = []
    for pk, names in wanted.items():
        row = held.get(pk)
        if row is None:
            row = Particulars(person_id=pk)
            fresh.append(row)
            undos[pk]["particulars"] = None
        else:
            undos[pk]["particulars"] = {name: getattr(row, name) for name in names}
        for name in names:
            setattr(row, name, changes[pk][name][1])
    upsert(Particulars, list(held.values()), PARTICULARS_FIELDS)
    Particulars.objects.bulk_create(fresh)


def _update_identities(orders: Mapping[int, Order], undos: Mapping[int, Undo]) -> None:
    wanted = {pk for pk, order in orders.items() if SEALED & order.changes.keys()}
    held = {row.person_id: row for row in Identity.objects.filter(person__in=wanted)}
    fresh = []
    for pk in wanted:
        row, values, changes = held.get(pk), orders[pk].row.values, orders[pk].changes
        if row is None:
            row = Identity(person_id=pk)
            fresh.append(row)
            undos[pk]["identity"] = None
        else:
            undos[pk]["identity"] = {
                "kind": row.kind, "number": _open(row.number), "mobile": _open(row.mobile)
            }  # fmt: skip
        if "number" in changes:
            row.number, row.kind = values["number"], values.get("document") or row.kind
        if "mobile" in changes:
            row.mobile = values["mobile"]
    upsert(Identity, list(held.values()), IDENTITY_FIELDS)
    Identity.objects.bulk_create(fresh)


def upsert(model: Any, rows: Sequence[Any], names: Sequence[str]) -> None:
    """Write columns of rows that are there, many times faster than ``bulk_update``."""
    if rows:
        model.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=list(names)
        )


def _story(order: Order, people: Mapping[int, Person], desk: Desk) -> Iterator[Said]:
    """What the ledger is to say about a row's changes."""
    changes, today = order.changes, desk.today
    person = people[order.target or 0]
    if "left_on" in changes:
        yield Said(Act.LEAVE, date.fromisoformat(changes["left_on"][1]))
        return
    if "joined_on" in changes:
        yield from _joining(person, date.fromisoformat(changes["joined_on"][1]), desk)
    if "employment" in changes:
        yield Said(Act.EMPLOY, today, employment=changes["employment"][1])
    org = desk.org_of(order.row.values)
    if "org" in changes and org is not None:
        yield Said(Act.MOVE, today, org.pk)


def _joining(person: Person, day: date, desk: Desk) -> Iterator[Said]:
    """Who was only on record from a later day on has been a member since; the first entry goes."""
    known = desk.lookup.known(person.pk)
    books = known.books if known else []
    if len(books) == 1 and books[0][1] > day.isoformat():
        yield Said(Act.REVOKE, desk.today, revokes=books[0][0])
    yield Said(Act.JOIN, day, person.org_id, employment=person.employment)


def _end_posts(person: Person, order: Order, desk: Desk) -> list[int]:
    held = Post.objects.filter(person=person, until=None).order_by("pk")
    found = list(held.values_list("pk", flat=True))
    end_posts(person, date.fromisoformat(order.changes["left_on"][1]), by=desk.by)
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _open(secret: Secret | None) -> str | None:
    return secret.reveal() if secret else None
