"""Who is told of a topic's steps and of a reward: the people it is about."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import kinds, tell_all

from .models import Incentive, Topic

kinds.add("teams", "学习型班组")


@on("teams.topic", "start")
@on("teams.topic", "release")
@on("teams.topic", "praise")
@on("teams.topic", "reopen")
@on("teams.topic", "drop")
def tell_group(topic: Topic, *, by: Actor, words: str = "", reason: str = "", **said: Any) -> None:
    """Who works at it hears where it stands; how it was praised or why it goes on, in the words."""
    group = {topic.leader_id, *topic.members.values_list("pk", flat=True)}
    url = reverse("teams:topic-detail", args=[topic.pk])
    title = f"课题{topic.get_state_display()}：{topic}"
    body = words or (f"原因：{reason}" if reason else "")
    tell_all(group, kind="teams", title=title, body=body, url=url, but=by.person_id)


@on("teams.incentive", "give")
def tell_rewarded(incentive: Incentive, *, by: Actor, **said: Any) -> None:
    url = reverse("teams:incentive-detail", args=[incentive.pk])
    title = f"{incentive.org}给予您{incentive.get_reward_display()}：{incentive.what}"
    told, words = {incentive.person_id}, incentive.reason
    tell_all(told, kind="teams", title=title, body=words, url=url, but=by.person_id)
