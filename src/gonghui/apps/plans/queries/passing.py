"""What was passed down: to whom it may go, and for each task how the units stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gonghui.core.orgs.models import Org, subtree

from ..models import Directive, DirectiveState, Item

DEPTHS = {"direct": "直属下级", "all": "全部下级"}


def units_below(org: Org, *, depth: str = "direct") -> QuerySet[Org]:
    """Unions below a body, by tree order; those led a second time from it count as direct."""
    unions = Org.objects.unions().filter(until=None)
    direct = Q(parent=org) | Q(second_parent=org)
    if depth == "direct":
        return unions.filter(direct)
    return unions.filter(subtree(org.path) | Q(second_parent=org)).exclude(pk=org.pk)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many units stand where with one task."""

    sent: int
    not_accepted: int
    not_reported: int
    reported: int
    finished: int
    late: int

    @property
    def waiting(self) -> int:
        """Units a reminder would reach."""
        return self.not_accepted + self.not_reported


NOT_REPORTED = (DirectiveState.ACCEPTED, DirectiveState.RETURNED)
AWAITED = (DirectiveState.SENT, *NOT_REPORTED)  # the unit has something to do


# The words of the figures above the lists of what was passed down.
STATES: dict[str, tuple[str, ...]] = {
    "not_accepted": (DirectiveState.SENT,),
    "not_reported": NOT_REPORTED,
    "reported": (DirectiveState.REPORTED,),
    "finished": (DirectiveState.FINISHED,),
}
LATE = "late"


def late_on(today: date) -> Q:
    """Past its own day, else past the task's, and not reported."""
    open_now = Q(state__in=AWAITED)
    own = Q(due_on__lt=today)
    tasks = Q(due_on=None, item__due_on__lt=today)
    return open_now & (own | tasks)


def standing(item: Item, today: date) -> Standing:
    """The counts of one task, by one query."""
    counted = Directive.objects.filter(item=item).aggregate(
        sent=Count("pk"),
        not_accepted=Count("pk", filter=Q(state=DirectiveState.SENT)),
        not_reported=Count("pk", filter=Q(state__in=NOT_REPORTED)),
        reported=Count("pk", filter=Q(state=DirectiveState.REPORTED)),
        finished=Count("pk", filter=Q(state=DirectiveState.FINISHED)),
        late=Count("pk", filter=late_on(today)),
    )
    return Standing(**counted)


def follow_up(item: Item) -> QuerySet[Directive]:
    """Every unit a task was sent to, in tree order, with its own task."""
    rows = Directive.objects.filter(item=item).select_related("org", "item", "accepted_as")
    return rows.order_by("org__path")


def sent_from() -> QuerySet[Item]:
    """Tasks that were passed down, newest first, with how many units stand where."""
    state = "directives__state"
    passed = Directive.objects.filter(item=OuterRef("pk"))
    return (
        Item.objects.filter(Exists(passed))
        .select_related("plan", "org")
        .annotate(
            units=Count("directives"),
            not_accepted=Count("directives", filter=Q(**{state: DirectiveState.SENT})),
            not_reported=Count("directives", filter=Q(**{f"{state}__in": NOT_REPORTED})),
            reported=Count("directives", filter=Q(**{state: DirectiveState.REPORTED})),
            finished=Count("directives", filter=Q(**{state: DirectiveState.FINISHED})),
        )
        .order_by("-pk")
    )


def with_units(rows: QuerySet[Item], word: str, today: date) -> QuerySet[Item]:
    """Of the tasks passed down those with a unit that stands so."""
    stands = late_on(today) if word == LATE else Q(state__in=STATES[word])
    return rows.filter(Exists(Directive.objects.filter(stands, item=OuterRef("pk"))))


def received_as(item: Item) -> Directive | None:
    """What the upper union passed down that this task answers to; seen with the task."""
    return Directive.objects.filter(accepted_as=item).select_related("item__org").first()
