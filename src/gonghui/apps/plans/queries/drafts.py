"""Questions about drafts: the draft of a plan, who may be named in it, what it resembles."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet
from django.utils import timezone

from gonghui.core.orgs.models import BODIES, SMALL, WITHIN, Org
from gonghui.core.people.models import Person, Post

from ..engine.outlining import Outline, outline_to_json
from ..engine.sameness import fingerprint, likeness
from ..models import Draft, Edit, Plan

ALIKE = 0.6  # of the shorter plan's text: fewer is a plan of the same kind, more is the same plan
MOST_COMPARED = 400
MOST_OWNERS = 300


def draft_of(plan: Plan) -> Draft:
    """The plan's draft; a plan without one gets an empty one, unsaved."""
    return Draft.objects.filter(plan=plan).first() or Draft(
        plan=plan, outline=outline_to_json(Outline(title=plan.title))
    )


def changed_beside(draft: Draft, since: int, by: Person) -> dict[str, int]:
    """Who else changed this draft after a revision that ``by`` saw: name → how many changes."""
    others = (
        Edit.objects.filter(draft=draft, revision__gt=since).exclude(by=by).order_by("revision")
    )
    return Counter(others.exclude(by=None).values_list("by__name", flat=True))


def possible_owners(plan: Plan) -> dict[str, tuple[str, int]]:
    """Name as shown → ("person" | "org", number): bodies of the union and who holds posts there."""
    inside = Org.objects.filter(
        Q(pk=plan.org_id) | Q(parent=plan.org_id, kind__in=BODIES | WITHIN | SMALL), until=None
    )
    owners: dict[str, tuple[str, int]] = {}
    for org in inside[:MOST_OWNERS]:
        owners[str(org)] = ("org", org.pk)
    posts = (
        Post.objects.held(timezone.localdate())
        .filter(org__in=inside.order_by().values("pk"), person__left_on=None)
        .select_related("person")
    )
    for post in posts[:MOST_OWNERS]:
        owners.setdefault(f"{post.person.name}（{post.title}）", ("person", post.person_id))
        if post.org_id == plan.org_id:
            owners.setdefault(post.title, ("person", post.person_id))
            owners.setdefault(post.person.name, ("person", post.person_id))
    return owners


def plans_like(text: str, within: QuerySet[Plan]) -> list[tuple[Plan, int]]:
    """Plans that say the same, with the share of text in percent, most alike first (R §5b 19)."""
    mine = fingerprint(text)
    drafts = (
        Draft.objects.filter(plan__in=within.order_by().values("pk"))
        .exclude(fingerprint=None)
        .exclude(plan__state="discarded")
        .select_related("plan")
        .defer("outline", "source")
        .order_by("-pk")[:MOST_COMPARED]
    )
    found = [(draft.plan, likeness(mine, draft.fingerprint or {})) for draft in drafts]
    alike = [(plan, round(share * 100)) for plan, share in found if share >= ALIKE]
    return sorted(alike, key=lambda pair: -pair[1])[:5]
