"""The known people and bodies every permission test names (house.md §12)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.test import Client

from gonghui.core.access.actor import Actor
from gonghui.core.access.models import Grant, Role
from gonghui.core.access.roles import ship_roles
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.orgs.tree import plant_many
from gonghui.core.people.ledger import open_books
from gonghui.core.people.models import Account, Person, Standing
from tests.factories.organisation import (
    MEMBERS_SINCE,
    AccountFactory,
    GrantFactory,
    PersonFactory,
)

PASSWORD = "lantern-river-42"

# Who belongs where, and which roles they hold at which body.
PEOPLE: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "alice": ("艾丽", "branch", (("会员", "branch"),)),
    "bob": ("鲍博", "branch", (("分会主席", "branch"),)),
    "carol": ("柯洛", "city", (("上级工会", "city"),)),
    "dave": ("戴维", "other_city", (("上级工会", "other_city"),)),
    "erin": ("尔林", "province", (("系统管理员", "province"), ("上级工会", "province"))),
    "frank": ("方兰", "company", (("工会主席", "company"),)),
    "grace": ("葛瑞", "company", (("党政领导", "company"),)),
    "mallory": ("马洛", "other_company", ()),
}


@dataclass
class Cast:
    """A province, two cities, a company and its two branches, another company; eight people.

    ``actor("bob")`` is Bob acting, ``client("bob")`` is his browser, logged in.
    """

    province: Org
    city: Org
    company: Org
    branch: Org
    second_branch: Org
    other_city: Org
    other_company: Org
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def orgs(self) -> list[Org]:
        return [
            self.province,
            self.city,
            self.company,
            self.branch,
            self.second_branch,
            self.other_city,
            self.other_company,
        ]

    @property
    def names(self) -> list[str]:
        return list(self.people)

    def person(self, name: str) -> Person:
        return self.people[name]

    def account(self, name: str) -> Account:
        return Account.objects.get(username=name)

    def actor(self, name: str) -> Actor:
        """A fresh actor, as every request has one; the person is read anew."""
        return Actor(Person.objects.select_related("org").get(pk=self.people[name].pk))

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.account(name))
        return client

    @property
    def alice(self) -> Person:
        """A member of the branch."""
        return self.people["alice"]

    @property
    def bob(self) -> Person:
        """The chair of Alice's branch."""
        return self.people["bob"]

    @property
    def carol(self) -> Person:
        """上级工会 of the city."""
        return self.people["carol"]

    @property
    def dave(self) -> Person:
        """上级工会 of the other city."""
        return self.people["dave"]

    @property
    def erin(self) -> Person:
        """系统管理员 and 上级工会 of the province."""
        return self.people["erin"]

    @property
    def frank(self) -> Person:
        """工会主席 of the company."""
        return self.people["frank"]

    @property
    def grace(self) -> Person:
        """党政领导 of the company, who only reads."""
        return self.people["grace"]

    @property
    def mallory(self) -> Person:
        """Nobody: an account without grants in the other city."""
        return self.people["mallory"]


def make_cast() -> Cast:
    """Make the tree, the people, their accounts (user name = key, ``PASSWORD``) and grants.

    By whole tables: most tests ask for the cast first.
    """
    ship_roles()
    cast = _make_orgs()
    bodies = vars(cast)
    roles = {role.name: role for role in Role.objects.all()}
    for key, (name, home, _) in PEOPLE.items():
        cast.people[key] = PersonFactory.build(name=name, org=bodies[home])
    people = Person.objects.bulk_create(cast.people.values())
    open_books(people, day=MEMBERS_SINCE, standing=Standing.MEMBER)
    Account.objects.bulk_create(
        AccountFactory.build(username=key, person=person, mobile=f"1380000000{number}")
        for number, (key, person) in enumerate(cast.people.items())
    )
    Grant.objects.bulk_create(
        GrantFactory.build(person=cast.people[key], role=roles[role], org=bodies[at])
        for key, (_, _, grants) in PEOPLE.items()
        for role, at in grants
    )
    return cast


def _make_orgs() -> Cast:
    """Level by level, since parents must stand before what lies below them."""
    (province,) = plant_many([Org(name="云泽省总工会", kind=Kind.FEDERATION)])
    city, other_city = plant_many(
        [
            Org(name="安澜市总工会", kind=Kind.FEDERATION, parent=province),
            Org(name="临江市总工会", kind=Kind.FEDERATION, parent=province),
        ]
    )
    company, other_company = plant_many(
        [
            Org(name="安澜机械公司工会", kind=Kind.GRASSROOTS, parent=city),
            Org(name="临江邮政工会", kind=Kind.GRASSROOTS, parent=other_city),
        ]
    )
    branch, second_branch = plant_many(
        [
            Org(name="一分会", kind=Kind.BRANCH, parent=company),
            Org(name="二分会", kind=Kind.BRANCH, parent=company),
        ]
    )
    return Cast(
        province=province,
        city=city,
        company=company,
        branch=branch,
        second_branch=second_branch,
        other_city=other_city,
        other_company=other_company,
    )
