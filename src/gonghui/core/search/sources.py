"""What can be found: an app's ``search.py`` registers a source for each of its models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gonghui.core.access.actor import Actor
from gonghui.kit.registry import Registry
from gonghui.kit.rules import Rule

Words = Callable[[Any], str]


def _nothing(subject: Any) -> str:
    return ""


def _no_weight(subject: Any) -> int:
    return 0


def _alone(subject: Any, verb: str) -> models.QuerySet[Any] | None:
    return None


def _nobody_else(actor: Actor, text: str) -> models.QuerySet[Any] | None:
    return None


def _own_org(subject: Any) -> int:
    pk: int = subject.org_id
    return pk


@dataclass(frozen=True)
class Source:
    """How the records of one model are found and shown; ``rule`` is the screens' own "view".

    ``title`` and ``words`` are searched and must read the record's own fields only, or a card
    would go stale unseen; ``note`` is the second line, read when it is shown. ``reading`` gives
    (pinyin, initials) where the record keeps them. ``beside`` gives rows found otherwise than by
    their cards, which must never hold a sensitive text: a tail of a number, for whoever may; it
    narrows by a rule of its own. ``also`` names the rows written in bulk under
    one entry of this record's history, so that their cards follow it.
    """

    model: type[models.Model]
    label: str
    rule: Rule
    title: Words = str
    note: Words = _nothing
    words: Words = _nothing
    reading: Callable[[Any], tuple[str, str]] | None = None
    org: Callable[[Any], int] = _own_org
    weight: Callable[[Any], int] = _no_weight
    beside: Callable[[Actor, str], models.QuerySet[Any] | None] = _nobody_else
    also: Callable[[Any, str], models.QuerySet[Any] | None] = _alone
    only: Q = field(default_factory=Q)  # the rows that can be found at all
    columns: tuple[str, ...] = ()  # what a card is made from; where nothing is named, all of them
    related: tuple[str, ...] = ()  # what ``note`` reads beside the record
    url_name: str = ""
    position: int = 100  # of its group among the results
    still: frozenset[str] = frozenset()  # verbs after which the card says the same

    @property
    def kind(self) -> str:
        label: str = self.model._meta.label_lower
        return label

    def rows(self) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(self.only)

    def read(self) -> models.QuerySet[Any]:
        """The rows as a card needs them: of a wide record the rest is not fetched."""
        return self.rows().only(*self.columns)

    def visible(self, actor: Actor) -> models.QuerySet[Any]:
        return self.rule.narrow(self.rows(), actor)

    def url(self, subject: models.Model) -> str:
        meta = self.model._meta
        name = self.url_name or f"{meta.app_label}:{meta.model_name}-detail"
        return reverse(name, args=[subject.pk])


sources: Registry[Source] = Registry("search sources")


def register(source: Source) -> Source:
    """Make a model's records findable."""
    return sources.add(source.kind, source)
