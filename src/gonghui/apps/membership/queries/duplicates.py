"""Records that may be of one person: same number, same name and birthday, same name and mobile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, groupby, islice
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Identity, Person
from gonghui.kit.prepared import about

from ..models import NotSame
from ..rules import PERSON_RULES

SHOWN = 10
MOST = 500  # pairs listed at a time, and told of in a night

Pair = tuple[Person, Person, str]
Apart = frozenset[int]  # the numbers of two records of two people


def alike(person: Person, actor: Actor) -> list[tuple[Person, str]]:
    """Whoever else the person may be, of those the actor keeps, with why."""
    name, born, apart = person.name, person.birth_date, _told_apart(person)

    def asked(pk: int) -> models.QuerySet[Person]:
        rows = PERSON_RULES["edit"].narrow(Person.objects.active(), actor)
        rows = rows.exclude(pk=pk).exclude(pk__in=apart).select_related("org")
        same_birth = Q(name=name, birth_date=born, birth_date__isnull=False)
        mine = Identity.objects.filter(person=pk, mobile_index__isnull=False)
        same_mobile = Q(name=name, identity__mobile_index__in=mine.values("mobile_index"))
        return rows.filter(same_birth | same_mobile).order_by("pk")[:SHOWN]

    found = about(person.pk, ("alike", name, born, tuple(apart), actor.key), asked)
    return [(one, _why(born, one)) for one in found]


def named_alike(name: str, actor: Actor) -> models.QuerySet[Person]:
    """People of the same name, while somebody new is being registered."""
    rows = PERSON_RULES["edit"].narrow(Person.objects.active(), actor)
    return rows.filter(name=name.strip()).select_related("org").order_by("pk")[:SHOWN]


def _why(birth_date: date | None, other: Person) -> str:
    same = birth_date is not None and other.birth_date == birth_date
    return "姓名和出生日期相同" if same else "姓名和手机号相同"


def _told_apart(person: Person) -> list[int]:
    def asked(pk: int) -> models.QuerySet[Any, Any]:
        rows = NotSame.objects.filter(Q(one=pk) | Q(other=pk))
        return rows.values_list("one", "other")

    pairs = about(person.pk, "told apart", asked)
    return [pk for pair in pairs for pk in pair if pk != person.pk]


def likely_pairs(
    rows: models.QuerySet[Person], wanted: Callable[[Person, Person], bool] | None = None
) -> list[Pair]:
    """The first pairs among these people nobody has told apart, the lower number first.

    However many were told apart already or are not ``wanted``: those are passed over.
    """
    apart = {frozenset(pair) for pair in NotSame.objects.values_list("one", "other")}
    new = _new(chain(_by_birth(rows, apart), _by_mobile(rows, apart)))
    return list(islice((p for p in new if wanted is None or wanted(p[0], p[1])), MOST))


def _new(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Each pair once, though it may be alike in both ways."""
    seen: set[Apart] = set()
    for one, other, why in pairs:
        key = frozenset((one.pk, other.pk))
        if key not in seen:
            seen.add(key)
            yield one, other, why


def _by_birth(rows: models.QuerySet[Person], apart: set[Apart]) -> Iterable[Pair]:
    dated = rows.filter(birth_date__isnull=False).order_by()
    twice = dated.values("name", "birth_date").annotate(n=Count("pk")).filter(n__gt=1)
    same = dated.filter(
        Exists(twice.filter(name=OuterRef("name"), birth_date=OuterRef("birth_date")))
    ).select_related("org")
    ordered = same.order_by("name", "birth_date", "pk")
    return _pairs(ordered, lambda p: (p.name, p.birth_date), apart)


def _by_mobile(rows: models.QuerySet[Person], apart: set[Apart]) -> Iterable[Pair]:
    """A family may share a mobile, so the name must be the same too."""
    reached = rows.filter(identity__mobile_index__isnull=False).order_by()
    twice = reached.values("name", "identity__mobile_index").annotate(n=Count("pk")).filter(n__gt=1)
    wanted = twice.filter(
        name=OuterRef("name"), identity__mobile_index=OuterRef("identity__mobile_index")
    )
    same = reached.filter(Exists(wanted)).select_related("org", "identity")
    ordered = same.order_by("name", "identity__mobile_index", "pk")
    return _pairs(ordered, lambda p: (p.name, bytes(p.identity.mobile_index)), apart)


def _pairs(
    rows: models.QuerySet[Person], key: Callable[[Person], object], apart: set[Apart]
) -> Iterator[Pair]:
    """Each with the first of its like from whom nobody has told them apart.

    So three records of one person are two pairs, and of two people as many as are left to ask.
    """
    for _, same in groupby(rows.iterator(chunk_size=MOST), key):
        met: list[Person] = []
        for person in same:
            others = (one for one in met if frozenset((one.pk, person.pk)) not in apart)
            if (other := next(others, None)) is not None:
                yield other, person, _why(other.birth_date, person)
            met.append(person)
