"""Puts a whole report of a sort together, and the figures other papers of an app take in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gonghui.core.access.actor import Actor
from gonghui.core.documents.outbound.docx import numeral
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

from .composing import Composition
from .parts import Scope, period_words, scope_for, write_part
from .shipped import FIGURES, MADE, SORTS, TITLES


def compose(sort: str, org: Org, period: Period, actor: Actor, today: date) -> Composition:
    """A report of a sort, of a union with all below it."""
    kind = SORTS[sort]
    names = [name for _, some in kind.chapters for name in some]
    scope = scope_for(names, org, period, actor, today)
    paper = Composition(f"{org.name}\n{kind.title.format(period=period_words(period))}")
    if kind.has_addressee and org.parent is not None:
        paper.addressee(org.parent.name)
    for title, some in kind.chapters:
        paper.chapter(title)
        _write(paper, scope, some)
    paper.signature(org.name, today)
    return paper


def _write(paper: Composition, scope: Scope, names: Iterable[str]) -> None:
    """The parts of a chapter; several worded ones have headings of their own."""
    some = list(names)
    worded = [name for name in some if name not in MADE]
    at = 0
    for name in some:
        if len(worded) > 1 and name in worded and name != "opening":
            at += 1
            paper.heading(f"{numeral(2, at)}{TITLES[name]}", 2)
        write_part(paper, scope, name)


def add_figures(
    paper: Composition, org: Org, period: Period, actor: Actor, today: date
) -> Scope | None:
    """A chapter of a union's main figures for a paper of an app's own; none without the right."""
    if not actor.can("indicators.view", at=org):
        return None
    scope = scope_for(FIGURES, org, period, actor, today)
    paper.chapter("主要数字")
    _write(paper, scope, FIGURES)
    return scope
