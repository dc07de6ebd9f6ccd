"""Whom an activity is for, as people: leaders and lists sign up nobody else."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import subtree
from gonghui.core.people.models import Post


def meant(activity: Activity) -> Q:
    """People of the named units, else of the body that holds it, and who has a post in one.

    The same as the rule ``invited`` says of the person who looks.
    """
    bodies = list(activity.audience.all()) or [activity.org]
    reach = Q()
    for org in bodies:
        reach |= subtree(org.path, field="org")
    held = Post.objects.held(timezone.localdate()).filter(org__in=bodies)
    return reach | Q(pk__in=held.order_by().values("person"))
