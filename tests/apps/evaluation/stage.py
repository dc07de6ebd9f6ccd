"""A round to play with: four unions of the city, a scheme with an item of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import time_machine

from gonghui.apps.evaluation.actions import judging, sheets
from gonghui.apps.evaluation.flow import CONTENDER, ROUND
from gonghui.apps.evaluation.models import Contender, Review, Round
from gonghui.apps.evaluation.queries.raters import rated_items
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.regulations.shipping import ship_standards
from tests.cast import Cast
from tests.factories.evaluation import (
    BandFactory,
    CriterionFactory,
    RaterFactory,
    RoundFactory,
    SchemeFactory,
)
from tests.factories.organisation import OrgFactory, PersonFactory

MONDAY = date(2026, 11, 30)
# Item | marks | how | who says it | more
ITEMS = (
    ("A", 20, "linear", "records",
     {"indicator": "membership.rate", "zero_at": 0, "full_at": 100}),
    ("B", 20, "linear", "self", {"zero_at": 0, "full_at": 10}),
    ("C", 10, "deduct", "self", {"each": 2}),
    ("D", 10, "ticks", "upper", {"options": [["有制度", "6"], ["有记录", "4"]]}),
    ("E", 20, "mark", "peers", {}),
    ("F", 20, "linear", "members", {"zero_at": 60, "full_at": 90}),
    ("G", 5, "each", "self", {"each": 1, "is_bonus": True}),
    ("V", 0, "veto", "upper", {}),
)  # fmt: skip


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), tick=False)


@dataclass
class Stage:
    """A round of the city with its unions, and the people who work for it."""

    cast: Cast
    round: Round
    unions: list[Org]

    @property
    def carol(self):
        return self.cast.actor("carol")

    def item(self, contender: Contender, code: str):
        return contender.lines.get(criterion__code=code)

    def step(self, name: str, **said: object) -> None:
        self.round = ROUND.perform(self.round, name, by=self.carol, **said)

    def apply(self, org: Org, b: str = "8", c: str = "1", **more: str) -> Contender:
        """Applied, looked through and handed in by the city's officer."""
        made = sheets.apply(self.round, org, by=self.carol, reason="一年来坚持学习")
        for code, value in {"B": b, "C": c, **more}.items():
            sheets.check_item(
                self.item(made, code), by=self.carol, value=value, words="见台账", files=[]
            )
        return CONTENDER.perform(made, "hand_in", by=self.carol)

    def rate_all(self, marks: dict[int, str], other: str = "15") -> None:
        """Everybody drawn gives what is said for the contender."""
        for review in Review.objects.filter(contender__round=self.round):
            items = {str(one.pk): marks.get(review.contender_id, other) for one in self.items}
            judging.give_marks(review, marks=items, words="", by=self.carol)

    @property
    def items(self):
        return rated_items(self.round)

    def visit(self, contender: Contender, *, veto: bool = False) -> None:
        """Everything on the spot is right; the members' vote is entered by two."""
        ticks = ["有制度", "有记录"]
        sheets.visit_item(self.item(contender, "D"), by=self.carol, value=ticks, words="", files=[])
        sheets.visit_item(self.item(contender, "V"), by=self.carol, value=veto, words="", files=[])
        line = self.item(contender, "F")
        for teller in ("carol", "erin"):
            sheets.count_votes(line, by=self.cast.actor(teller), yes=90, cast=100)


def make_stage(cast: Cast, opened: date = MONDAY) -> Stage:
    ship_standards()
    scheme = SchemeFactory(org=cast.city, state="issued", bonus_cap=Decimal(3))
    for place, (code, weight, method, filler, more) in enumerate(ITEMS):
        CriterionFactory(
            scheme=scheme, code=code, name=f"项目{code}", weight=weight, method=method,
            filler=filler, position=place, **more,
        )  # fmt: skip
    for title, least in (("标兵", 70), ("优胜", 60), ("学习型", 50)):
        BandFactory(scheme=scheme, title=title, at_least=least)
    round_ = RoundFactory(
        org=cast.city, scheme=scheme, apply_from=opened, apply_until=opened + timedelta(days=10),
        raters_each=2,
    )  # fmt: skip
    unions = [
        OrgFactory(parent=cast.city, kind=Kind.GRASSROOTS, name=f"第{number}工会")
        for number in range(4)
    ]
    for union in unions:
        RaterFactory(round=round_, person=PersonFactory(org=union))
    stage = Stage(cast, round_, unions)
    stage.step("begin")
    return stage
