"""Leads every plan of the demo through its life by the doors the screens use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any

from gonghui.apps.plans import api
from gonghui.core.access.actor import Actor
from gonghui.core.documents.inbound import read_upload
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.blocks import plain_blocks

from .city import BODY
from .papers import WORD_PLANS, word_file
from .passing import PASSED_DOWN
from .people import holder, posts
from .plans import PLANS, DemoPlan
from .seed import Seed

_WRITERS = ("宣教委员", "副主席", "委员", "主席", "分会主席", "部长")
_REVIEWERS = ("主席", "副主席")
_CLOSING = "全年任务基本完成，未完成的转入下一年度计划，总结材料已报上级工会。"
_PATTERN = {"industry": "industry", "joint": "industry", "federation": "organ"}
PATTERN_PACE = 82
AUTUMN = 10


@dataclass
class Lives:
    """The plans that were raised, by key, and the people who act for each body."""

    seed: Seed
    today: date
    plans: dict[str, Any] = field(default_factory=dict)
    _actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, person: Person) -> Actor:
        """One actor a person, whose reach is read once."""
        return self._actors.setdefault(person.pk, Actor(person))

    def writer(self, body: str) -> Actor:
        return self._able("plans.write", body, _WRITERS)

    def reviewer(self, body: str) -> Actor:
        return self._able("plans.review", body, _REVIEWERS)

    def able(self, capability: str, body: str) -> Actor:
        """Who holds the capability over a body, by a post there or above."""
        return self._able(capability, body, (*_REVIEWERS, *_WRITERS))

    def _able(self, capability: str, body: str, titles: tuple[str, ...]) -> Actor:
        """Who holds the capability over a body by a post there, or else in a body above."""
        org = self.seed.orgs[body]
        for key in _upwards(body):
            for title in titles:
                serial = holder(key, title)
                actor = self.actor(self.seed.people[serial]) if serial else None
                if actor and actor.can(capability, at=org):
                    return actor
        raise LookupError(f"nobody holds {capability} over {body}")

    @cached_property
    def open_plans(self) -> dict[str, Any]:
        """Body → the first plan that it works from."""
        found: dict[str, Any] = {}
        for key, plan in self.plans.items():
            body = next((p.body for p in PLANS if p.key == key), key)
            if plan.is_open:
                found.setdefault(body, plan)
        return found


def _upwards(body: str | None) -> Iterator[str]:
    while body:
        yield body
        body = BODY[body].parent


def raise_plans(seed: Seed, today: date) -> Lives:
    """Every plan of the demo as it was before anything was done; the caller holds the transaction.

    Units that accept tasks from above and wrote no plan of their own begin with our pattern.
    """
    lives = Lives(seed, today)
    for plan in PLANS:
        lives.plans[plan.key] = _raised(lives, plan)
    own = {plan.body for plan in PLANS if plan.state == "running"}
    for body in dict.fromkeys(b for p in PASSED_DOWN for b, state in p.units if state != "sent"):
        if body not in own:
            lives.plans[body] = _begun(lives, body)
    return lives


def _year(plan: DemoPlan, today: date) -> int:
    """A plan that is under review in the autumn is the next year's."""
    is_next = plan.state in ("submitted", "returned") and today.month >= AUTUMN
    return today.year + 1 if is_next else today.year


def _raised(lives: Lives, plan: DemoPlan) -> Any:
    year, by = _year(plan, lives.today), lives.writer(plan.body)
    starts_on, ends_on = plan.span(year)
    made = api.create_plan(
        lives.seed.orgs[plan.body],
        title=plan.titled(year),
        kind=plan.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        upper_documents=[
            (p.issuer, p.number.replace("{year}", str(plan.year(year))), p.spirit)
            for p in plan.papers
        ],
        guidance=plan.guidance,
        main_line=plan.main_line,
        theme=plan.theme,
    )
    _read(made, plan, year, by)
    if plan.state == "draft":
        return made
    made = api.move_plan(made, "submit", by=by)
    _give_out(lives, made, plan)
    if plan.state == "submitted":
        return made
    judge = lives.reviewer(plan.body)
    if plan.state == "returned":
        return api.move_plan(made, "return", by=judge, reason=plan.verdict)
    approved_on = min(date(plan.year(year), *plan.approved), lives.today)
    return _issued(made, by, judge, meeting=plan.meeting, on=approved_on)


def _read(made: Any, plan: DemoPlan, year: int, by: Actor) -> None:
    """The union's own file where it keeps one in Word, else its text as pasted."""
    if plan.key in WORD_PLANS:
        name, content = word_file(plan.key, year)
        paper = read_upload(BytesIO(content), name)
        api.read_into(made, paper.blocks, source=paper.text, name=name, by=by)
    else:
        text = plan.text(year)
        api.read_into(made, plain_blocks(text), source=text, name="粘贴的文字", by=by)


def _issued(made: Any, by: Actor, judge: Actor, *, meeting: str, on: date) -> Any:
    api.move_plan(made, "approve", by=judge, approved_by=meeting, approved_on=on)
    api.move_plan(made, "issue", by=judge)
    return api.move_plan(made, "run", by=by)


def _begun(lives: Lives, body: str) -> Any:
    """A unit's plan from one of our patterns."""
    year, by = lives.today.year, lives.writer(body)
    org = lives.seed.orgs[body]
    made = api.create_plan(
        org,
        title=f"{org.name}{year}年工作计划",
        kind="annual",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        by=by,
    )
    api.begin_from_pattern(made, _PATTERN.get(BODY[body].kind, "enterprise"), by=by)
    made = api.move_plan(made, "submit", by=by)
    _give_out(lives, made, DemoPlan("", body, org.name, "annual"))
    on = min(date(year, 1, 25), lives.today)
    return _issued(made, by, lives.reviewer(body), meeting="本会委员会会议", on=on)


def close_plans(lives: Lives) -> None:
    """Sum up and file those whose year is over."""
    for plan in PLANS:
        if plan.state == "closed":
            judge = lives.reviewer(plan.body)
            api.move_plan(lives.plans[plan.key], "close", by=judge, closing=_CLOSING)


def _give_out(lives: Lives, made: Any, plan: DemoPlan) -> None:
    """Every task to a body or a person: as the demo says, as its words say, or by its area."""
    owners: dict[int, tuple[Person | None, Org | None]] = {}
    held = {post.title: post.serial for post in reversed(posts()) if post.body == plan.body}
    for item in made.items.filter(kind="task"):
        body = next((body for words, body in plan.owned_by if words in item.text), None)
        if body:
            owners[item.pk] = None, lives.seed.orgs[body]
        elif person := _owner(lives, plan, item, held):
            owners[item.pk] = person, None
    api.assign_owners(made, owners, by=lives.writer(plan.body))


def _owner(lives: Lives, plan: DemoPlan, item: Any, held: dict[str, int]) -> Person | None:
    """A task without an area or a day stays without an owner until somebody asks for it."""
    named = next((name for words, name in plan.given_to if words in item.text), None)
    if named:
        return lives.seed.account_person(named)
    serial = next((held[title] for title in held if title in item.owner_words), None)
    if serial is None and (item.area or item.due_on):
        serial = holder(plan.body, *plan.owner_titles(item.area))
    return lives.seed.people[serial] if serial else None
