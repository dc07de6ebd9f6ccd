"""Raters give their marks; objections are raised and answered."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from ..models import Contender, Objection, Rater, Review, Round, RoundState
from ..queries.raters import conflict, is_last, nobody_to_follow, rated_items, stand_in

VERBS |= {"review": "互评打分", "avoid": "声明回避", "object": "提出异议"}
MOST_WORDS = 200  # of why a rater avoids bodies


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
def decline(review: Review, *, why: str, by: Actor) -> None:
    """A rater has a tie to whom they drew: another rates in their place, as evenly as it can be.

    The same holds for all they drew of that body. Without anybody else the others' marks stand;
    where there would be none left it is refused.
    """
    round_ = Round.objects.select_for_update().get(pk=review.contender.round_id)
    if round_.state != RoundState.RATING:
        raise DomainError("互评已经结束，不能再声明回避。")
    rater, body = review.rater, review.contender.org
    rater.avoids.add(body)
    rater.why = "；".join(filter(None, (rater.why, why)))[:MOST_WORDS]
    rater.save(update_fields=["why"])
    drawn = rater.reviews.select_related("contender__org", "contender__round")
    left = [one for one in drawn if conflict(rater, one.contender)]
    fresh = [other for one in left if (other := _pass_on(one))]
    said = {"who": str(rater), "avoids": str(body), "reason": why}
    record(round_, "avoid", by=by, changes=said)
    emit(round_, "decline", by=by, people={one.person_id for one in fresh})


def _pass_on(review: Review) -> Rater | None:
    contender = review.contender
    other = stand_in(contender)
    if other is None and is_last(review):
        raise DomainError(nobody_to_follow(contender))
    review.delete()
    if other is not None:
        Review.objects.create(contender=contender, rater=other)
    return other


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
    emit(made, "object", by=by)
    return made


def answer(objection: Objection, *, answer: str, by: Actor) -> None:
    """What was found out; both outcomes need it."""
    objection.answer = answer
    objection.save(update_fields=["answer"])
