"""Figures of one person: the rows of a source that are about them, whichever body they lie in.

Records stay where they were made when people move, so a person's figure is no part of any body's.
Which records say what a person did or earned is told by the source (``personal``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, F, Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period

from .conditions import begun, held, is_asked_in_time, within
from .counting import Figure, Number, aggregates, by_source, number, put_together, that_count
from .registry import PERSON, PERSON_TIME, Declared, Indicator, Source, all_parts, indicators, parts


def fits_person(one: Declared) -> bool:
    """Whether it says something about one person; how many people there are does not."""
    return all(
        part.source.personal and part.personal and part.unit != PERSON for part in parts(one)
    )


def of_persons() -> list[Declared]:
    """Every indicator that may be asked of one person."""
    return [one for one in indicators if fits_person(one)]


def unit_for_person(one: Declared) -> str:
    """人次 of one person are times."""
    return "次" if one.unit == PERSON_TIME else one.unit


def person_figures(
    some: Iterable[Declared], person: Person, period: Period, *, among: Org
) -> dict[str, Figure]:
    """What is known of a person in a period."""
    return people_figures(some, [person.pk], period, among=among)[person.pk]


def people_figures(
    some: Iterable[Declared], people: Collection[int], period: Period, *, among: Org
) -> dict[int, dict[str, Figure]]:
    """Person → what is known of them in a period; two questions a source, however many they are.

    Nothing is 0 where such records are kept of anybody in ``among``, the body that asks, or of
    those asked about; where nobody there has any yet, it is not known.
    """
    wanted = [one for one in some if fits_person(one)]
    numbers: dict[int, dict[str, Number | None]] = {pk: {} for pk in people}
    for source, own in by_source(all_parts(wanted)).items():
        if not is_asked_in_time(source, period) or not _is_known(source, people, period, among):
            continue
        asked = aggregates(own, period)
        present = _about(source, people).filter(held(source, period)).order_by()
        found = present.values(of_=F(source.person)).annotate(**asked)
        lines = {row["of_"]: row for row in found}
        for pk, kept in numbers.items():
            line = lines.get(pk, dict.fromkeys(asked))
            kept |= {one.code: number(one, line, n) for n, one in enumerate(own)}
    return {pk: put_together(wanted, kept) for pk, kept in numbers.items()}


def person_rows(one: Indicator, person: Person, period: Period) -> QuerySet[Any]:
    """The very rows a person's figure counts, for nobody in particular."""
    if not fits_person(one) or not is_asked_in_time(one.source, period):
        return one.source.rows().none()
    return that_count(one, _about(one.source, [person.pk]), period)


def seen_person_rows(one: Indicator, person: Person, period: Period, by: Actor) -> QuerySet[Any]:
    """The same, as far as the reader may read them."""
    seen: QuerySet[Any] = one.source.rule.narrow(person_rows(one, person, period), by)
    return seen


def _about(source: Source, people: Collection[int]) -> QuerySet[Any]:
    return source.rows().filter(**{f"{source.person}__in": people})


def _is_known(source: Source, people: Collection[int], period: Period, among: Org) -> bool:
    before = begun(source, period)
    own, others = (rows.filter(before) for rows in (_about(source, people), within(source, among)))
    asked = Org.objects.filter(Q(Exists(own)) | Q(Exists(others)), pk=among.pk)
    return asked.order_by().exists()
