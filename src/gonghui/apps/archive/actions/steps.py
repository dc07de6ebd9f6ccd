"""What the steps in the life of a piece do beside moving it."""

from __future__ import annotations

from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.credits.settling import settle, withdraw
from gonghui.kit.errors import DomainError

from ..models import Piece
from ..queries.pieces import lacking
from .pieces import earned_by

TITLE_OF_TEXT = 20  # characters of a text that has no title


def write(piece: Piece, *, by: Actor) -> None:
    """It counts from now on."""
    _complete(piece)
    settle(piece, piece.org, [earned_by(piece)], by=by)


def take_back(piece: Piece, *, by: Actor) -> None:
    """It is a draft again and counts no more until it is written anew."""
    withdraw(piece, piece.org, by=by)


def hand_in(piece: Piece, *, by: Actor) -> None:
    _complete(piece)
    piece.handed_in_on = timezone.localdate()
    piece.reason = ""
    piece.save(update_fields=["handed_in_on", "reason"])


def confirm(piece: Piece, *, by: Actor) -> None:
    piece.confirmed_by, piece.confirmed_at = by.person, timezone.now()
    piece.save(update_fields=["confirmed_by", "confirmed_at"])
    settle(piece, piece.org, [earned_by(piece)], by=by)


def send_back(piece: Piece, *, by: Actor, reason: str) -> None:
    """Also of what was confirmed: what it earned is withdrawn with it."""
    piece.reason, piece.confirmed_by, piece.confirmed_at = reason, None, None
    piece.save(update_fields=["reason", "confirmed_by", "confirmed_at"])
    withdraw(piece, piece.org, by=by)


def _complete(piece: Piece) -> None:
    """A text without a title is called by its beginning; anything else missing is said."""
    if not piece.title and piece.text.strip():
        piece.title = piece.text.strip().splitlines()[0][:TITLE_OF_TEXT]
        piece.save(update_fields=["title"])
    missing = lacking(piece)
    if missing:
        raise DomainError(f"还缺：{'、'.join(missing)}。补上以后再提交。")
    if piece.on is not None and piece.on > timezone.localdate():
        raise DomainError("日期还没到，请填今天或以前的日期。")
