"""Raters give their marks; objections are raised and answered."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from ..models import Contender, Objection, Review, Round, RoundState
from ..queries.raters import conflict, rated_items

VERBS |= {"review": "互评打分", "object": "提出异议"}


@transaction.atomic
def give_marks(review: Review, *, marks: dict[str, str], words: str, by: Actor) -> None:
    """All items at once; until rating ends a rater may give again."""
    locked = Review.objects.select_for_update().get(pk=review.pk)
    contender = locked.contender
    if contender.round.state != RoundState.RATING:
        raise DomainError("互评已经结束，不能再打分。")
    if why := conflict(locked.rater, contender):
        raise DomainError(f"您与{contender}有关系（{why}），不能评。")
    wanted = {str(one.pk) for one in rated_items(contender.round)}
    if set(marks) != wanted:
        raise DomainError("请给每一项打分。")
    locked.marks, locked.words, locked.given_at = marks, words, timezone.now()
    locked.save(update_fields=["marks", "words", "given_at"])
    record(contender, "review", by=by)  # how many marks stays with the review


@transaction.atomic
def raise_objection(
    round_: Round, *, words: str, contender: Contender | None, own: bool, by: Actor
) -> Objection:
    """While the notice stands; ``own`` is false where an officer notes a letter or a call."""
    today = timezone.localdate()
    if round_.state != RoundState.NOTICE or round_.notice_until is None:
        raise DomainError("现在不在公示期。")
    if today > round_.notice_until:
        raise DomainError(f"公示已于 {round_.notice_until} 结束。")
    made = Objection.objects.create(
        org=round_.org,
        round=round_,
        contender=contender,
        person=by.person if own else None,
        words=words,
        on=today,
        notice_number=round_.notice_number,
    )
    record(made, "object", by=by, changes={"words": words}, is_new=True)
    return made


def answer(objection: Objection, *, answer: str, by: Actor) -> None:
    """What was found out; both outcomes need it."""
    objection.answer = answer
    objection.save(update_fields=["answer"])
