"""Rounds of the demo: one in every stage, from applications to titles that were renewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from gonghui.apps.evaluation import api as evaluation
from gonghui.apps.titles.api import end_title, titles_of
from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person, Post
from gonghui.kit.deadlines import add_years

from .lives import Lives

TEAMS = (
    "freight-load-1a", "freight-load-1b", "freight-load-2a", "freight-fleet-a", "freight-works-a",
)  # fmt: skip
UNITS = ("post", "store", "bank", "market")
CASTING = ("casting-1", "casting-2", "casting-3", "casting-melt")
ASSEMBLY = ("assembly-1", "assembly-2", "assembly-3")
REPAIR = ("repair-1", "repair-2")
HOMES = ("finance", "archive")
TERM = 2
MET = 10  # days after the opening members met and voted on paper
PEOPLE = ("team", "officer", "member")
WORTH = "肯学肯钻，带出了徒弟，班组里有口皆碑。"
WHY = "班前学习天天有，技能比武人人上，合理化建议逐条有回音。"
HOMELY = "按期换届，制度上墙，会员有事工会管，逢年过节必走访。"
WORDS = "见班组台账和签到表。"
KEPT = "复查台账，学习没有间断，保持原等次。"
GONE = "班组撤并，不再具备条件。"
SEEN = "查了台账，看了学习园地，与申报一致。"


def hold_rounds(lives: Lives, schemes: dict[str, Any]) -> None:
    """The freight union's three grades of last year; this year's rounds stand where they stand."""
    today = lives.today
    _awarded(lives, schemes["freight"], today)
    _noticed(lives, schemes["freight"], today)
    _ranked(lives, schemes["machinery"], CASTING, "铸造车间学习型班组评估", "ranking")
    _ranked(lives, schemes["machinery"], ASSEMBLY, "装配车间学习型班组评估", "visiting")
    _rated(lives, schemes["commerce"])
    _voted(lives, schemes["city"], HOMES, "职工之家评估", HOMELY)
    _voted(lives, schemes["machinery"], REPAIR, "机修车间学习型班组评估", WHY)


class _Played:
    """A round and who holds it."""

    def __init__(self, lives: Lives, scheme: Any, title: str, opened: date, **more: Any) -> None:
        self.lives, self.opened = lives, opened
        self.by = lives.able("evaluation.write", _body(lives, scheme.org))
        self.round = evaluation.plan_round(
            scheme.org, scheme, title=title, since=add_years(opened, -1), until=opened,
            apply_from=opened, apply_until=opened + timedelta(days=20), term_years=TERM,
            by=self.by, **more,
        )  # fmt: skip
        self.step("begin")

    def step(self, name: str, **said: Any) -> None:
        self.round = evaluation.move_round(self.round, name, by=self.by, **said)

    def put_forward(self, orgs: Sequence[Org], *, handed: bool = True, reason: str = "") -> None:
        """Each a little weaker than the one before; the last two alike."""
        for at, org in enumerate(orgs):
            made = evaluation.apply(
                self.round, org, reason=reason or WHY, by=self.by, on=self.opened
            )
            if handed:
                share = 100 - 6 * min(at, len(orgs) - 2)
                evaluation.look_through(made, share, words=WORDS, by=self.by, on=self.opened)

    def visited(self, tellers: tuple[Actor, Actor]) -> None:
        day = self.opened + timedelta(days=MET)
        evaluation.visit_all(self.round, words=SEEN, tellers=tellers, by=self.by, on=day)


def _body(lives: Lives, org: Org) -> str:
    return next(key for key, one in lives.seed.orgs.items() if one.pk == org.pk)


def _tellers(lives: Lives, played: _Played) -> tuple[Actor, Actor]:
    return played.by, lives.actor(lives.seed.account_person("admin"))


def _awarded(lives: Lives, scheme: Any, today: date) -> None:
    """A year ago: three grades, of which one was since lowered."""
    opened = add_years(today, -1)
    title = f"{opened.year}年学习型班组申报评比"
    played = _Played(lives, scheme, title, opened, quotas=[["学习型标兵班组", 2]])
    played.put_forward([lives.seed.orgs[key] for key in TEAMS[:4]])
    played.step("visit")
    played.visited(_tellers(lives, played))
    played.step("rank")
    played.step("publish", on=opened + timedelta(days=25))
    played.step("award", on=opened + timedelta(days=50))
    held = titles_of(scheme.org)
    end_title(held[0], "renew", by=played.by, until=add_years(held[0].until, TERM), reason=KEPT)
    end_title(held[-1], "withdraw", by=played.by, reason=GONE)


def _noticed(lives: Lives, scheme: Any, today: date) -> None:
    """This year's result stands in public since today."""
    opened = today - timedelta(days=20)
    title = f"{today.year}年学习型班组申报评比"
    played = _Played(lives, scheme, title, opened)
    played.put_forward([lives.seed.orgs[key] for key in TEAMS])
    played.step("visit")
    played.visited(_tellers(lives, played))
    played.step("rank")
    played.step("publish", on=today)


def _ranked(lives: Lives, scheme: Any, teams: Sequence[str], title: str, state: str) -> None:
    """Two that are equal, with one place between them; or not ranked yet."""
    opened = lives.today - timedelta(days=15)
    most = len(teams) - 1
    played = _Played(lives, scheme, title, opened, quotas=[["标兵", most], ["先进", most]])
    played.put_forward([lives.seed.orgs[key] for key in teams])
    played.step("visit")
    if state == "ranking":
        played.visited(_tellers(lives, played))
        played.step("rank")


def _rated(lives: Lives, scheme: Any) -> None:
    """Mutual rating under way at the industrial union, and a round that takes applications."""
    opened = lives.today - timedelta(days=5)
    year = lives.today.year
    played = _Played(lives, scheme, f"{year}年度工会工作先进单位评选", opened, raters_each=2)
    orgs = [lives.seed.orgs[key] for key in UNITS]
    played.put_forward(orgs)
    evaluation.name_raters(played.round, _chairs(orgs, lives.today), by=played.by)
    played.step("rate")
    evaluation.give_some(played.round)
    open_ = _Played(lives, scheme, f"{year}年工会工作单项评选", lives.today)
    open_.put_forward(orgs[:2], handed=False)


def _voted(lives: Lives, scheme: Any, bodies: Sequence[str], title: str, why: str) -> None:
    """Members were asked of the first, whose vote counts; they are being asked of the second."""
    opened = lives.today - timedelta(days=9)
    played = _Played(lives, scheme, f"{lives.today.year}年{title}", opened)
    orgs = [lives.seed.orgs[key] for key in bodies]
    played.put_forward(orgs, handed=False, reason=why)
    over, running = (played.round.contenders.get(org=org) for org in orgs)
    days = {"since": opened, "until": lives.today - timedelta(days=2)}
    evaluation.hold_vote(over, share=90, by=played.by, **days)
    days = {"since": lives.today - timedelta(days=2), "until": lives.today + timedelta(days=5)}
    evaluation.hold_vote(running, share=60, by=played.by, **days)


def judge_people(lives: Lives, scheme: Any) -> None:
    """Who knows their work best: two are put forward and handed in, a third still looks."""
    opened = lives.today - timedelta(days=6)
    played = _Played(lives, scheme, f"{lives.today.year}年知识型职工评选", opened)
    for name in PEOPLE:
        person = lives.seed.account_person(name)
        made = evaluation.apply(
            played.round, person.org, person=person, reason=WORTH, by=played.by, on=opened
        )
        if name != PEOPLE[-1]:
            evaluation.look_through(made, 90, words=WORDS, by=played.by, on=opened)


def _chairs(orgs: list[Org], today: date) -> list[Person]:
    held = Post.objects.held(today).filter(org__in=orgs, person__left_on=None)
    posts = held.select_related("person").order_by("org_id", "pk")
    first: dict[int, Person] = {}
    for post in posts:
        first.setdefault(post.org_id, post.person)
    return list(first.values())
