"""Records whose history is for few: their label, and the capability without which it is unread."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.kit.registry import Registry
from gonghui.kit.rules import EVERYBODY, Rule

guarded: Registry[str] = Registry("guarded history")


def _open(actor: Actor) -> Q:
    """Entries of everything but what is guarded; of that, where the actor holds the capability."""
    condition = EVERYBODY
    for label, capability in guarded.items():
        app, model = label.split(".")
        ours = Q(content_type__app_label=app, content_type__model=model)
        part = ~ours | actor.reach(capability, field="by__org")
        condition = part if condition == EVERYBODY else condition & part
    return condition


unguarded = Rule(_open, "not for few alone")
