"""What a person holds today — grants, posts and what these bring — read along with the account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from gonghui.core.orgs.expressions import LeadsBeyond, Roots
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Person, Post
from gonghui.kit.gathered import Columns, Gathered
from gonghui.kit.prepared import about

from .models import Grant, Role

# Of a body over which somebody holds a role; whatever else is asked of it is read when it is.
SHOWN = ("id", "name", "short_name", "kind", "function", "parent", "path", "since", "until")
BODY = Columns(Org, SHOWN)


@dataclass(frozen=True, slots=True)
class Granted:
    """What a role allows over a body; whether it leads others from elsewhere, how many trees."""

    capabilities: list[str]
    leads_beyond: bool
    roots: int
    org: Org


@dataclass(frozen=True, slots=True)
class Held:
    """Body, its path and kind, title of every post; kinds, titles and capabilities of roles."""

    posts: list[tuple[int, str, str, str]]
    brings: list[tuple[list[str], list[str], list[str]]]
    grants: list[Granted]


NOTHING = Held([], [], [])


def account_of(pk: int) -> Account | None:
    """The account with its person, their body and what they hold; asked on every page."""
    day = timezone.localdate()

    def asked(pk: int) -> QuerySet[Account]:
        rows = Account.objects.select_related("person__org").filter(pk=pk)
        return _with_held(rows, "person", day)

    return next(iter(about(pk, ("account", day), asked)), None)


def held_by(pk: int) -> Held:
    """What somebody holds whose account was not asked for."""
    day = timezone.localdate()

    def asked(pk: int) -> QuerySet[Person]:
        return _with_held(Person.objects.filter(pk=pk), "pk", day)

    return next(map(held, about(pk, ("held", day), asked)), None) or NOTHING


def held(row: Any) -> Held | None:
    """What was read along with an account or a person; None where nobody asked."""
    if not hasattr(row, "held_posts"):
        return None
    grants = [_granted(*one) for one in row.held_grants or []]
    return Held(row.held_posts or [], row.post_brings or [], grants)


def _granted(capabilities: list[str], beyond: int, roots: int, *org: Any) -> Granted:
    return Granted(capabilities, bool(beyond), roots, BODY.record(org))


def _with_held(rows: QuerySet[Any], person: str, day: date) -> QuerySet[Any]:
    posts = Post.objects.held(day).filter(person=OuterRef(person)).order_by()
    roles = Role.objects.exclude(post_titles=[]).order_by()
    grants = Grant.objects.held(day).filter(person=OuterRef(person)).order_by()
    asked = grants.annotate(leads_beyond=LeadsBeyond("org__path"), roots=Roots())
    said = ("role__capabilities", "leads_beyond", "roots", *BODY.names("org__"))
    found: QuerySet[Any] = rows.annotate(
        held_grants=Gathered(asked, *said),
        held_posts=Gathered(posts, "org", "org__path", "org__kind", "title"),
        post_brings=Gathered(roles, "post_kinds", "post_titles", "capabilities"),
    )
    return found
