"""Rules say who may do what, once, as a database condition.

A rule maps an actor to a ``Q``; the same ``Q`` filters lists, guards one object and draws buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Case, Exists, Model, OuterRef, Q, QuerySet, When

M = TypeVar("M", bound=Model)

# An empty Q() is the identity of "|" and so cannot stand for "everybody".
NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY


@dataclass(frozen=True)
class Rule:
    """A condition on rows, given an actor; ``name`` and ``parts`` let ``gonghui why`` explain."""

    condition: Callable[[Any], Q]
    name: str = "rule"
    parts: tuple[Rule, ...] = ()

    def __call__(self, actor: Any) -> Q:
        return self.condition(actor)

    def __or__(self, other: Rule) -> Rule:
        return Rule(lambda actor: _either(self(actor), other(actor)), "or", (self, other))

    def __and__(self, other: Rule) -> Rule:
        return Rule(lambda actor: _both(self(actor), other(actor)), "and", (self, other))

    def __invert__(self) -> Rule:
        return Rule(lambda actor: _opposite(self(actor)), "not", (self,))

    def narrow(self, queryset: QuerySet[M], actor: Any) -> QuerySet[M]:
        """Keep the rows the actor may touch, without duplicating any.

        Conditions on forward keys filter directly, so that a page of a large table still walks an
        index; a condition through a to-many relation goes by ``Exists``.
        """
        condition = self(actor)
        if condition == EVERYBODY:
            return queryset
        if _follows_forward_keys_only(queryset.model, condition):
            return queryset.filter(condition)
        base = queryset.model._base_manager
        return queryset.filter(Exists(base.filter(condition, pk=OuterRef("pk"))))

    def allows(self, actor: Any, obj: Model) -> bool:
        """Whether the actor may touch this object, as the database has it now."""
        return type(obj)._base_manager.filter(self(actor), pk=obj.pk).exists()

    def explain(self, actor: Any, obj: Model, depth: int = 0) -> Iterator[tuple[int, str, bool]]:
        """Each operand with its depth, its name and whether it holds for the object."""
        yield depth, self.name, self.allows(actor, obj)
        for part in self.parts:
            yield from part.explain(actor, obj, depth + 1)


def _either(left: Q, right: Q) -> Q:
    """What one of the two allows; a part that another part includes already is not said again."""
    if EVERYBODY in (left, right):
        return EVERYBODY
    parts: list[Q] = []
    for part in (*_parts(left, Q.OR), *_parts(right, Q.OR)):
        if part == NOBODY or any(_includes(kept, part) for kept in parts):
            continue
        parts = [*(kept for kept in parts if not _includes(part, kept)), part]
    return reduce(or_, parts) if parts else NOBODY


def _both(left: Q, right: Q) -> Q:
    if NOBODY in (left, right):
        return NOBODY
    if left == right or right == EVERYBODY:
        return left
    return right if left == EVERYBODY else left & right


def _parts(condition: Q, connector: str) -> list[Q]:
    """The operands of a condition joined that way; itself where it is one alone."""
    if condition.negated or condition.connector != connector or len(condition.children) < 2:
        return [condition]
    return [one if isinstance(one, Q) else Q(one) for one in condition.children]


def any_of(condition: Q) -> Iterator[tuple[str, Any]]:
    """The lookups of which each alone is enough for the condition to hold."""
    for part in _parts(condition, Q.OR):
        if not part.negated and len(part.children) == 1 and isinstance(part.children[0], tuple):
            yield part.children[0]


def _includes(wider: Q, narrower: Q) -> bool:
    """Whether every row of the narrower is one of the wider for certain: A includes A & B."""
    asked = _parts(narrower, Q.AND)
    return all(part in asked for part in _parts(wider, Q.AND))


def _opposite(condition: Q) -> Q:
    if condition == EVERYBODY:
        return NOBODY
    return EVERYBODY if condition == NOBODY else ~condition


def _follows_forward_keys_only(model: type[Model], condition: Q) -> bool:
    return all(_is_forward(model, lookup) for lookup in _lookups(condition))


def _lookups(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _lookups(child)
        elif isinstance(child, tuple):  # else it is what ``pointed_at`` asks, which joins nothing
            yield child[0]


def _is_forward(model: type[Model], lookup: str) -> bool:
    for name in lookup.split("__"):
        if name == "pk":
            return True
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return True  # a lookup such as "in" or "gte" ends the path
        if field.one_to_many or field.many_to_many:
            return False
        if field.related_model is None:
            return True
        model = field.related_model  # type: ignore[assignment]  # resolved once the registry is ready
    return True


everybody = Rule(lambda actor: EVERYBODY, "everybody")
nobody = Rule(lambda actor: NOBODY, "nobody")


def state_in(*states: str, field: str = "state") -> Rule:
    """Rows whose state is one of these."""
    return Rule(lambda actor: Q(**{f"{field}__in": states}), f"state in {', '.join(states)}")


def pointed_at(rows: QuerySet[Any], by: str) -> Q:
    """Rows that at least one of ``rows`` points at by this key.

    Asked beside each row and not joined: several joins to many would multiply one another.
    """
    return Q(Exists(rows.filter(**{by: OuterRef("pk")})))


def holds(model: type[Model], condition: Q) -> Case | Exists:
    """The condition as a column of each row, true or false; a subquery only where it needs one."""
    if _follows_forward_keys_only(model, condition):
        return Case(When(condition, then=True), default=False, output_field=BooleanField())
    return Exists(model._base_manager.filter(condition, pk=OuterRef("pk")))


def with_rights(queryset: QuerySet[M], actor: Any, rules: Mapping[str, Rule]) -> QuerySet[M]:
    """Annotate ``may_<action>`` flags so that a list draws its row buttons in one query."""
    flags = {f"may_{name}": holds(queryset.model, rule(actor)) for name, rule in rules.items()}
    flagged: QuerySet[M] = queryset.annotate(**flags)
    return flagged


def may(name: str, rules: Mapping[str, Rule], actor: Any, obj: Model) -> bool:
    """Whether the actor may; known already where the record was read ``with_rights``."""
    known = obj.__dict__.get(f"may_{name}")
    return rules[name].allows(actor, obj) if known is None else bool(known)
