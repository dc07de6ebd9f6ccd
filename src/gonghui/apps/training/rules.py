"""Who sees and keeps needs, plans, classes and tests, and who may take a test."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor, at_home, in_reach, is_person
from gonghui.kit.rules import NOBODY, Rule, nobody, state_in

from .models import DemandState, ProgrammeState, QuizState, Use

keeper = in_reach("learning.write")
reader = in_reach("learning.view")


def _asked(actor: Actor) -> Q:
    """Whom a test is for: the learners it ends a class of, its squads, else all below its body."""
    if actor.person is None:
        return NOBODY
    me = actor.person.pk
    open_to_all = Q(ends_courses=None, org__path__in=actor.person.org.ancestor_paths())
    return (
        Q(ends_courses__learners__person=me)
        | Q(squads__members=me)
        | (open_to_all & ~Q(use=Use.CONTEST))
    )


asked = Rule(_asked, "asked")
took = is_person("attempts__person")

DEMAND_RULES = {
    "view": keeper | reader,
    "edit": keeper & state_in(DemandState.DRAFT),
    "place": keeper,
}
# A union's branches hold classes of its programmes, with those who teach for it.
PROVIDER_RULES = {
    "view": keeper | reader,
    "edit": keeper,
    "place": keeper,
    "use": keeper | reader | at_home(),
}
PROGRAMME_RULES = {
    "view": keeper
    | reader
    | is_person("courses__learners__person")
    | (at_home() & ~state_in(ProgrammeState.DRAFT)),
    "edit": keeper & ~state_in(ProgrammeState.CLOSED),
    "place": keeper,
}
COURSE_RULES = {
    "view": keeper | reader | is_person("learners__person"),
    "edit": keeper & ~state_in("cancelled"),
    "place": keeper,
    "keep": keeper & state_in("running"),
}
OUTSIDER_RULES = {"view": keeper, "edit": keeper, "place": keeper}
LEARNER_RULES = {
    "view": in_reach("learning.write", field="course__org")
    | in_reach("learning.view", field="course__org")
    | is_person("person"),
    "edit": in_reach("learning.write", field="course__org")
    & state_in("running", field="course__state"),
    "place": nobody,
    "ask": in_reach("learning.write", field="course__org"),
    "own": is_person("person"),
}
OUTCOME_RULES = {
    "view": in_reach("learning.write", field="learner__course__org"),
    "edit": nobody,  # what somebody said on a day stays said
    "place": nobody,
}
EXERCISE_RULES = {"view": keeper, "edit": keeper, "place": keeper}
QUIZ_RULES = {
    "view": keeper | reader,
    "edit": keeper & state_in(QuizState.DRAFT),
    "place": keeper,
    "keep": keeper,
    "sit": asked & state_in(QuizState.OPEN),
    "look": (asked | took) & ~state_in(QuizState.DRAFT),
}
ATTEMPT_RULES = {
    "view": in_reach("learning.write", field="quiz__org")
    | in_reach("learning.write", field="person__org"),
    "edit": nobody,  # a paper stays as it was handed in
    "place": nobody,
    "own": is_person("person"),
}
