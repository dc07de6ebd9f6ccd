"""Life cycles written as data, and the one function that moves a record along one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.kit.errors import DomainError
from gonghui.kit.prepared import about
from gonghui.kit.registry import Registry
from gonghui.kit.rules import Rule, holds, state_in

from . import events


class Refused(DomainError):
    """The transition does not exist, does not start here, or is not this actor's to make."""


@dataclass(frozen=True)
class Transition:
    """One step of a life; ``sources`` are states, ``form`` asks for what the step needs.

    ``waits`` says of a record and a day what others must do first, in a sentence; empty where
    nothing stands against the step. It is only asked for those to whom the step is open.
    ``warns`` says in the same way what to know before taking it; it keeps nobody from it.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    rule: Rule
    form: type[forms.Form] | None = None
    effect: Callable[..., object] | None = None
    confirm: str = ""
    is_main: bool = False  # the step most people come for: drawn as the main button
    waits: Callable[[Any, date], str] | None = None
    warns: Callable[[Any, date], str] | None = None

    @property
    def guard(self) -> Rule:
        return state_in(*self.sources) & self.rule

    def kept_by(self, obj: models.Model, day: date) -> str:
        """What keeps the step from being taken that day; empty where nothing does."""
        return self.waits(obj, day) if self.waits else ""

    def said_before(self, obj: models.Model, day: date) -> list[str]:
        """What whoever takes the step reads first."""
        warning = self.warns(obj, day) if self.warns else ""
        return [one for one in (warning, self.confirm) if one]


class Flow:
    """The transitions of one model's ``state``; created once, at import."""

    def __init__(self, model: type[models.Model], transitions: tuple[Transition, ...]) -> None:
        self.model = model
        self.transitions = transitions
        self.by_name = {t.name: t for t in transitions}
        if len(self.by_name) != len(transitions):
            raise ValueError(f"{model.__name__}: two transitions share a name")
        flows.add(model._meta.label_lower, self)

    @property
    def states(self) -> list[tuple[str, str]]:
        field: Any = self.model._meta.get_field("state")
        return list(field.choices or [])

    def with_steps(self, rows: models.QuerySet[Any], actor: Actor) -> models.QuerySet[Any]:
        """Rows that know which steps are open to the actor: then ``open_to`` asks nothing."""
        flags = {f"open_{n}": holds(rows.model, rule(actor)) for n, rule in enumerate(self._rules)}
        flagged: models.QuerySet[Any] = rows.annotate(**flags)
        return flagged

    def open_to(self, actor: Actor, obj: models.Model) -> list[Transition]:
        """The transitions this actor could make now, found with a single query at the most."""
        state = obj.state  # type: ignore[attr-defined]  # a flow's model has a state
        candidates = [t for t in self.transitions if state in t.sources]
        if not candidates:
            return []
        known = obj.__dict__ if "open_0" in obj.__dict__ else self._asked(actor, obj.pk, state)
        open_now = {rule for n, rule in enumerate(self._rules) if known.get(f"open_{n}")}
        return [step for step in candidates if step.rule in open_now]

    @cached_property
    def _rules(self) -> list[Rule]:
        """Most steps of a life share a rule, which is asked once."""
        return list(dict.fromkeys(step.rule for step in self.transitions))

    def _asked(self, actor: Actor, pk: int, state: str) -> dict[str, Any]:
        """The flags of a row that is still in the state; none where it went on meanwhile."""

        def asked(pk: int) -> models.QuerySet[Any, dict[str, Any]]:
            rows = self.with_steps(self.model._base_manager.filter(pk=pk, state=state), actor)
            return rows.values(*(f"open_{n}" for n in range(len(self._rules))))

        label = self.model._meta.label
        rows = about(pk, ("open", label, state, actor.key, timezone.localdate()), asked)
        return next(iter(rows), {})

    @transaction.atomic
    def perform(self, obj: models.Model, name: str, *, by: Actor, **answers: Any) -> models.Model:
        """Lock the row, check guard and wait, run the effect, write state and history, announce.

        An answer named ``on`` is the day the step was taken, where that is not today.
        """
        step = self.by_name.get(name)
        locked: Any = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
        if step is None or not step.guard.allows(by, locked):
            raise Refused("这一步现在不能办，可能别人已经办过了。请刷新看看。")
        if why := step.kept_by(locked, answers.get("on") or timezone.localdate()):
            raise DomainError(why)
        before, locked.state = locked.state, step.target
        if step.effect:
            step.effect(locked, by=by, **answers)
        locked.save(update_fields=["state"])
        said = {key: value for key, value in answers.items() if value not in (None, "", [])}
        record(locked, name, by=by, changes={"state": [before, locked.state], **_plain(said)})
        events.emit(locked, name, by=by, **answers)
        return locked  # type: ignore[no-any-return]  # a row of the model we were given

    def label_of(self, verb: str) -> str | None:
        step = self.by_name.get(verb)
        return step.label if step else None

    def mermaid(self) -> str:
        """A state diagram of this life, for the docs."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {state}: {label}" for state, label in self.states]
        lines += [f"    {s} --> {t.target}: {t.label}" for t in self.transitions for s in t.sources]
        return "\n".join(lines)


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    """Answers as history keeps them: names of people, bodies and files instead of objects."""
    return {k: _name(v) for k, v in said.items()}


def _name(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(_name(one)) for one in value)
    return str(value) if isinstance(value, models.Model | File) else value


def awaiting(flow: Flow, actor: Actor, names: tuple[str, ...]) -> models.QuerySet[Any]:
    """Records on which the actor could make one of these steps now."""
    guards = [flow.by_name[name].guard for name in names]
    whole = guards[0]
    for guard in guards[1:]:
        whole = whole | guard
    return whole.narrow(flow.model._base_manager.all(), actor)


flows: Registry[Flow] = Registry("flows")
