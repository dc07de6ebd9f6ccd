"""Who may see, hold and attend what; a member sees what is open to them, an officer their reach."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from gonghui.core.access.actor import Actor, in_reach, is_person
from gonghui.core.people.models import Post
from gonghui.kit.rules import NOBODY, Rule, pointed_at, state_in

from .models import Activity, State

PUBLIC = tuple(state for state in State.values if state != State.DRAFT)
# Told of and still to come; what is put off gets its time when it is announced anew.
HEARD_OF = (State.ANNOUNCED, State.OPEN, State.CLOSED)
UPCOMING = (*HEARD_OF, State.POSTPONED)


def _invited(actor: Actor) -> Q:
    if actor.person is None:
        return NOBODY
    held = Post.objects.held(timezone.localdate()).filter(person=actor.person)
    bodies = held.order_by().values("org_id")
    ours = Q(org__path__in=actor.person.org.ancestor_paths()) | Q(org__in=bodies)
    units = Activity.audience.through._base_manager.all()
    unnamed, named = ~pointed_at(units, "activity"), pointed_at(units.filter(ours), "activity")
    joined = pointed_at(Activity.joined.through._base_manager.filter(ours), "activity")
    return (unnamed & ours) | named | joined


def _attends(actor: Actor) -> Q:
    if actor.person is None:
        return NOBODY
    signed = Activity.registrations.rel.related_model._base_manager  # those of core/signing
    return pointed_at(signed.filter(person=actor.person.pk), "activity")


def _joins(actor: Actor) -> Q:
    partners = Activity.partners.through._base_manager
    reach = actor.reach("activities.view")
    return reach if reach == NOBODY else pointed_at(partners.filter(reach), "activity")


# The activity is for the actor's body, one above it, or one they hold a post in. Without named
# units it is for everybody below the body that holds it; associations hold theirs for those who
# have a post there, their members. Likewise for the people of bodies that agreed to hold it
# together with that one.
invited = Rule(_invited, "invited")
attends = Rule(_attends, "attends")  # the actor has signed up or was asked
holder = in_reach("activities.write")
reader = in_reach("activities.view")
partner = Rule(_joins, "partner")  # who holds it together with others
organiser = is_person("organiser")
public = state_in(*PUBLIC)


def _own_bodies(actor: Actor) -> Q:
    """Bodies above the actor's own, and those they hold a post in, an association among them."""
    if actor.person is None:
        return NOBODY
    above = actor.person.org.ancestor_paths()
    return Q(org__path__in=above) | Q(org__in=list(actor.posts))


invited_to_body = Rule(_own_bodies, "of one's bodies")
leader = Rule(lambda actor: invited(actor) if actor.can("activities.check") else NOBODY, "leader")

ACTIVITY_RULES = {
    "view": holder | organiser | ((reader | partner | invited | attends) & public),
    "edit": (holder | organiser) & ~state_in(State.FILED, State.CANCELLED),
    "sign": invited & state_in(State.OPEN),
    "check": (holder | organiser | in_reach("activities.check"))
    & state_in(State.OPEN, State.CLOSED, State.ANNOUNCED, State.HELD),
    "lead": holder | organiser | (leader & public),
    "place": holder | organiser,
    "clone": holder,
}
# Whoever a series is for may read when it is; its own leaders, or those above, run it.
SERIES_RULES = {
    "view": holder | reader | organiser | invited_to_body,
    "edit": holder | organiser,
    "place": holder | organiser,
}
RESOURCE_RULES = {"view": holder | reader, "edit": holder, "place": holder}
