"""What a person is besides their record: read from dated records, never written (domain §3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from gonghui.core.orgs.models import UNIT, UPPER, WITHIN, Function
from gonghui.kit.prepared import about
from gonghui.kit.registry import Registry
from gonghui.kit.rules import Rule, everybody

from .models import Person, Post


@dataclass(frozen=True)
class Tag:
    """A word beside a name: whoever has one of these ``rows`` on a day carries it.

    ``view`` says who may know of a row; where it asks for a capability, ``needs`` names it, and
    nobody else is even offered the word.
    """

    code: str
    label: str
    rows: Callable[[date], QuerySet[Any]]
    view: Rule = everybody
    needs: str = ""

    def held(self, day: date, actor: Any) -> QuerySet[Any]:
        """The records that give it on a day, as far as the actor may know of them."""
        return self.view.narrow(self.rows(day), actor).order_by()

    def people(self, day: date, actor: Any) -> QuerySet[Any]:
        """The numbers of the people who carry it."""
        return self.held(day, actor).values("person")


tags: Registry[Tag] = Registry("tags")


def offered(actor: Any) -> list[Tag]:
    """The words an actor may know of."""
    return [tag for tag in tags if not tag.needs or actor.can(tag.needs)]


def with_tags(people: QuerySet[Person], day: date, actor: Any) -> QuerySet[Person]:
    """Ready for ``words_of``: whether each word holds is asked with the people themselves."""
    held = {tag.code: tag.held(day, actor).filter(person=OuterRef("pk")) for tag in offered(actor)}
    return people.annotate(**{f"tag_{code}": Exists(rows) for code, rows in held.items()})


def words_of(person: Person) -> list[str]:
    """The words beside a name; of a person read ``with_tags``."""
    return [tag.label for tag in tags if getattr(person, f"tag_{tag.code}", None)]


def words_on(person: Person, day: date, actor: Any) -> list[str]:
    """The words beside one name, in one query."""

    def asked(pk: int) -> QuerySet[Any]:
        parts = [
            tag.held(day, actor).filter(person=pk).values(said=Value(tag.code))
            for tag in offered(actor)
        ]
        return parts[0].union(*parts[1:])

    found = {row["said"] for row in about(person.pk, ("tags", actor.key, day), asked)}
    return [tag.label for tag in tags if tag.code in found]


COMMITTEES = (Function.UNION, Function.STANDING, Function.AUDIT, Function.WOMEN)


def _held_at(day: date, where: Q) -> QuerySet[Post]:
    return Post.objects.held(day).filter(where)


def _in_bodies(functions: Iterable[str]) -> Callable[[date], QuerySet[Post]]:
    return lambda day: _held_at(day, Q(org__function__in=tuple(functions)))


def officers(day: date) -> QuerySet[Post]:
    """Posts of a union itself, or of a committee its members elect."""
    union = Q(org__kind__in=UPPER | UNIT | WITHIN)
    return _held_at(day, union | Q(org__function__in=COMMITTEES))


for _tag in (
    Tag("officer", "工会干部", officers),
    Tag("delegate", "会员代表", _in_bodies([Function.CONGRESS])),
    Tag("worker_delegate", "职工代表", _in_bodies([Function.WORKERS_CONGRESS])),
):
    tags.add(_tag.code, _tag)
