"""Reviews of associations, and exchanges with outside unions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction

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
    _check_free(AssociationReview.objects.filter(org=org), on)
    counts = members_since(org, on, last_review(org, on))
    review = AssociationReview.objects.create(org=org, on=on, **counts, **facts)
    record(review, "create", by=by, changes=changes_of({}, snapshot(review)) | counts)
    return review


@transaction.atomic
def change_review(
    review: AssociationReview, *, on: date, by: Actor, **facts: Any
) -> AssociationReview:
    """Put a review right; of another day, it and what follows that and the old day count anew."""
    kept = AssociationReview.objects.select_for_update().get(pk=review.pk)
    before, days = snapshot(kept), {kept.on, on}
    others = AssociationReview.objects.filter(org=kept.org).exclude(pk=kept.pk)
    _check_free(others, on)
    for name, value in {**facts, "on": on}.items():
        setattr(kept, name, value)
    kept.save(update_fields=["on", *facts])
    moved = len(days) > 1
    changes = changes_of(before, snapshot(kept)) | (_count_anew(kept) if moved else {})
    record(kept, "update", by=by, changes=changes)
    later = others.order_by("on")
    following = {later.filter(on__gt=day).first() for day in days} if moved else set()
    for one in following:
        if one and (told := _count_anew(one)):
            record(one, "update", by=by, changes=told)
    return kept


def _check_free(reviews: models.QuerySet[AssociationReview], on: date) -> None:
    if reviews.filter(on=on).exists():
        raise DomainError("这一天的评估已经填过，请改原来那一条。")


def _count_anew(review: AssociationReview) -> dict[str, Any]:
    """Count a review as of its day; what came out otherwise than before."""
    since = last_review(review.org, review.on)
    counts = members_since(review.org, review.on, since)
    told = {name: [getattr(review, name), number] for name, number in counts.items()}
    AssociationReview.objects.filter(pk=review.pk).update(**counts)
    return {name: pair for name, pair in told.items() if pair[0] != pair[1]}


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
