"""What apps add to the pages that gather: the desk, a member's study page, a body's board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.kit.registry import Registry


@dataclass(frozen=True)
class Line:
    """One row of a card: what it is, how it stands, where it leads, how it is coloured."""

    label: str
    words: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Card:
    """A card of the member's study page; ``act`` is the word on its one button, to ``url``.

    ``words`` says how things stand in one sentence; ``order`` is its place, small ones first.
    """

    title: str
    url: str
    act: str
    words: str = ""
    lines: tuple[Line, ...] = ()
    order: int = 50


# Who asks, and the day → the card, or nothing where it does not concern them. Few queries each.
study_cards: Registry[Callable[[Actor, date], Card | None]] = Registry("cards of the study page")


@dataclass(frozen=True)
class BoardPart:
    """A part of the board (宣传栏) of a team or another body, on the screen and as A3 print.

    ``find`` gives the context of the template, or nothing where the body has none of it.
    """

    title: str
    template: str
    find: Callable[[Org, Actor, date], dict[str, Any] | None]
    order: int = 50


board_parts: Registry[BoardPart] = Registry("parts of a board")


# An officer, the body they look from, the day → what waits there for them. Few queries each.
desk_lines: Registry[Callable[[Actor, Org, date], list[Line]]] = Registry("lines of the desk")


def lines_of_desk(actor: Actor, org: Org, day: date) -> list[Line]:
    """Everything that waits for an officer at a body, app by app."""
    return [line for find in desk_lines for line in find(actor, org, day)]


def cards_of(actor: Actor, day: date) -> list[Card]:
    """All cards of a person's study page in their order."""
    found = [find(actor, day) for find in study_cards]
    return sorted((card for card in found if card), key=lambda card: card.order)


def board_of(org: Org, actor: Actor, day: date) -> list[tuple[BoardPart, dict[str, Any]]]:
    """The filled parts of a body's board in their order."""
    found = [(part, part.find(org, actor, day)) for part in board_parts]
    filled = [(part, context) for part, context in found if context is not None]
    return sorted(filled, key=lambda pair: pair[0].order)
