"""What follows for places when an activity is cloned, opened as one of a series, or made larger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Series, State
from gonghui.core.flow.events import on
from gonghui.core.people.models import Person, Post

from .actions.locking import lock
from .actions.seating import fill
from .actions.signing import Signing, seat
from .models import Question, Quota, Registration


@on("activities.activity", "cloned")
def copy_places(activity: Activity, *, by: Actor, source: Activity, **said: Any) -> None:
    """The shares of places and the questions come along; nobody who signed up does."""
    Quota.objects.bulk_create(
        Quota(activity=activity, name=one.name, org=one.org, capacity=one.capacity)
        for one in source.quotas.select_related("org")
        if one.org is None or one.org.until is None
    )
    Question.objects.bulk_create(
        Question(
            activity=activity,
            label=one.label,
            kind=one.kind,
            options=one.options,
            is_required=one.is_required,
        )
        for one in source.questions.all()
    )


@on("activities.activity", "open")
def sign_members(activity: Activity, *, by: Actor, **said: Any) -> None:
    """Members are signed up for their body's series by default; who withdrew stays away.

    Before others may, and what an occasion asks of them they answer on their own phones.
    """
    if activity.series is None or not activity.series.signs_members:
        return
    posts = Post.objects.held(timezone.localdate(activity.starts_at)).filter(org=activity.org_id)
    asked = Registration.objects.filter(activity=activity).values("person")
    members = Person.objects.active().filter(pk__in=posts.values("person")).exclude(pk__in=asked)
    wanted = members.select_related("org").order_by("pk")
    seat(lock(activity.pk), [Signing(one) for one in wanted], by=by, later=True)


@on("activities.series", "changed")
def fill_occasions(series: Series, *, by: Actor, since: date, **said: Any) -> None:
    """More places let those who wait move up."""
    waiting = Activity.objects.filter(
        series=series, registrations__status=Registration.Status.WAITING
    ).exclude(state__in=(State.CANCELLED, State.FILED))
    with transaction.atomic():
        rows = waiting.distinct().values_list("pk", flat=True)
        for activity in Activity.objects.select_for_update().filter(pk__in=list(rows)):
            fill(activity, by=by)
