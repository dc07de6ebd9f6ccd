"""Rules and terms as the calculus takes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q

from gonghui.core.credits.kinds import kinds as credit_kinds
from gonghui.core.credits.models import Unit
from gonghui.core.orgs.models import STEP
from gonghui.core.people.models import Standing
from gonghui.core.regulations.holidays import work_calendar
from gonghui.kit.dates import Period

from ..engine.facts import WHOLE, Item, Rounding, Rule
from ..engine.slots import Calendar, Every, Slot
from ..models import Measure, Season, StudyItem, StudyRule, Who

STANDINGS = {
    Who.MEMBERS: frozenset({Standing.MEMBER.value}),
    Who.EVERYBODY: frozenset({Standing.MEMBER.value, Standing.WORKER.value}),
}


@dataclass(frozen=True)
class Told:
    """A rule in both shapes: as it is kept and as it is reckoned; the items in one order."""

    kept: StudyRule
    rule: Rule
    items: tuple[StudyItem, ...]

    def pairs(self) -> Iterator[tuple[StudyItem, Item]]:
        return zip(self.items, self.rule.items, strict=True)


def hundredths(amount: Decimal | None) -> int:
    return int((amount or 0) * WHOLE)


def unit_words(item: StudyItem) -> str:
    """What an item counts: 次, or the unit of its kinds of credit."""
    if item.measure == Measure.TIMES:
        return str(Unit.TIME.label)
    units = {credit_kinds[kind].unit for kind in item.kinds if kind in credit_kinds}
    return str(units.pop().label) if len(units) == 1 else "项"


def told(rule: StudyRule, items: Iterable[StudyItem]) -> Told:
    """A rule with its items, saved or not."""
    kept = tuple(items)
    return Told(
        rule,
        Rule(
            number=rule.pk or 0,
            path=rule.org.path,
            since=rule.since,
            until=rule.until,
            standings=STANDINGS[Who(rule.who)],
            kinds=frozenset(rule.kinds),
            employments=frozenset(rule.employments),
            titles=frozenset(rule.titles),
            from_month=rule.from_month,
            to_month=rule.to_month,
            excuses=frozenset(rule.excuses),
            part_time=rule.part_time,
            by_workdays=rule.by_workdays,
            rounding=Rounding(rule.rounding),
            items=tuple(_item(one, number) for number, one in enumerate(kept)),
            begun=rule.begun_on,
            is_replaced=rule.is_replaced,
        ),
        kept,
    )


def _item(item: StudyItem, number: int) -> Item:
    return Item(
        number=item.pk or -number,
        label=item.label,
        least=hundredths(item.least),
        unit=unit_words(item),
        every=Every(item.every),
        most=hundredths(item.most) if item.most else None,
        months=item.months or 0,
        carry=hundredths(item.carry),
        in_terms=item.in_terms,
    )


def all_told(where: Q) -> list[Told]:
    """Rules by a condition, with their items; two queries."""
    rows = StudyRule.objects.filter(where).select_related("org").prefetch_related("items")
    return [told(rule, rule.items.all()) for rule in rows]  # type: ignore[attr-defined]  # the reverse name


class Calendars:
    """The terms and school years each body goes by: its own, else the nearest above it."""

    def __init__(self) -> None:
        rows = Season.objects.order_by("start").values_list(
            "org__path", "kind", "start", "end", "name"
        )
        self._own: dict[tuple[str, str], list[Slot]] = defaultdict(list)
        for path, kind, start, end, name in rows:
            self._own[path, kind].append(Slot(Period(start, end), name))
        self._made: dict[tuple[Any, ...], Calendar] = {}
        self._at: dict[str, Calendar] = {}

    @cached_property
    def _work(self) -> Any:
        return work_calendar()

    def at(self, path: str) -> Calendar:
        if path not in self._at:
            terms = self._nearest(path, Season.Kind.TERM)
            years = self._nearest(path, Season.Kind.SCHOOL_YEAR)
            key = (terms, years)
            if key not in self._made:
                self._made[key] = Calendar(terms, years, self._work)
            self._at[path] = self._made[key]
        return self._at[path]

    def _nearest(self, path: str, kind: str) -> tuple[Slot, ...]:
        for end in range(len(path), 0, -STEP):
            if (path[:end], kind) in self._own:
                return tuple(self._own[path[:end], kind])
        return ()
