"""A city as large as wanted, for measuring: enterprises with branches, teams and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from gonghui.core.access.models import Grant, Role
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.orgs.tree import plant_many
from gonghui.core.people.ledger import open_books
from gonghui.core.people.models import Account, Person, Post
from gonghui.kit.text import name_pinyin

from .city import DEMO_PASSWORD
from .names import person_name
from .people import EMPLOYMENT, WOMEN

TEAM_SIZE = 28
BRANCHES, TEAMS = 2, 7  # an enterprise is ten bodies of about two hundred people
ENTERPRISE = TEAM_SIZE * TEAMS + 4
ENTERPRISES_OF_JOINT, JOINTS_OF_DISTRICT = 50, 10
AT_ONCE = 100  # enterprises a transaction, so that memory stays small
FIRST_MOBILE = 10_000_000  # far above the numbers of the small city

_TRADES = ("纺织", "食品", "建材", "电子", "物流", "医药", "印刷", "家具", "五金", "化工")
_PLACES = ("东澜", "西澜", "南屏", "北浦", "青桥", "松园", "柳岸", "石湾", "云台", "枫林")
_SHOPS = ("一", "二", "三", "四", "五", "六", "七")

Say = Callable[[str], None]


def raise_crowd(root: Org, wanted: int, today: date, say: Say) -> list[Org]:
    """Add people below the root until about as many are there; the new enterprises."""
    enterprises = max(1, -(-wanted // ENTERPRISE))
    joints = _upper_bodies(root, -(-enterprises // ENTERPRISES_OF_JOINT))
    secret = make_password(DEMO_PASSWORD)
    made: list[Org] = []
    left = wanted
    for first in range(0, enterprises, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, enterprises))
        with transaction.atomic():
            unions = _unions(joints, numbers)
            left -= _people(unions, today, left, first * ENTERPRISE, secret)
        made += [union for union, _ in unions]
        say(f"已建 {len(made)} 个单位，{wanted - left} 人")
    return made


def _upper_bodies(root: Org, joints: int) -> list[Org]:
    districts = [
        Org(name=f"{_PLACES[n % 10]}{_nth(n // 10)}区总工会", kind=Kind.FEDERATION, parent=root)
        for n in range(-(-joints // JOINTS_OF_DISTRICT))
    ]
    plant_many(districts)
    made = [
        Org(
            name=f"{districts[n // JOINTS_OF_DISTRICT].name[:2]}{_TRADES[n % 10]}行业工会联合会",
            kind=Kind.JOINT,
            parent=districts[n // JOINTS_OF_DISTRICT],
        )
        for n in range(joints)
    ]
    plant_many(made)
    return made


def _nth(n: int) -> str:
    return str(n + 1) if n else ""


def _unions(joints: list[Org], numbers: range) -> list[tuple[Org, list[Org]]]:
    """The enterprises with these numbers, each with its branches and teams below them."""
    unions = []
    for n in numbers:
        joint = joints[n // ENTERPRISES_OF_JOINT]
        name = f"{joint.name[:2]}{_TRADES[n % 10]}{n + 1}厂工会"
        unions.append(Org(name=name, kind=Kind.GRASSROOTS, parent=joint))
    plant_many(unions)
    branches = [
        Org(name=f"{_SHOPS[place]}车间分会", kind=Kind.BRANCH, parent=union)
        for union in unions
        for place in range(BRANCHES)
    ]
    plant_many(branches)
    teams = [
        Org(name=f"{_SHOPS[place]}班", kind=Kind.TEAM, parent=branches[at * BRANCHES + place % 2])
        for at in range(len(unions))
        for place in range(TEAMS)
    ]
    plant_many(teams)
    return [
        (union, [*branches[at * BRANCHES :][:BRANCHES], *teams[at * TEAMS :][:TEAMS]])
        for at, union in enumerate(unions)
    ]


def _people(
    unions: list[tuple[Org, list[Org]]], today: date, left: int, start: int, secret: str
) -> int:
    """People of these enterprises with their officers' posts, accounts and roles; how many."""
    rng = Random(start)  # noqa: S311 — invented people, nothing secret
    homes = [org for union, below in unions for org in _homes(union, below)][:left]
    rows = [_person(rng, org, today) for org in homes]
    Person.objects.bulk_create(rows, batch_size=2000)
    open_books(rows, source="demo")
    officers = list(_officers(rows))
    since = date(today.year - 2, 3, 18)
    Post.objects.bulk_create(
        [Post(person=p, org=p.org, title=title, since=since) for p, title, _ in officers],
        batch_size=2000,
    )
    _let_in(officers, start, secret)
    return len(rows)


def _let_in(officers: list[tuple[Person, str, str]], start: int, secret: str) -> None:
    roles = {role.name: role for role in Role.objects.all()}
    Grant.objects.bulk_create(
        [Grant(person=p, role=roles[role], org=p.org) for p, _, role in officers],
        batch_size=2000,
    )
    mobiles = [f"199{FIRST_MOBILE + start + n:08d}" for n in range(len(officers))]
    Account.objects.bulk_create(
        [
            Account(username=f"crowd{start + n}", mobile=mobile, password=secret, person=person)
            for n, (mobile, (person, _, _)) in enumerate(zip(mobiles, officers, strict=True))
        ],
        batch_size=2000,
    )


def _homes(union: Org, below: list[Org]) -> Iterator[Org]:
    yield from (union, union)
    yield from below[:BRANCHES]
    for team in below[BRANCHES:]:
        yield from [team] * TEAM_SIZE


def _person(rng: Random, org: Org, today: date) -> Person:
    born = rng.randint(1968, 2002)
    sex = "female" if rng.randrange(100) < WOMEN["plant"] else "male"
    name = person_name(rng, sex, born)
    reading, letters = _reading(name)
    kinds, weights = zip(*EMPLOYMENT["plant"], strict=True)
    return Person(
        name=name,
        pinyin=reading,
        initials=letters,
        sex=sex,
        org=org,
        employment=rng.choices(kinds, weights)[0],
        joined_on=date(today.year - rng.randint(1, 20), rng.randint(1, 12), 10),
    )


_read: dict[str, tuple[str, str]] = {}


def _reading(name: str) -> tuple[str, str]:
    """The tables give some forty thousand names; each is read once."""
    if name not in _read:
        _read[name] = name_pinyin(name)
    return _read[name]


def _officers(rows: list[Person]) -> Iterator[tuple[Person, str, str]]:
    """The first person of every body leads it."""
    titles = {
        Kind.GRASSROOTS: ("主席", "工会主席"),
        Kind.BRANCH: ("分会主席", "分会主席"),
        Kind.TEAM: ("班组长", "班组长"),
    }
    led: set[int] = set()
    for person in rows:
        if person.org_id not in led:
            led.add(person.org_id)
            yield person, *titles[Kind(person.org.kind)]
