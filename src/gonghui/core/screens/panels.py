"""Parts of a record's page: facts, text, files, history and whatever an app adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attachments_of
from gonghui.core.flow.life import flows
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import VERBS, history_of
from gonghui.kit.prepared import about

from .changes import shown


@dataclass(frozen=True)
class Filled:
    """A panel with what it shows; a template draws it."""

    title: str
    template: str
    context: dict[str, Any]


class Panel:
    """Says which template shows what of a record."""

    title = ""
    template = ""
    part = ""  # of a long page, where it stands; the name of none is the first

    def context(self, obj: Any, request: Any) -> dict[str, Any]:
        return {}

    def fill(self, obj: Any, request: Any) -> Filled:
        return Filled(self.title, self.template, self.context(obj, request))


class Facts(Panel):
    """Named fields of the record, empty ones left out."""

    template = "screens/panel_facts.html"

    def __init__(self, *names: str, title: str = "") -> None:
        self.names, self.title = names, title

    def context(self, obj: Any, request: Any) -> dict[str, Any]:
        pairs = [self._pair(obj, name) for name in self.names]
        return {"facts": [(label, value) for label, value in pairs if value not in (None, "", [])]}

    @staticmethod
    def _pair(obj: models.Model, name: str) -> tuple[str, Any]:
        field = obj._meta.get_field(name)
        return str(field.verbose_name), _plain(shown(obj, field))  # type: ignore[union-attr, arg-type]


class Text(Panel):
    """A long text field as paragraphs."""

    template = "screens/panel_text.html"

    def __init__(self, name: str) -> None:
        self.name = name

    def context(self, obj: Any, request: Any) -> dict[str, Any]:
        label = obj._meta.get_field(self.name).verbose_name
        return {"label": label, "text": getattr(obj, self.name)}


class Attachments(Panel):
    """The files of the record; ``removable`` ones whoever may edit it may take away."""

    title = "附件"
    template = "screens/panel_files.html"

    def __init__(self, *, removable: bool = False) -> None:
        self.removable = removable

    def context(self, obj: Any, request: Any) -> dict[str, Any]:
        return {"files": list(attachments_of(obj)), "removable": self.removable}


class Custom(Panel):
    """A panel an app draws itself: a template and a function that finds its context."""

    def __init__(
        self, title: str, template: str, find: Callable[[Any, Any], dict[str, Any]], part: str = ""
    ) -> None:
        self.title, self.template, self.find, self.part = title, template, find, part

    def context(self, obj: Any, request: Any) -> dict[str, Any]:
        return self.find(obj, request)


# Panels an app adds to a record that another app shows: label of the model → panels.
plugged: dict[str, list[Panel]] = {}


def plug(label: str, panel: Panel) -> None:
    """Show a panel on every page of a model, after its own: ``plug("people.person", …)``."""
    plugged.setdefault(label, []).append(panel)


WHOLE = "whole"  # asks for all parts of a long page at once, to print it or look something up in it


def in_part(
    panels: Iterable[Panel], parts: Mapping[str, str], asked: str
) -> tuple[list[Panel], list[dict[str, Any]]]:
    """The panels of the part that is asked for, and the tabs to all parts; none for a short page.

    ``parts`` names each part as panels do and as people read it, the first one ``""``.
    """
    if not parts:
        return list(panels), []
    names = {**parts, WHOLE: "全部"}
    chosen = asked if asked in names else ""
    tabs = [
        {"label": label, "url": f"?part={name}" if name else "?", "current": name == chosen}
        for name, label in names.items()
    ]
    return [panel for panel in panels if chosen in (WHOLE, panel.part)], tabs


@dataclass(frozen=True)
class Happened:
    """One line of a record's timeline."""

    label: str
    by: str
    at: Any
    changes: list[tuple[str, Any, Any]]


MOST_ENTRIES = 30


def timeline(obj: models.Model, actor: Actor) -> list[Happened]:
    """What happened to a record, newest first; field names and verbs in people's words."""
    model, label = type(obj), obj._meta.label_lower
    flow = flows.get(label)

    def asked(pk: int) -> models.QuerySet[Entry]:
        return history_of(model(pk=pk))[:MOST_ENTRIES]

    happened = []
    for entry in about(obj.pk, ("history", label), asked):
        verb = (flow and flow.label_of(entry.verb)) or VERBS.get(entry.verb, entry.verb)
        by = entry.by.name if entry.by else "系统"
        happened.append(Happened(verb, by, entry.at, told(obj, entry.changes)))
    return happened


def told(obj: Any, changes: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """The changes of a record (or of its model) in words: label, before, after."""
    return [_line(obj, name, said) for name, said in changes.items() if name != "state"]


def _line(obj: Any, name: str, said: Any) -> tuple[str, Any, Any]:
    own = (*obj._meta.concrete_fields, *obj._meta.many_to_many)
    fields = {field.name: str(field.verbose_name) for field in own}
    label = fields.get(name, WORDS.get(name, name))
    if isinstance(said, list) and len(said) == 2:
        return label, _plain(said[0]), _plain(said[1])
    return label, None, _plain(said)


def _plain(value: Any) -> Any:
    """A yes or no in a word."""
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


# What people answer in the small forms of transitions, in their words.
WORDS = {
    "from": "来自",
    "reason": "原因",
    "file": "文件",
    "note": "说明",
    "month": "推迟到",
    "count": "数量",
    "on": "日期",
}
