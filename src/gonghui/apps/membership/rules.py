"""Who may see, change and decide about people, applications, transfers and duplicates."""

from __future__ import annotations

from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from gonghui.core.access.actor import by_itself, in_reach, is_person
from gonghui.core.people.models import Standing
from gonghui.kit.rules import Rule, nobody, state_in

keep = in_reach("people.write")
tailed = in_reach("people.view")  # found by the tail of a number
decide = in_reach("membership.approve")


def _works_here(actor: object) -> Q:
    return Q(memberships__until=None, memberships__standing=Standing.WORKER)


PERSON_RULES = {
    "view": in_reach("people.view") | is_person("pk"),
    "reveal": in_reach("people.reveal"),
    "anonymise": in_reach("people.anonymise") & ~is_person("pk"),
    "edit": keep,
    "place": keep,
    "move": keep & Rule(lambda actor: Q(left_on=None), "staying"),
    "join": keep & Rule(_works_here, "on the books, no member"),
    "decide": decide,
}

# Nobody decides about themselves.
about_others = ~is_person("person")

APPLICATION_RULES = {
    "view": in_reach("people.view") | is_person("person"),
    "edit": keep & state_in("submitted"),
    "place": keep,
    "decide": decide & about_others,
    "withdraw": keep | is_person("person"),
}

takes_in = in_reach("membership.approve", field="to")
over_both = decide & takes_in

# The union above may release where nobody else could: it keeps the membership itself, or the union
# that kept it is no more.
stands_alone = Rule(
    lambda actor: (
        Q(org__until__isnull=False)
        | Q(to__path__gte=F("org__path"), to__path__lt=Concat("org__path", Value("~")))
    ),
    "nobody below could release",
)
overdue = Rule(lambda actor: Q(due_on__lt=timezone.localdate()), "overdue")
asks = in_reach("people.write") | in_reach("people.write", field="to")

TRANSFER_RULES = {
    "view": in_reach("people.view") | in_reach("people.view", field="to") | is_person("person"),
    "edit": asks & state_in("asked"),
    "place": asks,
    # Each union decides for itself; who leads both is the referee and waits until time is up.
    "release": decide & (~takes_in | stands_alone) & about_others,
    "accept": takes_in & ~decide & about_others,
    "settle": over_both & overdue & about_others,
    "withdraw": is_person("person") | is_person("asked_by"),
}

MERGE_RULES = {"view": keep, "edit": nobody, "place": keep, "undo": keep}

REVEAL_RULES = {
    "view": in_reach("people.audit", field="person__org")
    | is_person("person")
    | is_person("person__merged_into"),
    "edit": nobody,
    "place": nobody,
}

corrects = in_reach("people.write", field="person__org") & ~is_person("person")

CORRECTION_RULES = {
    "view": in_reach("people.write", field="person__org") | is_person("person"),
    "edit": nobody,
    "place": nobody,
    "decide": corrects,
    # What was asked on a proof that fell is let go with it.
    "take_back": is_person("person") | by_itself(),
}
