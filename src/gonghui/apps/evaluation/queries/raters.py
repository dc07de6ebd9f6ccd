"""Who may rate whom, and what a rater still has to give."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from ..models import (
    Contender,
    ContenderState,
    Criterion,
    Filler,
    Rater,
    Review,
    Round,
    RoundState,
)


def able_to_rate(contenders: Iterable[Contender], raters: list[Rater]) -> dict[int, list[int]]:
    """Contender → raters without a conflict of interest."""
    prefetch_related_objects(raters, "avoids")
    return {
        one.pk: [rater.pk for rater in raters if not conflict(rater, one)] for one in contenders
    }


def conflict(rater: Rater, contender: Contender) -> str:
    """Why a rater must not rate a contender; empty where nothing stands against it."""
    if contender.person_id == rater.person_id:
        return "本人"
    home, judged = rater.person.org, contender.org
    if _one_line(home, judged):
        return "本单位或上下级"
    if any(judged.is_within(body) for body in rater.avoids.all()):
        return "声明回避"
    return ""


def _one_line(one: Org, other: Org) -> bool:
    return one.is_within(other) or other.is_within(one)


def handed(round_: Round) -> list[Contender]:
    """Whoever is judged: handed in and not withdrawn."""
    rows = round_.contenders.filter(state=ContenderState.HANDED)
    return list(rows.select_related("org", "person__org").order_by("pk"))


def rating(round_: Round) -> list[Rater]:
    """Raters who have not been let go."""
    return list(round_.raters.filter(left_on=None).select_related("person__org").order_by("pk"))


def too_few(round_: Round) -> str:
    """Whom fewer may rate than are wanted, in a sentence; empty where there are enough."""
    contenders, each = handed(round_), round_.raters_each
    able = able_to_rate(contenders, rating(round_))
    short = next((one for one in contenders if len(able[one.pk]) < each), None)
    if short is None:
        return ""
    return (
        f"能评{short}的评委只有 {len(able[short.pk])} 人（已排除本单位、上下级和声明回避的），"
        f"不够 {each} 人。请增加评委，或减少每个对象的互评人数。"
    )


def missing(round_: Round) -> list[tuple[Contender, int]]:
    """Who has fewer raters than are wanted, and by how many, once the draw is done."""
    rows = round_.contenders.filter(state=ContenderState.HANDED).select_related("org", "person")
    counted = rows.annotate(drawn=Count("reviews")).filter(drawn__lt=round_.raters_each)
    return [(one, round_.raters_each - one.drawn) for one in counted.order_by("org__path", "pk")]


def stand_in(contender: Contender) -> Rater | None:
    """Of those who may rate it and do not yet, who has the fewest to rate; the first of equals."""
    rows = contender.round.raters.filter(left_on=None).exclude(reviews__contender=contender)
    named = rows.select_related("person__org").prefetch_related("avoids")
    able = [one for one in named.order_by("pk") if not conflict(one, contender)]
    loads = dict(
        Review.objects.filter(rater__in=able)
        .order_by()
        .values_list("rater")
        .annotate(count=Count("pk"))
    )
    return min(able, key=lambda one: (loads.get(one.pk, 0), one.pk), default=None)


def keeps_from_stepping_back(review: Review) -> str:
    """Why a rater cannot leave a contender; empty where another rates it, or would."""
    contender = review.contender
    if not is_last(review) or stand_in(contender) is not None:
        return ""
    return nobody_to_follow(contender)


def is_last(review: Review) -> bool:
    return review.contender.reviews.count() == 1


def nobody_else(contender: Contender) -> str:
    return f"没有别的评委可以评{contender}，"


def nobody_to_follow(contender: Contender) -> str:
    """What a rater is told who cannot step back."""
    return f"{nobody_else(contender)}请与组织评估的{contender.round.org}联系。"


def declaring(person: Person) -> QuerySet[Rater]:
    """As which rater a person may still say whom they must not rate."""
    rows = Rater.objects.filter(person=person, round__state=RoundState.APPLYING)
    return rows.select_related("round").prefetch_related("avoids").order_by("round_id")


def raters_of(round_: Round) -> QuerySet[Rater]:
    """With how many each has to rate and has rated; what they gave is nobody's to see here."""
    rows = round_.raters.select_related("person__org").prefetch_related("avoids")
    stays = Q(reviews__contender__state=ContenderState.HANDED)
    counted = rows.annotate(
        drawn=Count("reviews", filter=stays), given=Count("reviews__given_at", filter=stays)
    )
    return counted.order_by("person__org__path", "pk")


def reviews_of(person: Person) -> QuerySet[Review]:
    """Those of a person, of rounds where rating goes on; what is still to give comes first.

    Who has withdrawn is rated no more.
    """
    rows = Review.objects.filter(
        rater__person=person,
        contender__round__state=RoundState.RATING,
        contender__state=ContenderState.HANDED,
    ).select_related("contender__round", "contender__org", "contender__person", "rater")
    return rows.order_by("given_at", "contender__round_id", "pk")


def has_peers(round_: Round) -> bool:
    return _rated(round_).exists()


def rated_items(round_: Round) -> list[Criterion]:
    return list(_rated(round_))


def _rated(round_: Round) -> QuerySet[Criterion]:
    return round_.scheme.criteria.filter(filler=Filler.PEERS).exclude(method="")
