"""Who may rate whom, and what a rater still has to give."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet, prefetch_related_objects

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person

from ..models import Contender, Criterion, Filler, Rater, Review, Round, RoundState

NAMED = 8


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


def stand_in(contender: Contender) -> Rater | None:
    """Of those who may rate it and do not yet, who has the fewest to rate; the first of equals."""
    rows = contender.round.raters.exclude(reviews__contender=contender)
    named = rows.select_related("person__org").prefetch_related("avoids")
    able = [one for one in named.order_by("pk") if not conflict(one, contender)]
    loads = dict(
        Review.objects.filter(rater__in=able)
        .order_by()
        .values_list("rater")
        .annotate(count=Count("pk"))
    )
    return min(able, key=lambda one: (loads.get(one.pk, 0), one.pk), default=None)


def keeps_from_visits(round_: Round) -> str:
    """Who drew somebody and has not given yet, in a sentence; empty once all have."""
    late = Review.objects.filter(contender__round=round_, given_at=None).order_by("rater_id")
    names = list(dict.fromkeys(late.values_list("rater__person__name", flat=True)))
    more = "等" if len(names) > NAMED else ""
    said = "、".join(names[:NAMED])
    return f"还有 {len(names)} 位评委没有评完：{said}{more}。" if names else ""


def keeps_from_stepping_back(review: Review) -> str:
    """Why a rater cannot leave a contender; empty where another rates it, or would."""
    contender = review.contender
    if contender.reviews.count() > 1 or stand_in(contender) is not None:
        return ""
    return f"没有别的评委可以评{contender}，请与组织评估的{contender.round.org}联系。"


def declaring(person: Person) -> QuerySet[Rater]:
    """As which rater a person may still say whom they must not rate."""
    rows = Rater.objects.filter(person=person, round__state=RoundState.APPLYING)
    return rows.select_related("round").prefetch_related("avoids").order_by("round_id")


def raters_of(round_: Round) -> QuerySet[Rater]:
    rows = round_.raters.select_related("person__org").prefetch_related("avoids", "reviews")
    return rows.order_by("person__org__path", "pk")


def reviews_of(person: Person) -> QuerySet[Review]:
    """Those of a person, of rounds where rating goes on; what is still to give comes first."""
    rows = Review.objects.filter(
        rater__person=person, contender__round__state=RoundState.RATING
    ).select_related("contender__round", "contender__org", "contender__person", "rater")
    return rows.order_by("given_at", "contender__round_id", "pk")


def rated_items(round_: Round) -> list[Criterion]:
    return list(round_.scheme.criteria.filter(filler=Filler.PEERS).exclude(method=""))
