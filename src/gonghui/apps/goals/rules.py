"""Who sees and keeps goals and plans: the person, their coach, who looks after the body."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.kit.rules import Rule, state_in

from .models import GoalState, PlanState

own = is_person("person")
coach = is_person("coach")
holder = in_reach("learning.write")
reader = in_reach("learning.view")
of_body = Rule(lambda actor: Q(person=None), "of a body")
shown = Rule(lambda actor: Q(is_shown=True), "shown")
is_goal = Rule(lambda actor: Q(sort="goal"), "a goal")

# A body's goals are read by all below it; a person's own by whoever looks after them.
keeps = own | (holder & of_body)
GOAL_RULES = {
    "view": own
    | holder
    | reader
    | in_reach("learning.view", field="person__org")
    | (at_home() & (of_body | shown)),
    "edit": keeps & state_in(GoalState.STANDING),
    "place": keeps,
}
sees_step = (
    is_person("goal__person")
    | in_reach("learning.write", field="goal__org")
    | in_reach("learning.view", field="goal__org")
    | in_reach("learning.view", field="goal__person__org")
)
# A plan lies where it was made and is carried on where its person is by now.
keeps_plan = holder | in_reach("learning.write", field="person__org")
reads_plan = reader | in_reach("learning.view", field="person__org")
GROWTHPLAN_RULES = {
    "view": own | coach | keeps_plan | reads_plan,
    "edit": (own & state_in(PlanState.DRAFT)) | (keeps_plan & ~state_in(PlanState.CLOSED)),
    "promise": (keeps_plan | coach) & ~state_in(PlanState.CLOSED),
    # Whether a promise was kept is for either side to say.
    "settle": own | keeps_plan | coach,
    "place": own | keeps_plan,
}
looks = (keeps_plan | coach) & ~own
