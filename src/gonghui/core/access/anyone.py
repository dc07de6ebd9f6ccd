"""Questions asked in the name of many people at once: their SQL is written for anyone, once.

In a rush of thousands each asks the same for the first time, and writing the SQL anew for each
takes longer than all else; only who they are and which bodies stand above theirs differs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.counting import count_about
from gonghui.kit.prepared import about_all

from .actor import Actor

M = TypeVar("M", bound=Model)


class Anyone(Actor):
    """The actor a question is written for: whoever they are, with the reach of a real one.

    It answers for the capabilities in ``reads`` only, because those are in the key; posts a rule
    must ask the database for. With ``None`` it answers for everything that is held.
    """

    def __init__(
        self, real: Actor, reads: Sequence[str] | None, pk: int, above: Sequence[str]
    ) -> None:
        org = Org(path=above[-1])
        org.ancestor_paths = lambda: list(above)  # type: ignore[method-assign]  # as they will be put
        super().__init__(Person(pk=pk, org=org))
        self.real, self.reads = real, reads

    def reach(self, capability: str, *, field: str = "org") -> Q:
        return self._known(capability).reach(capability, field=field)

    def can(self, capability: str, *, at: Org | None = None) -> bool:
        return self._known(capability).can(capability, at=at)

    def _known(self, capability: str) -> Actor:
        if self.reads is not None and capability not in self.reads:
            raise LookupError(f"The question must say that it reads {capability}.")
        return self.real

    def _unknown(self) -> NoReturn:
        raise LookupError("A question for anyone cannot be decided by who it is.")

    @property
    def posts(self) -> dict[int, str]:  # type: ignore[override]  # read anew from the real one
        return self._unknown() if self.reads is not None else self.real.posts

    grants = spans = by_post = key = property(_unknown)  # type: ignore[assignment]  # on purpose


def for_anyone(
    actor: Actor,
    key: Hashable,
    ask: Callable[..., QuerySet[M]],
    *numbers: int,
    reads: Sequence[str] | None = (),
) -> QuerySet[M]:
    """What ``ask(actor, *numbers)`` would find, by SQL written once for all of the same reach.

    The day is in the key; ``reads`` names the capabilities the rules ask about.
    """
    if actor.person is None:
        return ask(actor, *numbers)

    def asked(*standing: Any) -> QuerySet[M]:
        anyone, rest = _anyone(actor, reads, len(numbers), standing)
        return ask(anyone, *rest)

    return about_all(_values(actor, numbers), _key(actor, key, reads), asked)


def count_for_anyone(
    actor: Actor, key: Hashable, ask: Callable[[Actor], Mapping[str, QuerySet[Any]]]
) -> dict[str, int]:
    """Several counts likewise, by all that the actor reaches."""

    def asked(*standing: Any) -> Mapping[str, QuerySet[Any]]:
        anyone, _ = _anyone(actor, None, 0, standing)
        return ask(anyone)

    return count_about(_values(actor, ()), _key(actor, key, None), asked)


def _values(actor: Actor, numbers: Sequence[int]) -> tuple[Any, ...]:
    person = actor.person
    return (person.pk, *numbers, *person.org.ancestor_paths()) if person else ()


def _anyone(
    actor: Actor, reads: Sequence[str] | None, count: int, standing: Sequence[Any]
) -> tuple[Anyone, Sequence[Any]]:
    pk, numbers, above = standing[0], standing[1 : count + 1], standing[count + 1 :]
    return Anyone(actor, reads, pk, above), numbers


def _key(actor: Actor, key: Hashable, reads: Sequence[str] | None) -> Hashable:
    names = sorted(actor.spans) if reads is None else reads
    reach = tuple((name, tuple(actor.spans.get(name, ()))) for name in names)
    roots = actor.roots if any(paths for _, paths in reach) else 0
    posts = tuple(sorted(actor.posts.items())) if reads is None else None
    return (key, timezone.localdate(), reach, roots, posts)
