"""Who is told: the union of what is handed in, the person of what became of it and of comments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.access.officers import nearest_holders
from gonghui.core.flow.events import on
from gonghui.core.notices.inbox import Message, tell_each
from gonghui.core.records.engine.proofs import printed

from .models import Comment, Piece, Volume


@on("archive.piece", "hand_in")
def tell_keepers(piece: Piece, *, by: Actor, **said: Any) -> None:
    """The nearest who confirm; for one person at most once a day and piece."""
    org = piece.person.org
    found = nearest_holders([org], "learning.write", timezone.localdate(), but=piece.person_id)
    url = reverse("archive:piece-detail", args=[piece.pk])
    body = f"{piece.person}交来{piece.sort.label}，请看材料后确认或退回。"
    key = f"handed:{piece.pk}:{timezone.localdate()}"
    _tell(found[org.pk], "submitted", f"待确认：{piece}", body, url, key)


@on("archive.piece", "confirm")
def tell_of_confirmation(piece: Piece, *, by: Actor, **said: Any) -> None:
    _tell([piece.person_id], "approved", f"已确认：{piece}", "已计入您的学习档案。", _own(piece))


@on("archive.piece", "return")
def tell_of_return(piece: Piece, *, by: Actor, reason: str, **said: Any) -> None:
    _tell([piece.person_id], "returned", f"已退回：{piece}", f"原因：{reason}", _own(piece))


@on("archive.piece", "comment")
def tell_of_comment(piece: Piece, *, by: Actor, comment: Comment, **said: Any) -> None:
    if comment.person_id != piece.person_id:
        title = f"{comment.person}评论了您的“{piece}”"
        url = reverse("archive:shown", args=[piece.pk])
        _tell([piece.person_id], "system", title, comment.words[:100], url)


@on("archive.comment", "hide")
def tell_hidden(comment: Comment, *, by: Actor, **said: Any) -> None:
    """Whoever wrote it hears why, also where the piece is not shown to them any more."""
    if by.person is None or by.person.pk != comment.person_id:
        title, url = (
            f"您的评论已隐藏：{comment.piece}",
            reverse("archive:shown", args=[comment.piece_id]),
        )
        _tell([comment.person_id], "system", title, f"原因：{comment.reason}", url)


@on("archive.volume", "freeze")
def tell_frozen(volume: Volume, *, by: Actor, **said: Any) -> None:
    """The union froze it for them: where the paper lies, and its code."""
    if by.person is None or by.person.pk != volume.person_id:
        title, words = f"已封存：{volume}", f"编号 {printed(volume.code)}，可以下载、核对。"
        _tell([volume.person_id], "system", title, words, reverse("archive:my-years"))


def _own(piece: Piece) -> str:
    return reverse("archive:my-piece", args=[piece.pk])


def _tell(people: Iterable[int], kind: str, title: str, body: str, url: str, key: str = "") -> None:
    tell_each((Message(pk, title, body, url, key) for pk in people), kind=kind)
