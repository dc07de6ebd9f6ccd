"""Who sees and keeps what teams study, improve and praise."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor, at_home, in_reach, is_person
from gonghui.kit.rules import NOBODY, Rule, pointed_at, state_in

from .models import Topic, TopicState

holder = in_reach("learning.write")
reader = in_reach("learning.view")
leader = is_person("leader")


def _member(actor: Actor) -> Q:
    """A group may have somebody from another team in it."""
    if actor.person is None:
        return NOBODY
    named = Topic.members.through._base_manager.filter(person=actor.person.pk)
    return pointed_at(named, "topic")


member = Rule(_member, "member")
# What hangs on a team's board is for all below it to read.
seen = holder | reader | at_home()

# Of the body itself.
keeps_board = in_reach("learning.write", field="")
sees_board = keeps_board | in_reach("learning.view", field="") | at_home(field="")
ENLISTMENT_RULES = {"view": seen, "edit": holder, "place": holder}
STAGE_RULES = {"view": seen, "edit": holder, "place": holder}
STUDYPLAN_RULES = {"view": seen, "edit": holder, "place": holder}
INSTRUCTOR_RULES = {"view": seen, "edit": holder, "place": holder}
EVIDENCE_RULES = {"view": seen, "edit": holder, "place": holder}
INCENTIVE_RULES = {
    "view": seen | is_person("person"),
    "edit": holder,
    "place": holder,
}
TOPIC_RULES = {
    "view": seen | leader | member,
    "edit": (holder | leader) & state_in(TopicState.PROPOSED, TopicState.RUNNING),
    "place": holder | leader,
}
