"""Nobody hands out more than they hold: what an actor lacks of a role at a body."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.prepared import about

from .actor import Actor
from .capabilities import capabilities
from .models import Grant


def lacking(by: Actor, names: Iterable[str], at: Org) -> list[str]:
    """The labels of those capabilities the actor does not hold over a body."""
    return [label_of(name) for name in names if not by.can(name, at=at)]


def lacking_everywhere(by: Actor, names: Iterable[str]) -> list[str]:
    """The labels of those capabilities the actor does not hold over the whole tree."""
    roots = list(Org.objects.filter(parent=None))
    return [
        label_of(name)
        for name in names
        if not roots or not all(by.can(name, at=root) for root in roots)
    ]


def outranks(by: Actor, person: Person) -> bool:
    """Whether the actor holds whatever the person was granted, there where it was granted.

    Who may set somebody's password may act as them, so this is asked before an account is opened
    or its password set.
    """
    today = timezone.localdate()

    def asked(pk: int) -> QuerySet[Grant]:
        return Grant.objects.filter(person=pk).select_related("role", "org")

    return not any(
        lacking(by, grant.role.capabilities, grant.org)
        for grant in about(person.pk, "granted", asked)
        if grant.until is None or grant.until >= today
    )


def label_of(name: str) -> str:
    """What a capability is called; one a role still names but the product has dropped, its name."""
    return dict(capabilities.items()).get(name, name)
