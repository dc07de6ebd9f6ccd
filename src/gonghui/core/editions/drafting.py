"""What happens to an edition: kept while it is a draft, issued when it is sound, made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max

from gonghui.core.access.actor import Actor
from gonghui.core.flow.life import Transition
from gonghui.core.history.trail import record
from gonghui.kit.errors import DomainError
from gonghui.kit.rules import Rule

from .models import Edition, EditionState

E = TypeVar("E", bound=Edition)
HEAD = ("org", "title", "basis", "is_example")


def open_draft(edition: E) -> E:
    """The locked edition, if it may still be changed."""
    locked = type(edition)._default_manager.select_for_update().get(pk=edition.pk)
    if locked.state != EditionState.DRAFT:
        raise DomainError("已印发的不能再改。请另立新版本。")
    return locked


@transaction.atomic
def keep_head(edition: E, fill: Callable[[E], None] | None, *, basis: str, by: Actor) -> E:
    """Save the head; what ``fill`` fills from a template, with its basis, is an example."""
    is_new = edition.pk is None
    if not is_new:
        open_draft(edition)
    if fill:
        edition.is_example = True
        edition.basis = edition.basis or basis
    edition.save()
    if fill:
        fill(edition)
    record(edition, "create" if is_new else "update", by=by, changes={"title": edition.title})
    return edition


def next_edition(edition: E, columns: Iterable[str]) -> E:
    """A draft of the next version, still without its parts; the one before stays as it is."""
    kept = type(edition)._default_manager
    locked = kept.select_for_update().get(pk=edition.pk)
    if kept.filter(before=locked, state=EditionState.DRAFT).exists():
        raise DomainError("新版本已经在拟定，请在那一份上修改。")
    latest = kept.filter(org=locked.org, title=locked.title).aggregate(last=Max("version"))
    head = {name: getattr(locked, name) for name in (*HEAD, *columns)}
    return kept.create(**head, version=(latest["last"] or 0) + 1, before=locked)


def next_position(rows: models.QuerySet[Any]) -> int:
    """The place after the last part."""
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def life(
    writes: Rule, faults: Callable[[Any], Sequence[str]], *, confirm: str
) -> tuple[Transition, ...]:
    """Issued when it has no faults, retired when it is used no more."""

    def keeps_from_issue(edition: Edition, day: date) -> str:
        """It is sound: its page says of each part what is to be put right."""
        return "；".join(faults(edition)[:3])

    return (
        Transition(
            "issue", "印发", ("draft",), "issued", writes, waits=keeps_from_issue, is_main=True,
            confirm=confirm,
        ),
        Transition("retire", "停用", ("issued",), "retired", writes),
    )  # fmt: skip
