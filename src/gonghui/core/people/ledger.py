"""Writes the ledger of membership and keeps spans and persons as a replay says; decision 0013.

Below access and history: an entry names the person who made it, the caller records the use-case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.kit.errors import DomainError
from gonghui.kit.loading import Row, change, load, moment, remove

from .models import Act, LedgerEntry, Membership, Person, Standing
from .replay import Contradiction, Line, Span, Step, in_force, spans_of, walk

BATCH = 1000
KEPT = ("org_id", "employment", "joined_on", "left_on")
READ = ("pk", "name", "merged_into_id", *KEPT)  # all of a person that a story is told with
ENTRY = (
    "person", "day", "act", "org", "standing", "employment", "revokes", "reason", "source",
    "made_at", "made_by",
)  # fmt: skip
SPAN = ("person", "org", "standing", "employment", "since", "until")
Made = tuple[str, Any, int | None]  # from where, when, by whom


@dataclass(frozen=True, slots=True)
class Said:
    """What an entry is to say; what it leaves empty stays as it was."""

    act: str
    day: date
    org: int = 0
    standing: str = ""
    employment: str = ""
    reason: str = ""
    revokes: int | None = None


@dataclass(slots=True)
class _Known:
    """A person as far as a story needs them: a model of each would be a fifth of a transfer."""

    pk: int
    name: str
    merged_into_id: int | None
    org_id: int
    employment: str
    joined_on: date | None
    left_on: date | None

    def __str__(self) -> str:
        return self.name


Story = tuple[Person, Sequence[Said]]


def enter(
    person: Person, *said: Said, made_by: Person | None = None, source: str = ""
) -> list[LedgerEntry]:
    """Add entries to one person's ledger, all or none; the person in hand gets what follows."""
    enter_many([(person, said)], made_by=made_by, source=source)
    person.refresh_from_db(fields=["org", "employment", "joined_on", "left_on"])
    return list(LedgerEntry.objects.filter(person=person).order_by("-pk")[: len(said)])[::-1]


@transaction.atomic
def enter_many(
    stories: Iterable[Story], *, made_by: Person | None = None, source: str = ""
) -> None:
    """Add entries to many people's ledgers in a few queries a thousand.

    People are locked in one order, so that two writers wait for each other and never in a circle.
    """
    told: dict[int, list[Said]] = defaultdict(list)
    for person, said in stories:
        told[person.pk] += said
    made = (source, moment(timezone.now()), made_by.pk if made_by else None)
    rest = iter(sorted(told.items()))
    while part := dict(islice(rest, BATCH)):
        _write(part, made)


def _write(told: Mapping[int, Sequence[Said]], made: Made) -> None:
    people, today = _locked(told), timezone.localdate()
    lines = lines_of(told)
    drafts: dict[int, list[Step]] = {}
    new: list[Row] = []
    for pk, said in told.items():
        person, known = people[pk], lines.get(pk, [])
        first = known[-1].number + 1 if known else 1
        added = [_line(one, first + n, today) for n, one in enumerate(said)]
        drafts[pk] = _story(person, [*known, *added])
        new += _entries(person, said, drafts[pk], first, made)
    load(LedgerEntry, ENTRY, new)
    _keep(people, drafts, before=lines)


def _locked(wanted: Iterable[int]) -> dict[int, _Known]:
    rows = Person.objects.select_for_update().filter(pk__among=list(wanted)).order_by("pk")
    return {said[0]: _Known(*said) for said in rows.values_list(*READ)}


def lines_of(people: Iterable[int]) -> dict[int, list[Line]]:
    """Person → entries in the order in which they were written."""
    found: dict[int, list[Line]] = defaultdict(list)
    rows = LedgerEntry.objects.filter(person__among=list(people)).order_by("pk")
    wanted = ("person_id", "pk", "day", "act", "org_id", "standing", "employment", "revokes_id")
    for person, *fields in rows.values_list(*wanted):
        found[person].append(Line(*fields))
    return found


def _line(said: Said, number: int, today: date) -> Line:
    if said.day > today:
        raise DomainError("日期还没有到，请到那一天再登记。")
    return Line(number, said.day, said.act, said.org, said.standing, said.employment, said.revokes)


def _story(person: _Known, lines: list[Line]) -> list[Step]:
    if person.merged_into_id:
        raise DomainError(f"{person}是重复记录，已经并入另一条，请到那一条办理。")
    try:
        steps = walk(lines)
    except Contradiction as error:
        raise Contradiction(f"{person}：{error.sentence}") from error
    if not steps:
        raise Contradiction(f"{person}：这是唯一的一条，不能撤销；登记错了的人请办离开或合并。")
    return steps


def _entries(
    person: _Known, said: Sequence[Said], steps: list[Step], first: int, made: Made
) -> Iterator[Row]:
    """The rows, each with the state after it as it is known now."""
    after = {step.line.number: step for step in steps}
    for number, one in enumerate(said, first):
        step = after.get(number) or steps[-1]  # a revocation leaves the last state there is
        state = step.after or step.before
        yield (
            person.pk,
            one.day.isoformat(),
            one.act,
            state.org if state else person.org_id,
            step.after.standing if step.after else "",
            state.employment if state else "",
            one.revokes,
            one.reason,
            *made,
        )


def _keep(
    people: Mapping[int, _Known], stories: Mapping[int, list[Step]], *, before: Container[int]
) -> None:
    """Write what follows from the stories; people without earlier entries have no spans yet."""
    # Whoever gets an entry has other spans almost always: asking first costs more than it saves.
    remove(Membership.objects.filter(person__among=[pk for pk in stories if pk in before]))
    spans = ((pk, span) for pk, steps in stories.items() for span in spans_of(steps))
    load(Membership, SPAN, (row_of(pk, span) for pk, span in spans))
    told = {pk: new for pk, steps in stories.items() if (new := _settle(people[pk], steps))}
    names = [name for name in KEPT if any(name in new for new in told.values())]
    change(Person, [people[pk] for pk in told], [name.removesuffix("_id") for name in names])


def spans_in_books(people: Iterable[int]) -> dict[int, list[Span]]:
    """Person → the spans as the table has them."""
    found: dict[int, list[Span]] = {}
    rows = Membership.objects.filter(person__among=list(people)).order_by("person_id", "since")
    wanted = ("person_id", "org_id", "standing", "employment", "since", "until")
    for person, *fields in rows.values_list(*wanted):
        found.setdefault(person, []).append(Span(*fields))
    return found


def row_of(person: int, span: Span) -> Row:
    """A span as the table of memberships takes it, in the order of ``SPAN``."""
    until = span.until.isoformat() if span.until else None
    return person, span.org, span.standing, span.employment, span.since.isoformat(), until


def _settle(person: _Known, steps: list[Step]) -> list[str]:
    """Give a person the values that hold now; the names of those that changed."""
    last = steps[-1]
    state = last.after or last.before
    if state is None:
        return []
    left = None if last.after else last.line.day
    now = dict(zip(KEPT, (state.org, state.employment, state.joined_on, left), strict=True))
    changed = [name for name, value in now.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, now[name])
    return changed


def open_books(
    people: Iterable[Person],
    *,
    day: date | None = None,
    standing: str = Standing.WORKER,
    made_by: Person | None = None,
    source: str = "",
) -> None:
    """Begin the ledgers of people who have none, by what they themselves say.

    Who joined on a day begins with that; of all others nothing is known but that they are here,
    from ``day`` on (today where it is left out), with ``standing``. Who left has left.
    """
    since = day or timezone.localdate()
    stories = ((person, tuple(_opening(person, since, standing))) for person in people)
    enter_many(stories, made_by=made_by, source=source)


def _opening(person: Person, day: date, standing: str) -> Iterator[Said]:
    left = person.left_on
    org, employment = person.org_id, person.employment
    if person.joined_on:
        yield Said(Act.JOIN, person.joined_on, org, employment=employment)
    else:
        since = min(day, left) if left else day
        yield Said(Act.ENTER, since, org, standing, employment)
    if left:
        yield Said(Act.LEAVE, left)


def days_after(people: Iterable[int], day: date) -> dict[int, date]:
    """Person → that day, or the day of their latest entry in force where it is later.

    Latest by its day, whenever it was written; what was taken back has never been.
    """
    wanted = list(people)
    known = lines_of(wanted)
    return {pk: max([day, *(one.day for one in in_force(known.get(pk, ())))]) for pk in wanted}


@transaction.atomic
def move_all(
    people: Iterable[Person],
    org: int,
    *,
    day: date,
    reason: str = "",
    made_by: Person | None = None,
    source: str = "",
) -> int:
    """Let people belong to another body from a day on, or from their last entry if it is later."""
    gone = list(people)
    days = days_after((person.pk for person in gone), day)
    stories = [(person, (Said(Act.MOVE, days[person.pk], org, reason=reason),)) for person in gone]
    enter_many(stories, made_by=made_by, source=source)
    return len(stories)


@transaction.atomic
def take_back(source: str, *, people: Iterable[int] | None = None) -> set[int]:
    """Take the entries of one bulk load out again, as if it had never been.

    People who got entries since, or whose ledger would no longer be possible, are left alone and
    returned. Of people who have no other entry nothing is left in the books.
    """
    rows = LedgerEntry.objects.filter(source=source)
    if people is not None:
        rows = rows.filter(person__among=list(people))
    wanted = sorted(set(rows.order_by().values_list("person_id", flat=True)))
    touched: set[int] = set()
    for at in range(0, len(wanted), BATCH):
        touched |= _take_back(wanted[at : at + BATCH], source)
    return touched


def _take_back(wanted: list[int], source: str) -> set[int]:
    people, touched = _locked(wanted), set()
    rows = LedgerEntry.objects.filter(person__among=wanted)
    own: dict[int, set[int]] = defaultdict(set)
    for pk, person in rows.filter(source=source).order_by().values_list("pk", "person_id"):
        own[person].add(pk)
    left: dict[int, list[Step]] = {}
    for person, lines in lines_of(wanted).items():
        rest = [line for line in lines if line.number not in own[person]]
        try:
            left[person] = walk(rest)
        except Contradiction:
            touched.add(person)
        if rest and max(line.number for line in rest) > min(own[person]):
            touched.add(person)
    free = [person for person in wanted if person not in touched]
    empty = [person for person in free if not left[person]]
    remove(Membership.objects.filter(person__among=empty))
    # Revocations first: what they revoke may be of the same load.
    mine = LedgerEntry.objects.filter(person__among=free, source=source)
    remove(mine.filter(act=Act.REVOKE))
    remove(mine)
    kept = {person: left[person] for person in free if left[person]}
    _keep(people, kept, before=kept)
    return touched


def wrong_people(people: Iterable[int]) -> list[tuple[int, str]]:
    """Of these people those whose spans or values are not what the replay says, with why."""
    wanted = list(people)
    lines, books = lines_of(wanted), spans_in_books(wanted)
    rows = [_Known(*said) for said in Person.objects.filter(pk__in=wanted).values_list(*READ)]
    return [
        (one.pk, why)
        for one in rows
        if (why := _wrong(one, lines.get(one.pk, []), books.get(one.pk, [])))
    ]


def _wrong(person: _Known, lines: list[Line], spans: list[Span]) -> str:
    if person.merged_into_id:
        return "已并入另一条记录，却还有会籍。" if spans else ""
    try:
        steps = walk(lines)
    except Contradiction as error:
        return error.sentence
    if not steps:
        return "台账里没有记录。"
    if spans_of(steps) != spans:
        return "会籍与台账不一致。"
    return "人员的现状与台账不一致。" if _settle(person, steps) else ""


@transaction.atomic
def mend(people: Iterable[int]) -> None:
    """Write spans and values again as the replay says; a record merged into another has no spans.

    A ledger that is impossible raises a ``Contradiction``.
    """
    locked = _locked(people)
    merged = [pk for pk, person in locked.items() if person.merged_into_id]
    stories = {pk: walk(one) for pk, one in lines_of(locked.keys() - set(merged)).items()}
    Membership.objects.filter(person__in=[*stories, *merged]).delete()
    _keep(locked, {pk: steps for pk, steps in stories.items() if steps}, before=())


def current(person: Person) -> Membership | None:
    """Where a person stands now."""
    return Membership.objects.current().filter(person=person).select_related("org").first()
