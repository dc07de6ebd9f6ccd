"""Puts the demo's bodies, people, posts, accounts and roles into the database, in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from gonghui.core.access.models import Grant, Role
from gonghui.core.access.roles import ship_roles
from gonghui.core.orgs.models import Org
from gonghui.core.orgs.tree import plant_many
from gonghui.core.people.ledger import open_books
from gonghui.core.people.models import Account, Person, Post
from gonghui.kit.sealed_fields import blind_of
from gonghui.kit.text import name_pinyin

from .city import BODIES, BODY, DEMO_PASSWORD, Body
from .offices import TERMS, USUAL
from .people import SHOWCASE, DemoPerson, people, posts, showcase_serials
from .records import born, identify

BATCH = 1000
STAY_OUT = {"hired": 45, "dispatched": 35, "agency": 25}  # of a hundred who have not joined

# What a post entitles to, by the kind of body it is held in; showcase people have their own.
_ROLE_OF_POST: dict[str, dict[str, str]] = {
    "主席": {
        "federation": "上级工会",
        "industry": "上级工会",
        "joint": "上级工会",
        "working_committee": "上级工会",
        "grassroots": "工会主席",
        "workshop": "工会主席",
    },
    "分会主席": {"branch": "分会主席"},
    "部长": {"association": "分会主席"},
    "班组长": {"team": "班组长"},
    "年级组长": {"year_group": "班组长"},
    "教研组长": {"section": "班组长"},
}
_COMMITTEE_TITLES = ("副主席", "女工主任", "经审主任", "委员")


@dataclass
class Seed:
    """What now stands in the tables: bodies by key, people by serial."""

    orgs: dict[str, Org] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)

    def account_person(self, username: str) -> Person:
        return self.people[showcase_serials()[username]]


def seed_city(today: date) -> Seed:
    """Everything below the plans; the caller holds the transaction and records it."""
    ship_roles()
    seed = Seed()
    _plant(seed)
    _settle(seed, today)
    _elect(seed, today)
    _open_accounts(seed)
    _grant(seed)
    return seed


def found_city() -> Seed:
    """The seed as an earlier run left it, by the order in which it was made."""
    seed = Seed()
    root = Org.objects.filter(parent=None, name=BODIES[0].name).first()
    if root is None:
        return seed
    by_place = {(org.parent_id, org.name): org for org in Org.objects.below(root)}
    for body in BODIES:
        parent = seed.orgs[body.parent].pk if body.parent else None
        seed.orgs[body.key] = by_place[parent, body.name]
    blind = {blind_of(Account, "mobile_index", one.mobile): one.serial for one in people()}
    for account in Account.objects.filter(mobile_index__in=blind).select_related("person"):
        if account.person is not None:
            seed.people[blind[bytes(account.mobile_index)]] = account.person
    return seed


def _plant(seed: Seed) -> None:
    """Level by level, because a path begins with the parent's."""
    for level in _levels():
        made = [
            Org(
                name=body.name,
                kind=body.kind,
                parent=seed.orgs[body.parent] if body.parent else None,
            )
            for body in level
        ]
        plant_many(made)
        seed.orgs.update({body.key: org for body, org in zip(level, made, strict=True)})
    led_twice = [body for body in BODIES if body.second]
    for body in led_twice:
        seed.orgs[body.key].second_parent = seed.orgs[body.second or ""]
    Org.objects.bulk_update([seed.orgs[body.key] for body in led_twice], ["second_parent"])


def _levels() -> Iterable[list[Body]]:
    level = [body for body in BODIES if body.parent is None]
    while level:
        yield level
        keys = {body.key for body in level}
        level = [body for body in BODIES if body.parent in keys]


def _joined(person: DemoPerson, today: date) -> date:
    day = date(today.year - person.years, person.serial * 7 % 12 + 1, person.serial * 13 % 28 + 1)
    if person.years:
        return day
    term = date(today.year, 9, 8)
    return term if term <= today else date(today.year - 1, 9, 8)


def _stays_out(person: DemoPerson) -> bool:
    """Many of the hired and dispatched have not joined: R-449 is there to notice it."""
    among = STAY_OUT.get(person.employment, 0)
    return person.serial not in showcase_serials().values() and person.serial % 100 < among


def _category(person: DemoPerson) -> str:
    """Of most it is on record whom they belong to (R-022); of some it has not been asked yet."""
    sector = BODY[person.body].sector
    if sector == "student" or person.serial % 13 == 0:
        return ""
    if sector in ("organ", "union"):
        return "cadre"
    return "technical" if person.serial % 7 == 0 else "front_line"


def _settle(seed: Seed, today: date) -> None:
    rows = []
    for one in people():
        reading, letters = name_pinyin(one.name)
        rows.append(
            Person(
                name=one.name,
                pinyin=reading,
                initials=letters,
                sex=one.sex,
                org=seed.orgs[one.body],
                employment=one.employment,
                category=_category(one),
                joined_on=None if _stays_out(one) else _joined(one, today),
                birth_date=born(one, today),
            )
        )
    Person.objects.bulk_create(rows, batch_size=BATCH)
    open_books(rows, day=date(today.year, 1, 1), source="demo")
    identify(zip(people(), rows, strict=True), today)
    seed.people = dict(zip((one.serial for one in people()), rows, strict=True))


def elected_on(key: str, today: date) -> date:
    """When the committee of a body, or of the union it belongs to, was elected."""
    own = TERMS.get(key) or TERMS.get(BODY[key].parent or "") or USUAL
    return date(today.year - own.began, 3, 18)


def _elect(seed: Seed, today: date) -> None:
    rows = []
    for post in posts():
        person = seed.people[post.serial]
        since = elected_on(post.body, today)
        begun = max(since, person.joined_on or since)
        rows.append(Post(person=person, org=seed.orgs[post.body], title=post.title, since=begun))
    Post.objects.bulk_create(rows, batch_size=BATCH)


def _open_accounts(seed: Seed) -> None:
    """Everybody may log in by mobile; one hash serves all, since all share the demo's password."""
    secret = make_password(DEMO_PASSWORD)
    names = {serial: username for username, serial in showcase_serials().items()}
    rows = [
        Account(
            username=names.get(one.serial, f"demo{one.serial}"),
            mobile=one.mobile,
            password=secret,
            person=seed.people[one.serial],
        )
        for one in people()
    ]
    Account.objects.bulk_create(rows, batch_size=BATCH)


def _grant(seed: Seed) -> None:
    roles = {role.name: role for role in Role.objects.all()}
    shown = set(showcase_serials().values())
    wanted: dict[tuple[int, str, str], None] = {}
    for one in SHOWCASE:
        for role in filter(None, (one.role, one.also)):
            wanted[showcase_serials()[one.username], role, one.at] = None
    for post in posts():
        kind = BODY[post.body].kind
        held = _ROLE_OF_POST.get(post.title, {}).get(kind)
        if held is None and kind == "grassroots" and post.title.endswith(_COMMITTEE_TITLES):
            held = "工会委员"
        if held and post.serial not in shown:
            wanted[post.serial, held, post.body] = None
    rows = [
        Grant(person=seed.people[serial], role=roles[role], org=seed.orgs[body])
        for serial, role, body in wanted
    ]
    Grant.objects.bulk_create(rows, batch_size=BATCH)
