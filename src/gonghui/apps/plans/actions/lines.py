"""A plan's item as a line of the next one's outline, with doubts where the years differ."""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.calendar import named_year, rests, skips
from ..engine.outline_words import cadence_words
from ..engine.outlining import Cadence, Goal, Node
from ..models import Item, Plan, Target
from ..queries.words import owner_of


def line_of(item: Item, plan: Plan, into: Plan) -> Node:
    """What the item of ``plan`` says, as it would stand in ``into``: under its own number, with
    its rhythm and the year that counts from; somebody who left answers for nothing any more.
    """
    every = tuple(Cadence(**said) for said in item.every)
    since = item.since_year or plan.starts_on.year
    stays = item.owner is None or item.owner.left_on is None
    return Node(
        id=item.position,
        depth=item.depth,
        marker=item.marker,
        text=item.text,
        kind=item.kind,
        months=tuple(item.months),
        due=item.due.removeprefix(f"{named_year(item.due)}-") or None,
        every=every,
        since_year=since if rests(said.unit for said in every) else None,
        targets=tuple(Goal(t.op, _plain(t), t.unit) for t in item.targets.all()),
        blank=item.has_blank,
        when=tuple(item.when),
        owner=owner_of(item) if stays else item.owner_words,
        owner_person=item.owner_id if stays else None,
        owner_org=item.owner_org_id,
        area=item.get_area_display() if item.area else "",
        doubts=(
            *(_skipped(said, since, into) for said in every if _is_out(said, since, into)),
            *_dated_back(item, plan, into),
        ),
    )


def _dated_back(item: Item, plan: Plan, into: Plan) -> Iterator[str]:
    """Words that name the year they come from."""
    year = f"{plan.year}年"
    if into.year != plan.year and year in item.text.replace(" ", ""):
        yield f"这里写着“{year}”，是照搬来的，请核对。"


def _is_out(said: Cadence, since: int, into: Plan) -> bool:
    return skips(said.unit, since, into.years)


def _skipped(said: Cadence, since: int, into: Plan) -> str:
    """Every second year, and this is not the year: the officer says whether it stays."""
    rhythm = f"{cadence_words(said)}，从 {since} 年算起"
    return f"{rhythm}，{into.year} 年轮空。今年要办就改周期，不办可以放到一边。"


def _plain(target: Target) -> int | float:
    return int(target.value) if target.value == int(target.value) else float(target.value)
