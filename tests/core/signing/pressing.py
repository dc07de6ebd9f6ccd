"""What one of several processes does to the same activity at the same moment."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import Error

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.people.models import Person
from gonghui.core.signing.actions.signing import Signing, sign_up, withdraw


def press(activity: int, people: Sequence[int]) -> int:
    """Each signs up; every third gives the place back at once. How many met an error."""
    held = Activity.objects.get(pk=activity)
    errors = 0
    for at, person in enumerate(Person.objects.select_related("org").filter(pk__in=people)):
        actor = Actor(person)
        try:
            (made,) = sign_up(held, [Signing(person)], by=actor)
            if at % 3 == 2:
                withdraw(made, by=actor)
        except Error:
            errors += 1
    return errors
