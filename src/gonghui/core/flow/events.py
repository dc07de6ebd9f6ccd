"""What happened, for whoever listens: ``on`` at start-up, ``emit`` inside the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import models

from gonghui.core.access.actor import Actor

Handler = Callable[..., None]
_handlers: dict[tuple[str, str], list[Handler]] = defaultdict(list)


def on(label: str, name: str) -> Callable[[Handler], Handler]:
    """Listen to an event of a model: ``@on("plans.plan", "submit")``."""

    def listen(handler: Handler) -> Handler:
        _handlers[(label, name)].append(handler)
        return handler

    return listen


def emit(subject: models.Model, name: str, *, by: Actor, **details: Any) -> None:
    """Tell the listeners, in the caller's transaction and in the order in which they signed up."""
    for handler in _handlers[(subject._meta.label_lower, name)]:
        handler(subject, by=by, **details)


def listened() -> list[tuple[str, str]]:
    """The events somebody listens to; a test holds them against the flows."""
    return sorted(_handlers)
