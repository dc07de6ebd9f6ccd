"""Finds who the rows of a roster mean, a chunk at a time, and what would change about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.exchange.kinds import Row, Values
from gonghui.core.exchange.models import Batch
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Document, Identity, LedgerEntry, Particulars, Person
from gonghui.core.people.models.identity import number_key
from gonghui.kit.among import keys_where
from gonghui.kit.sealed_fields import blind_of

CAPABILITY = "people.write"
PERSON_FIELDS = (
    "name", "sex", "birth_date", "employer", "department", "position", "work_status", "gig",
    "is_migrant", "former_unit",
)  # fmt: skip
PARTICULARS_FIELDS = (
    "ethnicity", "politics", "education", "degree", "household", "domicile", "residence", "duty",
    "skill", "title_level", "card_no",
)  # fmt: skip
LEDGER_FIELDS = ("employment", "joined_on", "left_on")
ON_RECORD = "已登记"


@dataclass(frozen=True)
class Desk:
    """At which a batch is worked on: whose it is, for which body, on which day."""

    batch: Batch
    by: Actor
    today: date
    orgs: dict[str, list[Org]]  # what the bodies of the subtree are called
    lookup: Lookup

    @property
    def source(self) -> str:
        """What the entries of this batch carry in the ledger."""
        return f"batch:{self.batch.pk}"

    def org_of(self, values: Mapping[str, Any]) -> Org | None:
        """The body a row names; none where it names none."""
        said = values.get("org")
        return self.orgs[plain(said)][0] if said else None


def plain(name: str) -> str:
    """A body's name without blanks, and with the brackets of our script."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")


@dataclass(frozen=True, slots=True)
class Known:
    """A person on record as far as a roster speaks of them; nothing sealed is opened."""

    pk: int
    name: str
    left_on: str
    org: Org
    values: dict[str, Any]
    number_index: bytes | None
    mobile_index: bytes | None
    books: list[tuple[int, str, str]]  # entries of the ledger: number, day, act

    @property
    def path(self) -> str:
        return self.org.path


class Lookup:
    """Who is meant by the rows of one chunk; asked anew for each."""

    def __init__(self, org: Org, key: str) -> None:
        self.org, self.key = org, key
        self._orgs: dict[int, Org] = {}

    def meet(self, rows: Sequence[Row]) -> None:
        """Ask for everybody the rows may mean, in a query for each way of meaning somebody."""
        values = [row.values for row in rows]
        self.indexes = _indexes(values)
        self.owners = _owners(self.indexes.values())
        self.cards = _card_holders(values)
        self.born = _born(values)
        self.reached = _reached(values) if self.key == "mobile" else {}
        self.called = self._called(values)
        decided = {int(row.decision[5:]) for row in rows if row.decision.startswith("same:")}
        meant = {*self.owners.values(), *decided}
        meant.update(pk for group in (self.cards, self.born, self.reached) for pk in _flat(group))
        self.people = self._read(meant)

    def owner(self, values: Values) -> int | None:
        """Whose document the row names."""
        index = self.indexes.get(_document(values))
        return self.owners.get(index) if index else None

    def difference(self, values: Values, known: Known, org: Org | None) -> Difference:
        return Difference(values, known, self.indexes.get(_document(values))).find(org)

    def candidates(self, values: Values) -> tuple[int | None, list[int]]:
        """The one who is meant for certain, or those a person must be asked about."""
        owner = self.owner(values)
        if owner is not None:
            return owner, []
        by_key = self._by_key(values)
        if len(by_key) == 1:
            return by_key[0], []
        asked = {*by_key, *self.born.get(_name_day(values), ())}
        if not values.get("birth_date"):
            asked |= set(self.called.get(values["name"], ()))
        return None, sorted(asked)

    def _by_key(self, values: Values) -> list[int]:
        if self.key == "card":
            return self.cards.get(values.get("card_no", ""), [])
        if self.key == "birth":
            return self.born.get(_name_day(values), [])
        if self.key == "mobile":
            return self.reached.get((values["name"], values.get("mobile", "")), [])
        return []

    def why(self, values: Values) -> str:
        """Why a person is asked."""
        if self.born.get(_name_day(values)):
            tail = "，证件号码不同或没有登记" if values.get("number") else ""
            return f"库里有同名、同一天出生的人{tail}。请判断是不是同一人。"
        if not values.get("birth_date") and values["name"] in self.called:
            return "本会有同名的人，这一行没有证件号码和出生日期，分不清。请判断是不是同一人。"
        return "库里有不止一个人对得上。请判断是哪一个。"

    def known(self, pk: int) -> Known | None:
        return self.people.get(pk)

    def _called(self, values: Iterable[Values]) -> dict[str, list[int]]:
        """People of the body by name alone, for the rows that say nothing more."""
        names = {v["name"] for v in values if not v.get("birth_date") and not v.get("number")}
        if not names:
            return {}
        rows = Person.objects.active().filter(subtree(self.org.path, field="org"), name__in=names)
        found = defaultdict(list)
        for pk, name in rows.order_by().values_list("pk", "name"):
            found[name].append(pk)
        return found

    def _read(self, pks: Iterable[int]) -> dict[int, Known]:
        fields = ("pk", "name", "left_on", "org_id", *PERSON_FIELDS[1:], *LEDGER_FIELDS[:2])
        more = [f"particulars__{name}" for name in PARTICULARS_FIELDS]
        sealed = ("identity__number_index", "identity__mobile_index", "identity__kind")
        rows = Person.objects.filter(pk__among=pks, merged_into=None).order_by()
        read = list(rows.values_list(*fields, *more, *sealed))
        self._remember({row[3] for row in read})
        books = _books(row[0] for row in read)
        names = [*PERSON_FIELDS[1:], *LEDGER_FIELDS[:2], *PARTICULARS_FIELDS]
        found = {}
        for pk, name, left_on, org, *rest in read:
            *plain, number, mobile, document = rest
            values = dict(zip(names, map(_said, plain), strict=True))
            values |= {"name": name, "document": document, "left_on": _said(left_on)}
            indexes = (_bytes(number), _bytes(mobile))
            found[pk] = Known(
                pk, name, _said(left_on), self._orgs[org], values, *indexes, books.get(pk, [])
            )
        return found

    def _remember(self, orgs: set[int]) -> None:
        missing = orgs - self._orgs.keys()
        if missing:
            self._orgs |= Org.objects.in_bulk(missing)


@dataclass(slots=True)
class Difference:
    """What a row says and the record does not: field → [before, after], and what is only told."""

    values: Values
    known: Known
    index: bytes | None  # of the number the row says
    changes: dict[str, list[Any]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def find(self, org: Org | None) -> Difference:
        for name in (*PERSON_FIELDS, *PARTICULARS_FIELDS, "employment"):
            said = self.values.get(name)
            if said is not None and said != self.known.values.get(name):
                self.changes[name] = [self.known.values.get(name), said]
        self._sealed()
        self._joined()
        self._moved(org)
        self._left()
        return self

    def _sealed(self) -> None:
        """By their blind index: whether it is the same can be seen without opening it."""
        held = self.known.number_index
        if self.index and self.index != held:
            self.changes["number"] = ["" if held is None else ON_RECORD, self.values["number"]]
        mobile, held = self.values.get("mobile"), self.known.mobile_index
        if mobile and blind_of(Identity, "mobile_index", mobile) != held:
            self.changes["mobile"] = ["" if held is None else ON_RECORD, mobile]

    def _joined(self) -> None:
        """A day of joining makes a worker a member; another day is put right in the ledger."""
        said, held = self.values.get("joined_on"), self.known.values.get("joined_on")
        if not said or said == held:
            return
        books = self.known.books
        if held:
            self.told.append(f"入会日期与台账（{held}）不同，请在个人页更正，这一项没有改。")
        elif len(books) > 1 and books[-1][1] > said:
            self.told.append("入会日期之后台账上已有登记，请在个人页办理入会，这一项没有改。")
        else:
            self.changes["joined_on"] = ["", said]

    def _moved(self, org: Org | None) -> None:
        here = self.known.org
        if org is None or org.pk == here.pk:
            return
        if _unit(org.path, here.path):
            self.changes["org"] = [str(here), str(org)]
        else:
            words = f"现在在「{here}」登记；换到「{org}」请办理会籍转接，这一项没有改。"
            self.told.append(words)

    def _left(self) -> None:
        """Who has left is neither moved nor employed otherwise on the same day."""
        said = self.values.get("left_on")
        if not said:
            return
        if self.known.books and self.known.books[-1][1] > said:
            self.told.append("离开日期之后台账上还有登记，请在个人页办理，这一项没有改。")
            return
        for name in ("employment", "org", "joined_on"):
            self.changes.pop(name, None)
        self.changes["left_on"] = ["", said]


def _unit(one: str, other: str) -> bool:
    """Whether two bodies are of one unit: one stands below the other, or both below one union.

    Paths alone cannot say which ancestor is the unit, so a move between two branches counts as
    within the unit when they have the same parent.
    """
    shorter, longer = sorted((one, other), key=len)
    return longer.startswith(shorter) or one[:-5] == other[:-5]


def _document(values: Values) -> tuple[str, str]:
    return values.get("document", Document.ID_CARD.value), values.get("number", "")


def _indexes(rows: Iterable[Values]) -> dict[tuple[str, str], bytes]:
    """Kind and number → what they are found by."""
    wanted = {_document(values) for values in rows if values.get("number")}
    return {pair: blind_of(Identity, "number_index", number_key(*pair)) for pair in wanted}


def _owners(indexes: Iterable[bytes]) -> dict[bytes, int]:
    rows = Identity.objects.filter(number_index__among=indexes).order_by()
    found = rows.values_list("number_index", "person_id")
    return {bytes(index): person for index, person in found}


def _books(pks: Iterable[int]) -> dict[int, list[tuple[int, str, str]]]:
    found = defaultdict(list)
    rows = LedgerEntry.objects.filter(person__among=list(pks)).order_by("day", "pk")
    for person, pk, day, act in rows.values_list("person_id", "pk", "day", "act"):
        found[person].append((pk, day.isoformat(), act))
    return found


def _card_holders(values: Iterable[Values]) -> dict[str, list[int]]:
    cards = {v["card_no"] for v in values if v.get("card_no")}
    found = defaultdict(list)
    rows = Particulars.objects.filter(card_no__among=cards)
    for card, person in rows.order_by().values_list("card_no", "person_id"):
        found[card].append(person)
    return found


def _born(values: Iterable[Values]) -> dict[tuple[str, str], list[int]]:
    wanted = {(v["birth_date"], v["name"]) for v in values if v.get("birth_date")}
    rows = Person.objects.active().filter(
        pk__among=keys_where(Person, ("birth_date", "name"), wanted)
    )
    found = defaultdict(list)
    for pk, name, day in rows.order_by().values_list("pk", "name", "birth_date"):
        found[name, _said(day)].append(pk)
    return found


def _reached(values: Iterable[Values]) -> dict[tuple[str, str], list[int]]:
    mobiles = {v["mobile"] for v in values if v.get("mobile")}
    indexes = {blind_of(Identity, "mobile_index", mobile): mobile for mobile in mobiles}
    rows = Identity.objects.filter(mobile_index__among=indexes, person__merged_into=None)
    found = defaultdict(list)
    wanted = ("mobile_index", "person_id", "person__name")
    for index, person, name in rows.order_by().values_list(*wanted):
        found[name, indexes[bytes(index)]].append(person)
    return found


def _name_day(values: Values) -> tuple[str, str]:
    return values["name"], values.get("birth_date", "")


def _flat(groups: dict[Any, list[int]]) -> Iterable[int]:
    return (pk for group in groups.values() for pk in group)


def _said(value: Any) -> Any:
    """As a row says it: days by their ISO spelling, nothing as an empty text."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)
