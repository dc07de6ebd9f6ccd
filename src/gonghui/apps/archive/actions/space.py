"""The sharing space is kept: recommendations and materials put up, thanks and comments given."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach_all
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit.errors import DomainError

from ..models import Comment, Material, Piece, Recommendation, Thanks
from ..rules import PIECE_RULES

VERBS |= {
    "thank": "致谢",
    "comment": "评论",
    "hide_comment": "隐藏评论",
    "drop_comment": "撤回评论",
}
MOST_A_DAY = 50  # comments of one person: more is not a conversation


@transaction.atomic
def recommend(org: Org, *, by: Actor, **facts: Any) -> Recommendation:
    """Put a book on a union's list."""
    made = Recommendation(org=org, by=by.person, **{"on": timezone.localdate()} | facts)
    made.full_clean(exclude=["org", "by"])
    made.save()
    record(made, "create", by=by, changes=changes_of({}, snapshot(made)), is_new=True)
    return made


@transaction.atomic
def hand_out(org: Org, *, by: Actor, files: Any = (), **facts: Any) -> Material:
    """Put up something to learn from, with its files."""
    made = Material(org=org, by=by.person, **{"on": timezone.localdate()} | facts)
    made.full_clean(exclude=["org", "by"])
    made.save()
    attach_all(made, files, by=by)
    record(made, "create", by=by, changes=changes_of({}, snapshot(made)), is_new=True)
    return made


@transaction.atomic
def thank(piece: Piece, *, by: Actor) -> bool:
    """Thank for what somebody shows, once; a second tap takes it back. Says whether it stands."""
    kept = _shared(piece, by)
    if by.person is None or kept.person_id == by.person.pk:
        raise DomainError("自己的内容就不用谢了。")
    given, is_new = Thanks.objects.get_or_create(piece=kept, person=by.person)
    if not is_new:
        given.delete()
    return is_new


@transaction.atomic
def comment(piece: Piece, words: str, *, by: Actor) -> Comment:
    """Say something to what somebody shows; they are told."""
    kept = _shared(piece, by)
    words = words.strip()
    if by.person is None or not words:
        raise DomainError("请先写几个字。")
    day = timezone.localdate()
    if Comment.objects.filter(person=by.person, at__date=day).count() >= MOST_A_DAY:
        raise DomainError("今天评论得很多了，明天再来吧。")
    made = Comment.objects.create(piece=kept, person=by.person, words=words[:500])
    record(kept, "comment", by=by)
    events.emit(kept, "comment", by=by, comment=made)
    return made


@transaction.atomic
def hide_comment(comment: Comment, *, reason: str, by: Actor) -> Comment:
    """The union takes a comment out of sight and says why; whoever wrote it still sees both."""
    kept = Comment.objects.select_for_update().select_related("piece").get(pk=comment.pk)
    if not PIECE_RULES["moderate"].allows(by, kept.piece):
        raise DomainError("只有管理学习的工会干部能隐藏评论。")
    if not reason.strip():
        raise DomainError("请写明为什么隐藏。")
    kept.hidden_at, kept.hidden_by, kept.reason = timezone.now(), by.person, reason.strip()[:200]
    kept.save(update_fields=["hidden_at", "hidden_by", "reason"])
    record(kept.piece, "hide_comment", by=by, changes={"reason": kept.reason})
    events.emit(kept, "hide", by=by)
    return kept


@transaction.atomic
def drop_comment(comment: Comment, *, by: Actor) -> None:
    """Whoever said it takes it back, for good."""
    if by.person is None or comment.person_id != by.person.pk:
        raise DomainError("只能撤回自己的评论。")
    record(comment.piece, "drop_comment", by=by)
    comment.delete()


def _shared(piece: Piece, by: Actor) -> Piece:
    """The row, locked, as long as its person shows it to the actor."""
    kept = Piece.objects.select_for_update().get(pk=piece.pk)
    if not PIECE_RULES["share"].allows(by, kept):
        raise DomainError("作者已经收回，不再公开。")
    return kept
