"""Whom an activity is for, as people: leaders and lists sign up nobody else."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from gonghui.core.activities.models import Activity, Admits
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Post


def bodies_for(activity: Activity) -> list[Org]:
    """The named units, else the body that holds it, and those that agreed to hold it too."""
    return [*(list(activity.audience.all()) or [activity.org]), *activity.joined.all()]


def meant(activity: Activity) -> Q:
    """People of the bodies it is for, and who has a post in one.

    The same as the rule ``invited`` says of the person who looks.
    """
    bodies = bodies_for(activity)
    reach = Q()
    for org in bodies:
        reach |= subtree(org.path, field="org")
    held = Post.objects.held(timezone.localdate()).filter(org__in=bodies)
    return reach | Q(pk__in=held.order_by().values("person"))


def admission_words(activity: Activity) -> str:
    """What holds for whoever is not of those it is for, in a sentence (R-022)."""
    if activity.admits == Admits.ALL:
        return "其他人也可以报名。" if activity.categories else ""
    who = "会员" + ("（和上面写的会员以外的人）" if activity.outsiders else "")
    within = f"只请{who}" if not activity.categories else f"只请以上人员，限{who}"
    end = "其他人报名要负责人同意" if activity.admits == Admits.LEAVE else "其他人不能报名"
    return f"{within}；{end}。"
