"""A tree of unions of fifty people each, with what they did in a year, for the figures alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from gonghui.core.activities.models import Activity, Session
from gonghui.core.attendance.models import Attendance
from gonghui.core.history.models import Entry
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.orgs.tree import plant_many
from gonghui.core.people.models import LedgerEntry, Membership, Person
from gonghui.core.signing.models import Registration
from gonghui.kit.loading import blanks, load, moment, new_keys
from gonghui.kit.moments import midnight

UNIT = 50  # people of a union
PROVINCES, CITIES = 10, 10
HELD = 4  # activities of each union in two years
CAME = 10  # to each of them
BEGIN = date(2025, 1, 5)


def say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


def prepare(size: int) -> None:
    """Bring a database up to so many people; what is there already is left alone."""
    call_command("migrate", verbosity=0)
    if not Org.objects.filter(kind=Kind.GRASSROOTS).exists():
        _raise(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@transaction.atomic
def _raise(size: int) -> None:
    rng, cities = Random(size), _uppers()
    unions = [
        Org(name=f"第{n}厂工会", kind=Kind.GRASSROOTS, parent=cities[n % len(cities)],
            since=date(2010, 1, 1))
        for n in range(size // UNIT)
    ]  # fmt: skip
    for first in range(0, len(unions), 1000):
        plant_many(unions[first : first + 1000])
        say(first, "unions")
    people = _people(rng, unions)
    say(len(people), "people")
    _activities(rng, unions, people)


def _uppers() -> list[Org]:
    root = Org(name="全国总工会", kind=Kind.FEDERATION)
    plant_many([root])
    provinces = [
        Org(name=f"第{n}省总工会", kind=Kind.FEDERATION, parent=root) for n in range(PROVINCES)
    ]
    plant_many(provinces)
    cities = [
        Org(name=f"第{n}省第{m}市总工会", kind=Kind.FEDERATION, parent=province)
        for n, province in enumerate(provinces)
        for m in range(CITIES)
    ]
    plant_many(cities)
    return cities


def _rows(model: type[Any], said: list[dict[str, Any]]) -> list[int]:
    """Add rows by their values; what is not said is what a new row holds."""
    keys, blank = new_keys(model, len(said)), blanks(model)
    names = ("id", *blank)
    load(
        model,
        names,
        ([key, *(row.get(n, v) for n, v in blank.items())] for key, row in
         zip(keys, said, strict=True)),
    )  # fmt: skip
    return keys


def _people(rng: Random, unions: list[Org]) -> list[int]:
    found: list[int] = []
    for first in range(0, len(unions), 1000):
        homes = [org.pk for org in unions[first : first + 1000] for _ in range(UNIT)]
        keys = _rows(
            Person,
            [
                {"name": "周明", "org": home, "sex": rng.choice(("female", "male", "")),
                 "employment": "contract", "birth_date": f"{rng.randint(1966, 2003)}-05-01"}
                for home in homes
            ],
        )  # fmt: skip
        pairs = list(zip(keys, homes, strict=True))
        since = [f"{BEGIN + timedelta(days=rng.randrange(600))}" for _ in keys]
        _rows(Membership, list(_spans(rng, pairs, since)))
        _rows(LedgerEntry, list(_entries(pairs, since)))
        found += keys
    return found


def _spans(rng: Random, pairs: list[tuple[int, int]], since: list[str]) -> Iterator[dict[str, Any]]:
    for (person, home), day in zip(pairs, since, strict=True):
        standing = "member" if rng.random() < 0.85 else "worker"
        yield {"person": person, "org": home, "standing": standing, "employment": "contract",
               "since": day}  # fmt: skip


def _entries(pairs: list[tuple[int, int]], since: list[str]) -> Iterator[dict[str, Any]]:
    """Each written on its day: what was written long ago is no change of the last hour."""
    for (person, home), day in zip(pairs, since, strict=True):
        made_at = moment(midnight(date.fromisoformat(day)))
        yield {"person": person, "org": home, "day": day, "act": "join", "standing": "member",
               "employment": "contract", "made_at": made_at}  # fmt: skip


def _activities(rng: Random, unions: list[Org], people: list[int]) -> None:
    kinds = ("sport", "study", "meeting", "volunteer")
    for first in range(0, len(unions), 1000):
        held, homes = [], []
        for org in unions[first : first + 1000]:
            for n in range(HELD):
                at = datetime(2025, 1, 6, 2, tzinfo=UTC) + timedelta(days=rng.randrange(660))
                held.append(_activity(org.pk, kinds[n], at))
                homes.append(org)
        activities = _rows(Activity, held)
        sessions = _rows(
            Session,
            [
                {"activity": key, "starts_at": one["starts_at"], "ends_at": one["ends_at"],
                 "secret": b"0" * 32}
                for key, one in zip(activities, held, strict=True)
            ],
        )  # fmt: skip
        _attended(rng, unions, people, first, activities, sessions, held)
        say(first, "unions held theirs")


def _activity(org: int, kind: str, at: datetime) -> dict[str, Any]:
    over = at < timezone.now()
    return {
        "org": org, "kind": kind, "title": "活动", "state": "filed" if over else "open",
        "starts_at": moment(at), "ends_at": moment(at + timedelta(hours=2)),
        "categories": "[]", "outsiders": "[]",
    }  # fmt: skip


def _attended(
    rng: Random,
    unions: list[Org],
    people: list[int],
    first: int,
    activities: list[int],
    sessions: list[int],
    held: list[dict[str, Any]],
) -> None:
    signed, came = [], []
    for n, (activity, session) in enumerate(zip(activities, sessions, strict=True)):
        union = first + n // HELD
        start = union * UNIT + rng.randrange(UNIT - CAME)
        for person in people[start : start + CAME]:
            at = held[n]["starts_at"]
            signed.append({"activity": activity, "person": person, "org": unions[union].pk,
                           "status": "signed", "signed_at": at, "answers": "{}",
                           "companion_names": "[]"})  # fmt: skip
            came.append({"session": session, "person": person, "status": "present", "in_at": at})
    for key, one in zip(_rows(Registration, _ticketed(signed)), came, strict=True):
        one["registration"] = key
    _rows(Attendance, came)


def _ticketed(signed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in signed:
        row["ticket"] = f"{row['activity']:x}.{row['person']:x}"
    return signed


def a_day(count: int) -> None:
    """So many people change in a day: each with an entry of the history, a third left the union."""
    rng = Random(count)
    people = list(Person.objects.order_by("?").values_list("pk", flat=True)[:count])
    gone = [pk for pk in people if rng.random() < 0.3]
    Membership.objects.filter(person__among=gone).update(standing="worker")
    kind, at = ContentType.objects.get_for_model(Person).pk, moment(timezone.now())
    last = Entry.objects.filter(content_type=kind).count()
    _rows(
        Entry,
        [
            {"content_type": kind, "object_id": pk, "number": last + n + 1, "verb": "update",
             "at": at, "changes": "{}", "digest": "0" * 64}
            for n, pk in enumerate(people)
        ],
    )  # fmt: skip
