"""One row of each model as the cast may meet it: at the company, known to Alice."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from gonghui.core.access.models import Role
from gonghui.core.orgs.models import Kind, Org
from tests.cast import Cast
from tests.factories.core import AttachmentFactory, EntryFactory
from tests.factories.organisation import (
    GrantFactory,
    OrgFactory,
    PersonFactory,
    PostFactory,
    RoleFactory,
)
from tests.factories.plans import DirectiveFactory, DraftFactory, ItemFactory, PlanFactory

Make = Callable[[Cast, Org], models.Model]


def _plan(cast: Cast, org: Org) -> models.Model:
    """With its draft, as every plan has one."""
    return DraftFactory(plan=PlanFactory(org=org, author=cast.alice)).plan


def _post(cast: Cast, org: Org) -> models.Model:
    return PostFactory(person=PersonFactory(org=org))


def _grant(cast: Cast, org: Org) -> models.Model:
    return GrantFactory(person=PersonFactory(org=org), role=Role.objects.get(name="会员"))


MAKE: dict[str, Make] = {
    "orgs.org": lambda cast, org: OrgFactory(parent=org, kind=Kind.TEAM),
    "people.person": lambda cast, org: PersonFactory(org=org),
    "people.post": _post,
    "access.role": lambda cast, org: RoleFactory(),
    "access.grant": _grant,
    "history.entry": lambda cast, org: EntryFactory(subject=org, by=cast.actor("frank")),
    "files.attachment": lambda cast, org: AttachmentFactory(subject=org),
    "plans.plan": _plan,
    "plans.item": lambda cast, org: ItemFactory(org=org, owner=cast.alice),
    "plans.directive": lambda cast, org: DirectiveFactory(org=org),
}


def row(label: str, cast: Cast, org: Org | None = None) -> models.Model:
    """A row at the company or at the body given."""
    return MAKE[label](cast, org or cast.company)
