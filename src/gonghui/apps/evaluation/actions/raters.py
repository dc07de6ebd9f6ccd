"""Who rates whom: named, drawn, added while rating goes on, and let go."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from ..engine.drawing import draw
from ..models import Contender, Rater, Review, Round, RoundState
from ..queries.raters import able_to_rate, handed, nobody_else, rating

VERBS |= {"rater": "添加评委", "unrater": "取消评委", "relieve": "换人评"}


def start_rating(round_: Round, *, by: Actor) -> None:
    """Draw by the kept seed; nobody for their own line, nor for whom they declared."""
    Review.objects.filter(contender__round=round_).delete()
    _draw(round_)


def _draw(round_: Round) -> list[Review]:
    """Who is still missing is drawn; what was drawn before stays, and so do the marks."""
    contenders, raters = handed(round_), rating(round_)
    kept: dict[int, set[int]] = {one.pk: set() for one in contenders}
    for contender, rater in _drawn(contenders):
        kept[contender].add(rater)
    able = able_to_rate(contenders, raters)
    drawn = draw(able, [one.pk for one in raters], round_.raters_each, round_.seed, kept)
    return Review.objects.bulk_create(
        Review(contender_id=contender, rater_id=rater)
        for contender, chosen in drawn.items()
        for rater in chosen
    )


def _drawn(contenders: list[Contender]) -> list[tuple[int, int]]:
    rows = Review.objects.filter(contender__in=contenders)
    return list(rows.order_by("pk").values_list("contender_id", "rater_id"))


@transaction.atomic
def add_raters(round_: Round, people: list[Person], *, by: Actor) -> int:
    """Who is a rater already stays one; while rating goes on, who is missing is drawn at once.

    Returns how many were added.
    """
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    there = dict(locked.raters.values_list("person_id", "left_on"))
    fresh = [one for one in dict.fromkeys(people) if there.get(one.pk, True)]
    locked.raters.filter(person__in=fresh).update(left_on=None)
    Rater.objects.bulk_create(
        Rater(round=locked, person=one) for one in fresh if one.pk not in there
    )
    if fresh:
        record(locked, "rater", by=by, changes={"who": "、".join(map(str, fresh))})
    if locked.state == RoundState.RATING:
        _fill_up(locked, by=by)
    elif fresh:
        emit(locked, "rater", by=by, people={one.pk for one in fresh})
    return len(fresh)


def _fill_up(round_: Round, *, by: Actor) -> None:
    """Every contender has its raters again, as far as there are any who may."""
    drawn = {review.rater_id for review in _draw(round_)}
    people = Rater.objects.filter(pk__in=drawn).values_list("person", flat=True)
    emit(round_, "fill", by=by, people=set(people))


@transaction.atomic
def relieve(rater: Rater, *, reason: str, by: Actor) -> None:
    """A rater who cannot rate any more: others rate what is left; marks already given stay."""
    round_ = Round.objects.select_for_update().get(pk=rater.round_id)
    if round_.state != RoundState.RATING:
        raise DomainError("现在不在互评，不用换人。")
    rater.left_on = timezone.localdate()
    rater.save(update_fields=["left_on"])
    rater.reviews.filter(given_at=None).delete()
    record(round_, "relieve", by=by, changes={"who": str(rater), "reason": reason})
    _fill_up(round_, by=by)
    alone = [one for one in handed(round_) if not one.reviews.exists()]
    if alone:
        raise DomainError(f"{nobody_else(alone[0])}请先添加评委。")


@transaction.atomic
def keep_rater(rater: Rater, *, avoids: list[object], why: str, by: Actor) -> None:
    """Whom a rater must not rate, beyond their own line."""
    rater.why = why
    rater.save(update_fields=["why"])
    rater.avoids.set(avoids)  # type: ignore[arg-type]  # rows of bodies
    said = {"who": str(rater), "avoids": "、".join(map(str, avoids)), "reason": why}
    record(rater.round, "rater", by=by, changes=said)


@transaction.atomic
def drop_rater(rater: Rater, *, by: Actor) -> None:
    record(rater.round, "unrater", by=by, changes={"who": str(rater)})
    rater.delete()
