"""Calendars of activities for phones: one's own, those open to one, those of a body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Session, State
from gonghui.core.activities.queries.reach import standing
from gonghui.core.activities.rules import PUBLIC, invited
from gonghui.core.feeds.sources import Calendar, Lead, Offer, Source, sources
from gonghui.core.history.models import Entry
from gonghui.core.orgs.models import Org
from gonghui.core.signing.models import Registration
from gonghui.kit.icalendar import Event

from .queries.mine import own, own_sessions

MINE, OPEN = None, 0  # in place of a body: what I signed up for; what is meant for me
BACK = timedelta(days=366)
MOST_EVENTS, MOST_BODIES = 2000, 30
STATUS = Registration.Status
STANDS = {STATUS.WAITING: "（候补）", STATUS.INVITED: "（待答复）", STATUS.ASKED: "（待同意）"}


def _offers(actor: Actor, about: int | None) -> list[Offer]:
    first = [Offer(MINE, "我报名的活动"), Offer(OPEN, "面向我的活动")]
    if about:
        return [Offer(one.pk, f"{one}的活动") for one in _bodies(actor).filter(pk=about)]
    return first + [Offer(one.pk, f"{one}的活动") for one in _bodies(actor)[:MOST_BODIES]]


def _bodies(actor: Actor) -> QuerySet[Org]:
    """Where the actor reads activities, the highest first."""
    reads = actor.reach("activities.view", field="") | actor.reach("activities.write", field="")
    return Org.objects.filter(reads, until=None).order_by("path")


def _read(actor: Actor, about: int | None, lead: Lead) -> Calendar | None:
    if about is MINE:
        page = "signing:portal-activity"
        return Calendar("我的活动", _events(own(actor), actor, lead, page, is_own=True))
    if about == OPEN:
        rows = invited.narrow(Activity.objects.filter(state__in=PUBLIC), actor)
        return Calendar("工会活动", _events(rows, actor, lead, "signing:portal-activity"))
    org = _bodies(actor).filter(pk=about).first()
    if org is None:
        return None
    rows = standing(actor).filter(org=org)
    return Calendar(f"{org}活动", _events(rows, actor, lead, "activities:activity-detail"))


def _events(
    rows: QuerySet[Activity], actor: Actor, lead: Lead, page: str, *, is_own: bool = False
) -> Iterator[Event]:
    """A session is an event; one called off stays, crossed out, on the phones that had it."""
    kind = ContentType.objects.get_for_model(Activity)
    entries = Entry.objects.filter(content_type=kind, object_id=OuterRef("activity"))
    touched = Subquery(entries.order_by("-number").values("at")[:1])
    mine = Registration.objects.filter(activity=OuterRef("activity"), person=actor.person)
    among = own_sessions(actor) if is_own else Session.objects.all()
    sessions = among.filter(
        activity__in=rows.order_by().values("pk"), ends_at__gte=timezone.now() - BACK
    ).annotate(touched=touched, stand=Subquery(mine.values("status")[:1]))
    for one in sessions.select_related("activity__org").order_by("starts_at", "pk")[:MOST_EVENTS]:
        yield _event(one, lead(reverse(page, args=[one.activity_id])))


def _event(session: Session, url: str) -> Event:
    activity = session.activity
    stand = STATUS.WAITING if getattr(session, "is_waited", False) else session.stand  # type: ignore[attr-defined]  # annotated
    name = f"{activity}{STANDS.get(stand, '')}"
    return Event(
        uid=f"session-{session.pk}@gonghui",
        start=session.starts_at,
        end=session.ends_at,
        summary=f"{name} {session.title}".strip(),
        description="\n".join(filter(None, [str(activity.org), activity.theme])),
        url=url,
        updated=session.touched or session.starts_at,  # type: ignore[attr-defined]  # annotated
        place=session.place or activity.place,
        is_off=activity.state in (State.CANCELLED, State.POSTPONED),
    )


sources.add("activities", Source("activities", "活动", _offers, _read))
