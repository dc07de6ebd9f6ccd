"""A member's own view of activities: what is on, what is theirs, what they have been to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import (
    Exists,
    JSONField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.http import Http404

from gonghui.core.access.actor import Actor
from gonghui.core.access.anyone import for_anyone
from gonghui.core.activities.actions.papers import PAPER, PICTURE
from gonghui.core.activities.models import Activity, Booking, Session, State
from gonghui.core.activities.rules import ACTIVITY_RULES, UPCOMING, attends, invited
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attachments_of
from gonghui.core.orgs.models import Org
from gonghui.kit.gathered import Gathered
from gonghui.kit.prepared import about
from gonghui.kit.rules import holds

from ..models import Choice, Question, Quota, Registration
from .teams import delegations_within

SHOWN = 20
LOOKED_AT = 100  # activities to come, among them the occasions of series that are passed over
TONES = {"signed": "done", "waiting": "wait", "invited": "doing"}
LOOK_BACK = timedelta(days=366)
ITEM = ("quota_id", "quota__name", "line")  # of a choice, as ``Item`` takes them


@dataclass(frozen=True)
class Offer:
    """An activity with the actor's own registration, if there is one."""

    activity: Activity
    mine: Registration | None

    @property
    def tone(self) -> str:
        return TONES.get(self.mine.status, "plain") if self.mine else "plain"


def offers(actor: Actor, now: datetime) -> list[Offer]:
    """What is to come and is for the actor, or asked them by name, the soonest first.

    Of a series what comes next and what one may sign up for: a year of evenings hides the rest.
    """
    ahead = Q(ends_at__gte=now) | Q(state=State.POSTPONED)
    rows = (invited | attends).narrow(Activity.objects.filter(ahead, state__in=UPCOMING), actor)
    found = _offers(rows.order_by("starts_at", "pk")[:LOOKED_AT], actor)
    next_of: dict[int, Offer] = {}
    for one in found:
        if one.activity.series_id:
            next_of.setdefault(one.activity.series_id, one)
    shown = (one for one in found if one.activity.state == State.OPEN or _is_next(one, next_of))
    return list(islice(shown, SHOWN))


def _is_next(offer: Offer, next_of: dict[int, Offer]) -> bool:
    series = offer.activity.series_id
    return series is None or next_of[series] is offer


def been_to(actor: Actor, now: datetime) -> list[Offer]:
    """What the actor signed up for and is over, the latest first."""
    past = Activity.objects.filter(ends_at__lt=now, ends_at__gte=now - LOOK_BACK)
    rows = attends.narrow(past, actor).exclude(state__in=[State.CANCELLED, State.DRAFT])
    return _offers(rows.order_by("-starts_at", "-pk")[:SHOWN], actor)


def open_to(actor: Actor) -> QuerySet[Activity]:
    """Everything the member may look at: what is for them and what they signed up for."""
    return (invited | attends).narrow(Activity.objects.exclude(state=State.DRAFT), actor)


READS = ("activities.write", "activities.check")  # what the rules below ask a person's reach for


def signable(actor: Actor, pk: int) -> Activity:
    """An activity the member may look at, or a page that does not exist; with ``may_sign``.

    It asks for as little as a press needs: thousands come in one minute.
    """

    def asked(anyone: Actor, number: int) -> QuerySet[Activity]:
        return _signable(anyone, number)

    return _the_one(for_anyone(actor, "activity to sign", asked, pk))


def shown_to(actor: Actor, pk: int) -> Activity:
    """The same with ``may_lead`` and ``leads_team``: all that its page says of what one may do."""

    def asked(anyone: Actor, number: int) -> QuerySet[Activity]:
        lead = ACTIVITY_RULES["lead"](anyone) & Q(state=State.OPEN)
        teams = delegations_within(anyone, "edit").filter(leader=anyone.person)
        return (
            _signable(anyone, number)
            .select_related("organiser")
            .annotate(
                may_lead=holds(Activity, lead),
                leads_team=Exists(teams.order_by().filter(activity=OuterRef("pk"))),
                has_rooms=Exists(Booking.objects.filter(session__activity=OuterRef("pk"))),
                has_partners=Exists(
                    Activity.joined.through.objects.filter(activity=OuterRef("pk"))
                ),
                has_shares=Exists(_shares().filter(activity=OuterRef("pk"))),
                has_papers=Exists(_papers().filter(object_id=OuterRef("pk"))),
            )
        )

    return _the_one(for_anyone(actor, "activity shown", asked, pk, reads=READS))


def _signable(anyone: Actor, number: int) -> QuerySet[Activity]:
    groups = Quota.objects.exclude(name="").filter(activity=OuterRef("pk"))
    rows = open_to(anyone).filter(pk=number).select_related("org")
    may_sign = holds(Activity, ACTIVITY_RULES["sign"](anyone))
    questions = Question.objects.filter(activity=OuterRef("pk"))
    return rows.annotate(
        may_sign=may_sign, has_groups=Exists(groups), has_questions=Exists(questions)
    )


def _the_one(rows: QuerySet[Activity]) -> Activity:
    for found in rows:
        return found
    raise Http404


def sessions_of(activity: Activity) -> list[Session]:
    """When it is, with the rooms."""
    found = list(about(activity.pk, "sessions", lambda pk: Session.objects.filter(activity=pk)))
    if activity.has_rooms:  # type: ignore[attr-defined]  # as ``shown_to`` found it
        prefetch_related_objects(found, "resources")
    return found


def partners_of(activity: Activity) -> list[Org]:
    """Bodies that agreed to hold it together with the one it belongs to."""
    has_some = activity.has_partners  # type: ignore[attr-defined]  # as ``shown_to`` found it
    return list(activity.joined.all()) if has_some else []


def own_share(activity: Activity, actor: Actor) -> Quota | None:
    """The places kept for the actor's unit, or for the nearest above it; they alone are theirs."""
    if not activity.has_shares or actor.person is None:  # type: ignore[attr-defined]  # likewise
        return None
    above = actor.person.org.ancestor_paths()
    shares = _shares().filter(activity=activity, org__path__in=above)
    return shares.select_related("org").order_by("-org__path").first()


def _shares() -> QuerySet[Quota]:
    return Quota.objects.filter(org__isnull=False)


def papers_of(activity: Activity) -> list[Attachment]:
    """The documents of the notice, and the picture that heads it."""
    has_some = activity.has_papers  # type: ignore[attr-defined]  # as ``shown_to`` found it
    return list(attachments_of(activity, PAPER, PICTURE)) if has_some else []


def _papers() -> QuerySet[Attachment]:
    """Those of whichever activity, by the name of the model: the SQL is kept, its number is not."""
    of_one = {"content_type__app_label": "activities", "content_type__model": "activity"}
    return Attachment.objects.filter(**of_one, role__in=(PAPER, PICTURE))


def questions_of(activity: Activity) -> list[Question]:
    """What the organiser asks of whoever signs up; asked once for one page."""
    held: list[Question] | None = activity.__dict__.get("asked_questions")
    if held is None and not getattr(activity, "has_questions", True):  # as it was read along
        return []
    if held is None:
        rows = about(activity.pk, "questions", lambda pk: Question.objects.filter(activity=pk))
        held = activity.__dict__["asked_questions"] = list(rows)
    return held


def ahead_of(registration: Registration) -> int:
    """How many wait before this one for the same places; 0 for who has a place.

    Where only a group or a unit is full, those who wait for another are not in one's way.
    """
    if registration.line is None:
        return 0
    line = Registration.objects.filter(activity=registration.activity_id, line__isnull=False)
    rows = line.filter(line__lt=registration.line, status=Registration.Status.WAITING)
    left = registration.activity.seats_left
    items = [one.quota_id for one in items_of(registration)]
    if (items or registration.unit_quota_id) and (left is None or left > 0):
        rivals = Choice.objects.filter(quota__in=items).order_by().values("registration")
        same = Q(unit_quota=registration.unit_quota_id) if registration.unit_quota_id else Q()
        rows = rows.filter(same | Q(pk__in=rivals)) if items else rows.filter(same)
    return rows.count()


@dataclass(frozen=True)
class Item:
    """A group, an item or a shift somebody chose; ``line`` is the turn in the line for it."""

    quota_id: int
    name: str
    line: int | None


def items_of(registration: Registration) -> list[Item]:
    """What somebody chose, as it was read along or asked for."""
    if "items" not in registration.__dict__:
        registration.__dict__["items"] = list(registration.chosen.values_list(*ITEM))
    return [Item(*row) for row in registration.__dict__["items"] or ()]


def owes(registration: Registration) -> bool:
    """Somebody else signed the member up, who has yet to agree to the notice or to answer."""
    activity = registration.activity
    if activity.consent and registration.consented_at is None:
        return True
    asked = (one.pk for one in questions_of(activity) if one.is_required)
    return any(not registration.answers.get(str(pk)) for pk in asked)


@dataclass(frozen=True)
class StandingItem:
    """An item chosen, and how many wait before one for it; ``None`` with a place in it."""

    name: str
    ahead: int | None


def standing_items(registration: Registration) -> list[StandingItem]:
    """The items chosen; who waits for some of them asks the line once."""
    items = items_of(registration)
    waits = [one.quota_id for one in items if one.line is not None]
    rivals = Choice.objects.filter(quota__in=waits, line__isnull=False).order_by()
    lines = list(rivals.values_list("quota", "line")) if waits else []

    def ahead(one: Item) -> int | None:
        turn = one.line
        if turn is None:
            return None
        return sum(quota == one.quota_id and (line or 0) < turn for quota, line in lines)

    return [StandingItem(one.name, ahead(one)) for one in items]


def own_registration(activity: Activity, actor: Actor) -> Registration | None:
    """The actor's place or turn, with the activity they look at."""
    if actor.person is None:
        return None
    may_choose = getattr(activity, "has_groups", True)  # as it was read along
    found = for_anyone(actor, ("own registration", may_choose), _own(may_choose), activity.pk)
    mine = next(iter(found), None)
    if mine is not None:
        mine.activity, mine.person = activity, actor.person
    return mine


def _own(may_choose: bool) -> Callable[[Actor, int], QuerySet[Registration]]:
    """With the items chosen, where there are any to choose."""

    def asked(anyone: Actor, pk: int) -> QuerySet[Registration]:
        rows = Registration.objects.filter(activity=pk, person=anyone.person)
        chosen = Choice.objects.filter(registration=OuterRef("pk")).order_by("quota_id")
        none = Value(None, output_field=JSONField())
        return rows.annotate(items=Gathered(chosen, *ITEM) if may_choose else none)

    return asked


def _offers(rows: QuerySet[Activity], actor: Actor) -> list[Offer]:
    own = Registration.objects.filter(person=actor.person)
    dressed = rows.select_related("org").prefetch_related(
        Prefetch("registrations", queryset=own, to_attr="own")
    )
    return [Offer(one, next(iter(one.own), None)) for one in dressed]  # type: ignore[attr-defined]  # prefetched above
