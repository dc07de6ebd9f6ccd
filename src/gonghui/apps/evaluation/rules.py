"""Who may see schemes and rounds, hold them, apply, rate and object."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.kit.rules import NOBODY, Rule, state_in

from .models import RUNNING, SHOWN, RoundState

writes = in_reach("evaluation.write")
reads = in_reach("evaluation.view") | writes
# Whoever is judged by a scheme may read it once it is issued.
sees = reads | (at_home() & ~state_in("draft"))

SCHEME_RULES = {
    "view": sees,
    "edit": writes & state_in("draft"),
    "place": writes,
    "version": writes & ~state_in("draft"),
    "trial": reads,
}
ROUND_RULES = {
    "view": sees,
    "edit": writes & state_in(RoundState.DRAFT),
    "place": writes,
    "raters": writes & state_in(RoundState.DRAFT, RoundState.APPLYING, RoundState.RATING),
    "before_draw": writes & state_in(RoundState.DRAFT, RoundState.APPLYING),
    "relieve": writes & state_in(RoundState.RATING),
    "results": reads | (at_home() & state_in(*SHOWN)),
    "decide": writes & state_in(RoundState.RANKING),
    "try": reads,
    "object": (writes | at_home()) & state_in(RoundState.NOTICE),
}


def _of_round(*states: str) -> Rule:
    return state_in(*states, field="round__state")


def _drawn(actor: Any) -> Q:
    return Q(reviews__rater__person=actor.person.pk) if actor.person else NOBODY


holds = in_reach("evaluation.write", field="round__org")
watches = in_reach("evaluation.view", field="round__org") | holds
applies = in_reach("evaluation.apply") | writes
drawn = Rule(_drawn, "was drawn to rate it")
APPLYING = _of_round(RoundState.APPLYING)
# Who put themselves forward hands their own sheet in.
hands_in = (applies | is_person("person")) & APPLYING

CONTENDER_RULES = {
    "view": applies | in_reach("evaluation.view") | watches | is_person("person") | drawn,
    "edit": applies & APPLYING & state_in("filling"),
    "place": applies,
    "check": hands_in & state_in("filling"),
    "visit": holds & _of_round(RoundState.VISITING) & state_in("handed"),
    # One of two tellers; the second one may not see what the first one entered.
    "count": (applies | holds)
    & _of_round(RoundState.APPLYING, RoundState.RATING, RoundState.VISITING)
    & ~state_in("withdrawn"),
    "binder": applies | watches | is_person("person"),
}
# What members said of a body is for those who may read its sheet.
hears = (
    in_reach("evaluation.view", field="line__contender__org")
    | in_reach("evaluation.apply", field="line__contender__org")
    | in_reach("evaluation.write", field="line__contender__org")
    | in_reach("evaluation.view", field="line__contender__round__org")
    | in_reach("evaluation.write", field="line__contender__round__org")
)
leaves = (applies | holds | is_person("person")) & _of_round(*RUNNING[:-1])
# Before the draw raters say themselves whom they must not rate; after it, of whom they drew.
declares = is_person("person") & APPLYING
# Before all have given, what others gave is nobody's to see.
REVIEW_RULES = {
    "view": is_person("rater__person"),
    "edit": is_person("rater__person")
    & state_in(RoundState.RATING, field="contender__round__state"),
    "place": is_person("rater__person"),
}
OBJECTION_RULES = {
    "view": writes | in_reach("evaluation.view") | is_person("person"),
    "edit": writes & state_in("open"),
    "place": writes | is_person("person"),
}
answers = writes & state_in(*SHOWN[:1], field="round__state")
