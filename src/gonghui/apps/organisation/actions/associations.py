"""Reviews of associations, and exchanges with outside unions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Post
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from ..models import AssociationReview, Contact, Exchange

VERBS |= {"exchange": "登记交流"}


@transaction.atomic
def review_association(org: Org, *, on: date, by: Actor, **facts: Any) -> AssociationReview:
    """Review an association: its members, and who came and went since the review before."""
    if AssociationReview.objects.filter(org=org, on=on).exists():
        raise DomainError("这一天的评估已经填过，请改原来那一条。")
    counts = members_since(org, on, last_review(org, on))
    review = AssociationReview.objects.create(org=org, on=on, **counts, **facts)
    record(review, "create", by=by, changes=changes_of({}, snapshot(review)) | counts)
    return review


def last_review(org: Org, before: date) -> date | None:
    rows = AssociationReview.objects.filter(org=org, on__lt=before).order_by("-on")
    return rows.values_list("on", flat=True).first()


def members_since(org: Org, day: date, since: date | None) -> dict[str, int | None]:
    """Members on a day, and who joined and left after the earlier one; of the first not known."""
    seats = Post.objects.filter(org=org)
    members = seats.held(day).values("person").distinct().count()
    if since is None:
        return {"members": members, "joined": None, "left": None}
    came = seats.filter(since__gt=since, since__lte=day)
    gone = seats.filter(until__gte=since, until__lt=day)
    counts = (rows.values("person").distinct().count() for rows in (came, gone))
    return {"members": members, **dict(zip(("joined", "left"), counts, strict=True))}


@transaction.atomic
def note_exchange(contact: Contact, *, by: Actor, **facts: Any) -> Exchange:
    """Write down a visit or a joint activity with an outside union."""
    made = Exchange.objects.create(contact=contact, **facts)
    changes = {"on": str(made.on), "note": made.subject}
    record(contact, "exchange", by=by, changes=changes)
    return made
