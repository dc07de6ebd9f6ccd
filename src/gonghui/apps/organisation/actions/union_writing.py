"""Writes the rows of a list of unions: new ones below their parents, changes with what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Order, in_words
from gonghui.core.exchange.models import Batch, Stage
from gonghui.core.history.trail import VERBS, record_many
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import Headcount, Org, UnionRecord
from gonghui.core.orgs.tree import plant_many, take_turns
from gonghui.kit.errors import DomainError
from gonghui.kit.text import initials, pinyin

from .union_matching import DAYS, ORG_FIELDS, PARTS, RECORD_FIELDS, Lookup, figures, kind_of, plain

VERBS |= {"import_row": "导入", "undo_import": "撤销导入"}
Undo = dict[str, Any]  # what taking back needs, as JSON holds it


@dataclass(frozen=True)
class Desk:
    """At which a batch is worked on: whose it is, for which union, on which day."""

    batch: Batch
    by: Actor
    today: date
    lookup: Lookup

    @property
    def is_writing(self) -> bool:
        return self.batch.stage == Stage.COMMITTING


def write(orders: Sequence[Order], desk: Desk) -> list[Undo]:
    """Everything of one chunk, and one entry for each union."""
    if not orders:
        return []
    take_turns()
    fresh = [order for order in orders if order.target is None]
    others = [order for order in orders if order.target is not None]
    undos = {id(order): undo for order, undo in _plant(fresh, desk)}
    undos |= {id(order): undo for order, undo in _change(others, desk)}
    found = [undos[id(order)] for order in orders]
    said = {
        undo["pk"]: {"batch": str(desk.batch), **in_words(desk.batch.kind, order.changes)}
        for order, undo in zip(orders, found, strict=True)
    }
    numbers = record_many(Org, said, "import_row", by=desk.by)
    for undo in found:
        undo["entry"] = numbers[undo["pk"]]
    return found


def value_of(name: str, said: Any) -> Any:
    """What a column holds of what a row says."""
    if name in DAYS:
        return date.fromisoformat(said) if said else None
    return said


# New unions


def _plant(orders: Sequence[Order], desk: Desk) -> list[tuple[Order, Undo]]:
    """Level by level: a parent may be a row of the same list, wherever it stands in it."""
    planted: dict[str, Org] = {}
    made: list[tuple[Order, Org]] = []
    waiting = list(orders)
    while waiting:
        ready = [(one, _parent(one, desk, planted)) for one in waiting]
        level = [(one, _body(one, above)) for one, above in ready if above]
        if not level:
            name = waiting[0].row.values["name"]
            raise DomainError(f"「{name}」的上级没有写入，它也不能写入。请放弃这一批，重新上传。")
        plant_many([org for _, org in level])
        planted |= {plain(org.name): org for _, org in level}
        made += level
        waiting = [one for one, above in ready if not above]
    _file(made)
    _count(made, desk)
    return [(order, Undo(pk=org.pk, new=True)) for order, org in made]


def _parent(order: Order, desk: Desk, planted: Mapping[str, Org]) -> Org | None:
    said = order.row.values.get("parent")
    if not said:
        return desk.batch.org
    known = desk.lookup.named.get(plain(said), [])
    return known[0] if known else planted.get(plain(said))


def _body(order: Order, parent: Org) -> Org:
    values = order.row.values
    return Org(
        parent=parent,
        name=values["name"],
        short_name=values.get("short_name", ""),
        kind=kind_of(values),
        since=value_of("since", values.get("since")),
    )


def _file(made: Sequence[tuple[Order, Org]]) -> None:
    rows = []
    for order, org in made:
        said = {n: value_of(n, v) for n, v in order.row.values.items() if n in RECORD_FIELDS}
        if said:
            rows.append(UnionRecord(org=org, **said))
    UnionRecord.objects.bulk_create(rows)
    versions.complete(Org.objects.filter(pk__in=[row.org_id for row in rows]))


def _count(made: Sequence[tuple[Order, Org]], desk: Desk) -> None:
    rows = []
    for order, org in made:
        stated = figures(order.row.values)
        if stated:
            rows.append(Headcount(org=org, day=day_of(order, desk), **stated))
    Headcount.objects.bulk_create(rows)


def day_of(order: Order, desk: Desk) -> date:
    """The day of a headcount; today where the list does not say."""
    said = order.row.values.get("count_day")
    return date.fromisoformat(said) if said else desk.today


# Unions on record


def _change(orders: Sequence[Order], desk: Desk) -> list[tuple[Order, Undo]]:
    rows = Org.objects.select_for_update().filter(pk__in=[order.target for order in orders])
    orgs = {org.pk: org for org in rows.order_by("pk")}
    undos = [(order, Undo(pk=order.target, new=False)) for order in orders]
    _change_bodies(orgs, undos)
    _change_records(undos)
    for order, undo in undos:
        if "workers" in order.changes:
            undo["count"] = _change_count(orgs[undo["pk"]], order, desk)
    return undos


def _change_bodies(orgs: Mapping[int, Org], undos: Sequence[tuple[Order, Undo]]) -> None:
    changed = []
    for order, undo in undos:
        names = [name for name in ORG_FIELDS if name in order.changes]
        if not names:
            continue
        org = orgs[undo["pk"]]
        undo["org"] = {name: order.changes[name][0] for name in names}
        for name in names:
            setattr(org, name, value_of(name, order.changes[name][1]))
        changed.append(org)
    keep_bodies(changed)


def keep_bodies(orgs: Sequence[Org]) -> None:
    """Save what bodies are called and since when, with all that follows from it."""
    for org in orgs:
        org.pinyin, org.initials = pinyin(org.name), initials(org.name)
    Org.objects.bulk_update(orgs, [*ORG_FIELDS, "pinyin", "initials"])
    versions.turn(Org.objects.filter(pk__in=[org.pk for org in orgs]))


def _change_records(undos: Sequence[tuple[Order, Undo]]) -> None:
    wanted = {undo["pk"] for _, undo in undos}
    held = UnionRecord.objects.select_for_update().in_bulk(list(wanted))
    for order, undo in undos:
        names = [name for name in RECORD_FIELDS if name in order.changes]
        if not names:
            continue
        kept = held.get(undo["pk"])
        undo["record"] = {name: order.changes[name][0] for name in names} if kept else None
        kept = kept or UnionRecord(org_id=undo["pk"])
        for name in names:
            setattr(kept, name, value_of(name, order.changes[name][1]))
        kept.save()
    versions.turn(Org.objects.filter(pk__in=list(wanted)))


def _change_count(org: Org, order: Order, desk: Desk) -> list[Any]:
    """The day, and what stood there before; what the row leaves open stays as it was."""
    day = day_of(order, desk)
    old = Headcount.objects.filter(org=org, day=day).values("workers", *PARTS).first()
    Headcount.objects.update_or_create(org=org, day=day, defaults=figures(order.row.values))
    return [day.isoformat(), old]
