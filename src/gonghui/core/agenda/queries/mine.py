"""What a member has before them, and what is on near them in the tree."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity, Session, State
from gonghui.core.activities.rules import UPCOMING, invited
from gonghui.core.orgs.models import STEP, UNIT, Org
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import parts_of_people
from gonghui.kit.rules import NOBODY, Rule, holds

STATUS = Registration.Status
STANDING = (STATUS.SIGNED, STATUS.WAITING, STATUS.INVITED, STATUS.ASKED)
SHOWN = 20
LOOKED_AT = 200


def own(actor: Actor) -> QuerySet[Activity]:
    """What the actor signed up for, waits for or was asked to, called off or not."""
    mine = Registration.objects.filter(activity=OuterRef("pk"), person=actor.person)
    stands = Exists(mine.filter(status__in=STANDING))
    return Activity.objects.filter(stands).exclude(state=State.DRAFT)


def own_sessions(actor: Actor) -> QuerySet[Session]:
    """All sessions but those of shifts others come to, each with ``is_waited``."""
    person = actor.person.pk if actor.person else 0
    waited = NOBODY
    for part_of in parts_of_people:
        waited |= part_of(person).waited
    return without_others(Session.objects.all(), person).annotate(is_waited=holds(Session, waited))


def without_others(rows: QuerySet[Session], person: int | OuterRef) -> QuerySet[Session]:
    """Of the sessions of what somebody signed up for, all but the shifts others come to."""
    for part_of in parts_of_people:
        rows = rows.exclude(part_of(person).others)
    return rows


def near(unit: str) -> Rule:
    """What bodies of a unit announced to all of theirs: as on the notice board in the corridor."""
    said = Q(org__within=(unit,), audience=None, state__in=UPCOMING)
    return Rule(lambda actor: said, "near")


def nearby(actor: Actor) -> list[Activity]:
    """What others of one's unit hold soon and one is not invited to, the nearest body first.

    Of a series only what comes next.
    """
    home = actor.home_path
    units = Org.objects.filter(path__in=_paths(home), kind__in=UNIT).order_by("-path")
    unit = units.values_list("path", flat=True).first()
    if not unit:
        return []
    ahead = Activity.objects.filter(ends_at__gte=timezone.now())
    mine = invited.narrow(ahead, actor).order_by().values("pk")
    rows = near(unit).narrow(ahead, actor).exclude(pk__in=mine).select_related("org")
    soonest: dict[object, Activity] = {}
    for one in rows.order_by("starts_at", "pk")[:LOOKED_AT]:
        soonest.setdefault(("series", one.series_id) if one.series_id else one.pk, one)
    found = list(soonest.values())
    above = _paths(home)
    found.sort(key=lambda one: -sum(one.org.path.startswith(path) for path in above))
    return found[:SHOWN]


def _paths(path: str) -> list[str]:
    return [path[:end] for end in range(STEP, len(path) + 1, STEP)]
