"""Finds which unions the rows of a list mean, a chunk at a time, and what would change of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gonghui.core.exchange.kinds import Row, Values
from gonghui.core.exchange.models import Batch
from gonghui.core.orgs.models import WITHIN, Headcount, Kind, Org, UnionRecord

CAPABILITY = "organisation.write"
ORG_FIELDS = ("name", "short_name", "since")
RECORD_FIELDS = (
    "code", "employer", "employer_code", "unit", "division", "industry", "economy", "approval",
    "approved_on", "legal_person", "certificate", "own_accounts", "address",
)  # fmt: skip
PARTS = ("women", "migrant", "dispatched", "hired")
COUNTED = {
    "workers": "职工",
    "women": "女",
    "migrant": "农民工",
    "dispatched": "派遣",
    "hired": "聘用",
}
DAYS = ("since", "approved_on")
USUAL = Kind.GRASSROOTS.value


def plain(name: str) -> str:
    """A body's name without blanks, and with the brackets of our script."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def kind_of(values: Mapping[str, Any]) -> str:
    """What a new union is; a grassroots one where the list does not say."""
    return str(values.get("kind") or USUAL)


def figures(values: Mapping[str, Any]) -> dict[str, int]:
    """The headcount a row states, without what it leaves open."""
    return {name: values[name] for name in COUNTED if values.get(name) is not None}


def counted(said: Mapping[str, Any]) -> str:
    """A headcount in words: 职工 120，女 40."""
    return "，".join(f"{word} {said[name]}" for name, word in COUNTED.items() if name in said)


@dataclass(slots=True)
class Held:
    """A union as it stands on record, as far as a list speaks of it."""

    org: Org
    record: UnionRecord | None
    counts: list[Headcount]  # newest first

    def value(self, name: str) -> Any:
        """As a row says it: days by their ISO spelling, nothing as nothing."""
        owner: Any = self.org if name in ORG_FIELDS else self.record
        found = getattr(owner, name, None) if owner else None
        return found.isoformat() if isinstance(found, date) else found

    def count_on(self, day: str | None) -> Headcount | None:
        """Of the day the row names; where it names none, the last there is."""
        if day is None:
            return next(iter(self.counts), None)
        return next((one for one in self.counts if one.day.isoformat() == day), None)


class Lookup:
    """The unions of a subtree, and those the rows of one chunk name by a code; asked anew."""

    def __init__(self, batch: Batch) -> None:
        self.top, self.key = batch.org, batch.match_key
        self.named: dict[str, list[Org]] = {}
        self.coded: dict[str, Org] = {}
        self.employers: dict[str, list[int]] = {}
        self.held: dict[int, Held] = {}

    def meet(self, rows: Sequence[Row]) -> None:
        """Ask for everything the rows may mean, in five queries."""
        below = list(Org.objects.below(self.top).filter(until=None).unions())
        self.named = _by_name(below)
        codes = {row.values["code"] for row in rows if row.values.get("code")}
        filed = UnionRecord.objects.filter(code__among=codes).select_related("org")
        self.coded = {record.code: record.org for record in filed}
        self.employers = self._employers(rows)
        decided = {int(row.decision[5:]) for row in rows if row.decision.startswith("same:")}
        meant = {org.pk for org in self.coded.values()} | decided
        meant |= {pk for row in rows for pk in self.candidates(row.values)}
        self._read(meant)

    def _employers(self, rows: Sequence[Row]) -> dict[str, list[int]]:
        codes = {v["employer_code"] for v in (row.values for row in rows) if v.get("employer_code")}
        found = defaultdict(list)
        wanted = UnionRecord.objects.filter(employer_code__among=codes, org__until=None)
        for record in wanted.select_related("org").order_by("org__path"):
            if record.org.is_within(self.top):
                found[record.employer_code].append(record.org.pk)
        return dict(found)

    def _read(self, pks: Iterable[int]) -> None:
        orgs = Org.objects.select_related("parent").in_bulk(list(pks))
        records = UnionRecord.objects.in_bulk(list(orgs))
        counts = defaultdict(list)
        for one in Headcount.objects.filter(org__among=list(orgs)).order_by("-day"):
            counts[one.org_id].append(one)
        self.held = {pk: Held(org, records.get(pk), counts[pk]) for pk, org in orgs.items()}

    def certain(self, values: Values) -> Org | None:
        """The union that carries the code of the row, wherever it stands."""
        return self.coded.get(values.get("code", ""))

    def candidates(self, values: Values) -> list[int]:
        """Those of the same name, or of the same employer where that is the key."""
        if self.key == "employer" and values.get("employer_code"):
            return self.employers.get(values["employer_code"], [])
        found = self.named.get(plain(values["name"]), [])
        said = plain(values.get("parent", ""))
        there = [org for org in found if said and org.parent and said in _names(org.parent)]
        if said and kind_of(values) in WITHIN:
            found = there  # 一分会 there is in every union: only the one below that parent is meant
        return [org.pk for org in there or found]

    def settles(self, values: Values, found: Sequence[int]) -> bool:
        """Whether the only candidate is meant for certain: by the key, or by name and place."""
        if len(found) != 1:
            return False
        held = self.held[found[0]]
        said, above = plain(values.get("parent", "")), held.org.parent
        other_code = values.get("code") and held.value("code")
        at_its_place = bool(said and above and said in _names(above) and not other_code)
        return at_its_place or self.key in {"name", "employer"}


def _names(org: Org) -> set[str]:
    return {plain(org.name), plain(org.short_name)} - {""}


def _by_name(orgs: Iterable[Org]) -> dict[str, list[Org]]:
    found: dict[str, list[Org]] = {}
    for org in orgs:
        for name in _names(org):
            found.setdefault(name, []).append(org)
    return found


def difference(values: Values, held: Held) -> tuple[dict[str, list[Any]], list[str]]:
    """What a row says and the record does not: field → [before, after], and what is only told."""
    changes = {}
    for name in (*ORG_FIELDS, *RECORD_FIELDS):
        said, before = values.get(name), held.value(name)
        if said is not None and said != before:
            changes[name] = [before, said]
    if stated := figures(values):
        count = held.count_on(values.get("count_day"))
        known = {name: getattr(count, name) for name in COUNTED} if count else {}
        if any(known.get(name) != number for name, number in stated.items()):
            before = {name: number for name, number in known.items() if number is not None}
            changes["workers"] = [counted(before), counted(stated)]
    return changes, _told(values, held)


def _told(values: Values, held: Held) -> list[str]:
    told = []
    kind = values.get("kind")
    if kind and kind != held.org.kind:
        words = held.org.get_kind_display()
        told.append(f"库里是{words}，与表里的类型不同；改类型请到它的页面，这一项没有改。")
    said, above = values.get("parent"), held.org.parent
    if said and above and plain(said) not in _names(above):
        told.append(f"库里的上级是「{above}」；换上级请办「调整上级」，这一项没有改。")
    return told
