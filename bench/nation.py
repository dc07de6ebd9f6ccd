"""A national tree of unions with committees, terms and members, in bulk, for the checks alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from random import Random

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from gonghui.apps.elections.models import Term
from gonghui.core.orgs.models import Function, Headcount, Kind, Org, UnionRecord
from gonghui.core.orgs.tree import plant_many
from gonghui.core.people.models import Membership, Person, Post, Standing

from .data import say

PROVINCES, CITIES = 31, 11
MEMBERS = 30  # of each union; a seventh of them in its committee
BATCH = 2000
SINCE = date(2024, 1, 10)


def prepare(size: int) -> None:
    """Bring a database up to so many unions; what is there already is left alone."""
    call_command("migrate", verbosity=0)
    there = Org.objects.filter(kind=Kind.GRASSROOTS).count()
    if there < size:
        _raise(size - there)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")


def _raise(count: int) -> None:
    cities = _uppers()
    rng, made = Random(count), 0
    numbers = iter(range(count))
    while part := list(islice(numbers, 1000)):
        with transaction.atomic():
            unions = [
                Org(
                    name=f"第{n}厂工会",
                    kind=Kind.GRASSROOTS,
                    parent=cities[n % len(cities)],
                    since=date(2010, 1, 1),
                )
                for n in part
            ]
            plant_many(unions)
            _fill(rng, unions)
        made += len(unions)
        say(f"{made} unions")


def _uppers() -> list[Org]:
    root = Org(name="全国总工会", kind=Kind.FEDERATION)
    plant_many([root])
    provinces = [
        Org(name=f"第{n}省总工会", kind=Kind.FEDERATION, parent=root) for n in range(PROVINCES)
    ]
    plant_many(provinces)
    cities = [
        Org(name=f"{province.name[:-3]}第{n}市总工会", kind=Kind.FEDERATION, parent=province)
        for province in provinces
        for n in range(CITIES)
    ]
    plant_many(cities)
    return cities


def _fill(rng: Random, unions: list[Org]) -> None:
    """Members, a committee, a term, a headcount; every third with a women's committee."""
    people = [
        Person(name=f"周明{n}", sex=rng.choice(("female", "male")), org=union, employment="hired")
        for union in unions
        for n in range(MEMBERS)
    ]
    Person.objects.bulk_create(people, batch_size=BATCH)
    Membership.objects.bulk_create(
        (
            Membership(
                person=person,
                org_id=person.org_id,
                standing=Standing.MEMBER if rng.random() < 0.8 else Standing.WORKER,
                employment="hired",
                since=SINCE,
            )
            for person in people
        ),
        batch_size=BATCH,
    )
    women = [
        Org(name="女职工委员会", kind=Kind.COMMITTEE, function=Function.WOMEN, parent=union)
        for union in unions[::3]
    ]
    plant_many(women)
    Post.objects.bulk_create(_posts(rng, unions, people), batch_size=BATCH)
    _record(rng, unions)


def _posts(rng: Random, unions: list[Org], people: list[Person]) -> list[Post]:
    titles = ("主席", "副主席", "委员", "委员")
    ways = ("elected", "elected", "appointed", "")
    return [
        Post(
            person=people[at * MEMBERS + seat],
            org=union,
            title=title,
            since=SINCE,
            way=rng.choice(ways),
            approval="批复" if rng.random() < 0.9 else "",
            full_time=rng.random() < 0.1,
        )
        for at, union in enumerate(unions)
        for seat, title in enumerate(titles)
        if seat or rng.random() < 0.95
    ]


def _record(rng: Random, unions: list[Org]) -> None:
    today = timezone.localdate()
    ends = [today + timedelta(days=rng.randint(-200, 1600)) for _ in unions]
    terms = [
        Term(org=union, number=3, since=end - timedelta(days=1826), years=5, due_on=end)
        for union, end in zip(unions, ends, strict=True)
        if rng.random() < 0.9
    ]
    Term.objects.bulk_create(terms, batch_size=BATCH)
    Headcount.objects.bulk_create(
        (Headcount(org=union, day=SINCE, workers=rng.randint(30, 400)) for union in unions),
        batch_size=BATCH,
    )
    UnionRecord.objects.bulk_create(
        (
            UnionRecord(org=union, own_accounts=True, approval="批复", approved_on=SINCE)
            for union in unions
            if rng.random() < 0.9
        ),
        batch_size=BATCH,
    )
