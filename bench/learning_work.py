"""What is asked of study rules, over data of its own: rules, credits, leave, days of hire."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from gonghui.apps.learning.models import Hire, Leave, Season, StudyItem, StudyRule
from gonghui.apps.learning.queries.judged import Court
from gonghui.apps.learning.queries.lives import Scope
from gonghui.apps.learning.queries.person import standing_of
from gonghui.apps.learning.queries.standing import court, worst
from gonghui.apps.learning.queries.told import all_told
from gonghui.core.credits.kinds import kinds
from gonghui.core.credits.models import Credit
from gonghui.core.indicators.families import plans
from gonghui.core.indicators.reading import is_large
from gonghui.core.indicators.registry import all_parts, indicators
from gonghui.core.indicators.rolling import make, make_first
from gonghui.core.indicators.working import ancestors
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period
from gonghui.site.movement import HEADS, read

BATCH = 2000
# kinds | measure | least | every | carry | terms: ten rules of two items each, all sorts.
ITEMS = (
    (("book", "reflection"), ("term", "term")),
    (("note", "note"), ("month", "year")),
    (("learning", "contribution"), ("week", "term")),
    (("course", "course"), ("year", "school_year")),
    (("learning", "paper"), ("month", "year")),
)
EARNED = ("note", "book", "reflection", "course", "learning", "learning", "contribution")


class Learning:
    """Ten rules at the top, seven credits a head, leave for some, a day of hire for all."""

    def __init__(self) -> None:
        self.day = timezone.localdate()
        self.root = Org.objects.filter(parent=None).order_by("pk")[0]
        self.random = random.Random(5)
        people = Person.objects.active().filter(org__within=(self.root.path,))
        self.people = list(people.order_by("pk").values_list("pk", "org_id"))
        self.rules = [self._rule(number) for number in range(10)]
        self._calendar()
        Credit.objects.bulk_create(self._credits(), batch_size=BATCH)
        Leave.objects.bulk_create(self._leaves(), batch_size=BATCH)
        hired = (Hire(person_id=pk, on=self._ago(9000)) for pk, _ in self.people)
        # The demo city in the middle has a few of its own.
        Hire.objects.bulk_create(hired, batch_size=BATCH, ignore_conflicts=True)
        self.keep()
        self.one = Person.objects.select_related("org").get(
            pk=self.people[len(self.people) // 2][0]
        )

    def works(self) -> dict[str, Callable[[], object]]:
        return {
            "ten rules over all people": self.all,
            "one rule by unit": self.by_unit,
            "one person's page": lambda: standing_of(self.one, self.day),
            "the city's page": lambda: read(self.root, Period.of_year(self.day.year), self.day),
        }

    def keep(self) -> None:
        """What each night makes of a large tree, for the figures of the city's page alone."""
        if not is_large(Org.objects.below(self.root)):
            return
        codes = {part.code for part in all_parts(indicators[code] for code in HEADS)}
        wanted = [plan for plan in plans() if codes & set(plan.codes)]
        with ancestors():
            for source in {plan.source for plan in wanted}:
                make_first(source)
            for plan in wanted:
                make(plan)

    def all(self) -> object:
        judged = Court(Scope(path=self.root.path), all_told(Q(pk__in=self.rules)), self.day)
        return Counter(one.verdict.state for one in judged.stands())

    def by_unit(self) -> object:
        return worst(court(self.root, self.rules[:1], self.day).stands())

    def _rule(self, number: int) -> int:
        kinds_, every = ITEMS[number % len(ITEMS)]
        rule = StudyRule.objects.create(
            org=self.root,
            title=f"制度{number}",
            since=date(self.day.year - 1, 1, 1),
            excuses=["sick", "maternity"],
            by_workdays=number % 2 == 1,
            from_month=36 if number == 9 else None,
        )
        for kind, turn in zip(kinds_, every, strict=True):
            StudyItem.objects.create(
                rule=rule,
                label=kind,
                kinds=[kind],
                measure="times" if kind == "learning" else "amount",
                least=Decimal(2 if kind == "course" else 1),
                every=turn,
                carry=Decimal(10) if turn == "year" and kind == "course" else None,
            )
        return rule.pk

    def _calendar(self) -> None:
        for kind, name in (("term", "学期"), ("school_year", "学年")):
            Season.objects.create(
                org=self.root,
                kind=kind,
                name=name,
                start=self.day - timedelta(days=80),
                end=self.day + timedelta(days=70),
            )

    def _ago(self, days: int) -> date:
        return self.day - timedelta(days=self.random.randrange(days))

    def _credits(self) -> Iterator[Credit]:
        kept, now = ContentType.objects.get_for_model(Person), timezone.now()
        for pk, org in self.people:
            for number, kind in enumerate(EARNED):
                yield Credit(
                    org_id=org,
                    person_id=pk,
                    kind=kind,
                    role="own",
                    unit=kinds[kind].unit,
                    amount=Decimal(1 + number % 3),
                    on=self._ago(120),
                    words="学习",
                    record_type=kept,
                    record_id=pk * 10 + number,
                    confirmed_at=now,
                )

    def _leaves(self) -> Iterator[Leave]:
        for pk, _ in self.people[::50]:
            since = self._ago(100)
            until = since + timedelta(days=30 + pk % 90)
            yield Leave(person_id=pk, kind="maternity", since=since, until=until)
