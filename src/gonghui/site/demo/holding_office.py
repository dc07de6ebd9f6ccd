"""Puts the offices of the demo into the records: terms, approvals, registers, what is under way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gonghui.apps.elections import api as elections
from gonghui.apps.membership import api as membership
from gonghui.apps.organisation import api as organisation
from gonghui.core.access.actor import Actor
from gonghui.core.exchange.actions import paste
from gonghui.core.exchange.kinds import kinds
from gonghui.core.orgs import versions
from gonghui.core.orgs.models import Headcount, Org, UnionRecord, subtree
from gonghui.core.people.models import Membership, Person, Post, Standing
from gonghui.core.regulations.changing import Paper, set_standard
from gonghui.kit.deadlines import add_months
from gonghui.kit.identity import code_check, id_check

from . import offices
from .city import BODIES, below
from .lives import Lives
from .people import FOUNDING_YEARS, people
from .records import number_of
from .seed import elected_on

_UNIONS = frozenset({"federation", "industry", "working_committee", "joint", "grassroots"})
PAPER = "安总批〔{year}〕{number}号"


def hold_office(lives: Lives) -> None:
    """Everything the register of the city says beyond who is where."""
    register = _Register(lives)
    register.name_functions()
    register.file_records()
    register.run_terms()
    register.approve_posts()
    register.prepare_elections()
    register.look_around()
    register.move_people()
    register.set_standards()
    register.send_a_roster()


class _Register:
    def __init__(self, lives: Lives) -> None:
        self.lives, self.seed, self.today = lives, lives.seed, lives.today
        self.city = Actor(lives.seed.account_person("city"))

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def name_functions(self) -> None:
        """Committees say what they are for; those of 2 years ago were founded with the union's."""
        bodies = []
        for key, org in self.seed.orgs.items():
            function = offices.FUNCTIONS.get(key.rpartition("-")[2], "")
            if function and org.kind in ("committee", "leading_group"):
                org.function = function
                bodies.append(org)
        Org.objects.bulk_update(bodies, ["function"])

    def file_records(self) -> None:
        """In bulk, as seeds are; a code is of no real division and its check digit fits."""
        said = {one.body: one for one in offices.RECORDS}
        units = [body for body in BODIES if body.kind == "grassroots"]
        rows = [self._record(n, body.key, said.get(body.key)) for n, body in enumerate(units, 1)]
        UnionRecord.objects.bulk_create(rows)
        versions.complete(Org.objects.filter(pk__in=[one.pk for one in self.seed.orgs.values()]))
        Headcount.objects.bulk_create(self._headcount(key) for key in said)

    def _record(self, number: int, key: str, said: offices.DemoRecord | None) -> UnionRecord:
        first = f"81{offices.DIVISION}{number:08}X"
        row = UnionRecord(
            org=self.seed.orgs[key], code=first + code_check(first), division=offices.DIVISION
        )
        if key not in offices.UNFILED:
            row.approved_on = date(self.today.year - FOUNDING_YEARS - 1, 5, number % 28 + 1)
            row.approval = f"安总建〔{row.approved_on.year}〕{number + 3}号"
        if said:
            row.employer, row.unit, row.industry = said.employer, said.unit, said.industry
            row.economy, row.own_accounts = said.economy, said.own_accounts
        return row

    def _headcount(self, key: str) -> Headcount:
        """What the unit reports: a few more than are on record, as it is in life."""
        keys = {body.key for body in below(key)}
        own = [one for one in people() if one.body in keys]
        women = sum(one.sex == "female" for one in own)
        return Headcount(
            org=self.seed.orgs[key],
            day=date(self.today.year, 1, 1),
            workers=len(own) + 3,
            women=women + 1,
        )

    def run_terms(self) -> None:
        for body in BODIES:
            if body.kind not in _UNIONS or not self._committee(body.key):
                continue
            said = offices.TERMS.get(body.key, offices.USUAL)
            years = 5 if body.kind != "grassroots" else said.years
            org, since = self.seed.orgs[body.key], elected_on(body.key, self.today)
            term = elections.register_term(
                org, number=said.number, since=since, years=years, by=self.city
            )
            if months := offices.EXTENDED.get(body.key):
                elections.extend_term(
                    term,
                    until=add_months(term.due_on, months),
                    approval=PAPER.format(year=term.due_on.year, number=31),
                    approved_on=term.due_on - timedelta(days=20),
                    reason="机构改革，人员待定",
                    by=self.city,
                )

    def _committee(self, key: str) -> list[Post]:
        return list(Post.objects.filter(org=self.seed.orgs[key], until=None).order_by("pk"))

    def approve_posts(self) -> None:
        """Elected and approved, but for those whom the checks are to find."""
        kept = []
        for number, body in enumerate(BODIES):
            if body.kind not in _UNIONS:
                continue
            for post in self._committee(body.key):
                post.full_time = body.key in offices.FULL_TIME and post.title in ("主席", "副主席")
                if not (post.title == "主席" and body.key in offices.UNAPPROVED):
                    post.way = "elected"
                    post.approved_on = post.since + timedelta(days=12)
                    post.approval = PAPER.format(year=post.since.year, number=number + 7)
                kept.append(post)
        Post.objects.bulk_update(kept, ["full_time", "way", "approved_on", "approval"])
        self._leave_vacant()
        self._seat_new_chairs()
        self._mix_up()

    def _leave_vacant(self) -> None:
        for key, months in offices.VACANT.items():
            for post in Post.objects.filter(org=self.seed.orgs[key], title="主席", until=None):
                self._let_go(post, add_months(self.today, -months))

    def _let_go(self, post: Post, left: date) -> None:
        """The chair was called to another unit, as the committee and the union above agreed."""
        days = (40, 30, 25, 12)
        asked, voted, sent, agreed = (left - timedelta(days=n) for n in days)
        paper = PAPER.format(year=agreed.year, number=52)
        elections.leave_office(
            post,
            by=self.city,
            way="transfer",
            reason="因工作需要调任其他单位",
            proposed_on=asked,
            decided={"decided_on": voted, "meeting": "工会委员会会议", "eligible": 5, "yes": 5},
            submitted_on=sent,
            agreed={"approved_on": agreed, "approval": paper, "left_on": left},
        )

    def _seat_new_chairs(self) -> None:
        """A by-election some weeks ago: the talk is done in one union, nothing in the other."""
        for number, (key, days) in enumerate(offices.NEW_CHAIRS.items()):
            since = self._ago(days)
            post = Post.objects.filter(org=self.seed.orgs[key], title="主席", until=None).first()
            if post is None:
                continue
            post.since, post.way, post.approved_on = since, "by_election", since
            post.save(update_fields=["since", "way", "approved_on"])
            talk, _ = elections.owe_duties(post, post.org, by=self.city)
            if number == 0:
                note = "市总工会组织部谈话"
                elections.fulfil_duty(talk, done_on=self._ago(days - 9), note=note, by=self.city)

    def _mix_up(self) -> None:
        """The chair who also audits: what ELE-12 is there for."""
        union, audit = (self.seed.orgs[offices.AUDITING_CHAIR + end] for end in ("", "-audit"))
        chair = Post.objects.filter(org=union, title="主席", until=None).first()
        if chair:
            since = chair.since
            organisation.give_post(chair.person, audit, title="委员", since=since, by=self.city)

    def prepare_elections(self) -> None:
        """One waits for the upper union's word, one is drawn up."""
        self._plan("archive", steps=("agree", "submit"))
        self._plan("school", steps=())

    def _plan(self, key: str, steps: tuple[str, ...]) -> None:
        org = self.seed.orgs[key]
        said = offices.TERMS[key]
        chair = self.lives.able("elections.write", key)
        election = elections.plan_election(
            org, by=chair, number=said.number + 1, years=said.years, meeting="members",
            planned_on=self.today + timedelta(days=45),
            standards="政治坚定、业务过硬、作风民主、职工信赖",
        )  # fmt: skip
        race = elections.add_race(election, office="member", seats=5, by=chair)
        elections.add_race(election, office="chair", seats=1, by=chair)
        inside = Person.objects.active().filter(subtree(org.path, field="org")).order_by("pk")[:6]
        for person in inside:
            elections.add_candidate(race, person, by=chair)
        for number, name in enumerate(steps):
            elections.take_step(election, name, by=chair, on=self._ago(12 - number * 4))

    def look_around(self) -> None:
        for said in offices.PROSPECTS:
            organisation.register_prospect(
                self.seed.orgs[said.body], by=self.city, unit=said.unit, sort=said.sort,
                workers=said.workers, women=said.women, contact=said.contact,
                found_on=self._ago(said.days), keeper=self.city.person,
                surveys=[(self._ago(days), text) for days, text in said.surveys],
                steps=said.steps,
            )  # fmt: skip
        for one in offices.CONTACTS:
            organisation.register_contact(
                self.seed.orgs[one.body], by=self.city, name=one.name, sort=one.sort,
                place=one.place,
                exchanges=[
                    {"on": self._ago(days), "subject": what, "people": count, "gained": gained}
                    for days, what, count, gained in one.exchanges
                ],
            )  # fmt: skip

    def move_people(self) -> None:
        """Some who are not members apply; some members are on their way to another union."""
        for number, row in enumerate(self._standing("machinery", Standing.WORKER)[:7]):
            person = row.person
            application = membership.apply(
                person, by=self.lives.actor(person), consent=True,
                applied_on=self._ago(3 + number), words="愿意加入工会，遵守章程。",
            )  # fmt: skip
            if number > 4:
                chair = self.lives.able("membership.approve", "machinery")
                membership.JOINING.perform(application, "approve", by=chair, day=self._ago(1))
        for number, (key, to) in enumerate(
            (("chem", "gas"), ("store", "market"), ("post", "bank"))
        ):
            person = self._standing(key, Standing.MEMBER)[-1].person
            by = self.lives.able("membership.approve", key)
            transfer = membership.ask_transfer(person, self.seed.orgs[to], by=by, reason="工作调动")
            if number == 0:
                membership.HANDOVER.perform(transfer, "release", by=by, day=self.today)

    def _standing(self, key: str, standing: str) -> list[Membership]:
        org = self.seed.orgs[key]
        rows = Membership.objects.current().filter(standing=standing)
        return list(
            rows.filter(subtree(org.path, field="org")).select_related("person__org").order_by("pk")
        )

    def set_standards(self) -> None:
        """What the plans of this year ask of one's own membership, so that it is looked at."""
        year = self.today.year
        for key, body, value, title in offices.OWN_STANDARDS:
            set_standard(
                key,
                org=self.seed.orgs[body],
                value=value,
                since=date(year, 1, 1),
                paper=Paper(f"《{title.format(year=year)}》"),
                by=self.lives.able("regulations.set", body),
            )

    def send_a_roster(self) -> None:
        """The machinery company's list, with honest mistakes, waits to be looked at."""
        chair = Actor(self.seed.account_person("zhou"))
        text = "\n".join("\t".join(row) for row in self.roster_rows())
        paste(kinds["roster"], self.seed.orgs["machinery"], text, by=chair)

    def roster_rows(self) -> list[tuple[str, ...]]:
        own = [one for one in people() if one.body == "repair-1"][:9]
        rows: list[tuple[Any, ...]] = [
            (one.name, number_of(one, self.today), one.mobile, "机修一班", "合同制", "2023.5.6")
            for one in own
        ]
        first, second, third = rows[0], rows[1], rows[2]
        rows[1] = (second[0], second[1], "１３８００１３８０００", *second[3:])
        rows[2] = (third[0], third[1][:-1] + ("0" if third[1][-1] != "0" else "1"), *third[2:])
        new = ("11999919950412{}", "11999919880923{}", "11999919900101{}")
        numbers = [self._checked(one.format(f"{7 + n:03}")) for n, one in enumerate(new)]
        rows += [
            ("罗晓燕", numbers[0], "13912340001", "机修一班", "聘用", "2026年3月1日"),
            ("纪云鹏", numbers[1], "1391234000", "机修二班", "劳务派遣", ""),
            ("司马长风", numbers[2], "13912340003", "钣金班", "合同工", "20240510"),
            (first[0], first[1], *first[2:]),
            ("毕秀兰", "1.19999E+17", "13912340004", "机修一班", "合同制", "2024/13/05"),
        ]
        return [offices.ROSTER_HEAD, *(tuple(map(str, row)) for row in rows)]

    @staticmethod
    def _checked(first: str) -> str:
        return first + id_check(first)
