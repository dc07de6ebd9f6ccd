"""Checks of chairs who leave: within the term without a decision, a move nobody answered."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from gonghui.core.people.models import Act, LedgerEntry, Post, Way
from gonghui.core.people.posts import union_of_post
from gonghui.core.watch.checking import Check, Hit, Sight, columns, declare
from gonghui.core.watch.rolling import seated
from gonghui.kit.dates import full_day
from gonghui.kit.deadlines import add_days

from ..models import Departure, DepartureState, Leaving, Term
from ..models.departure import LEADERS
from .chairs import AREA, LINK, TOUCHED


def left_early(sight: Sight) -> Iterable[Hit]:
    """A chair or vice-chair whose post ended within the running term without a departure.

    Not those who died, and not a post that goes on under a new row of the same title.
    """
    terms = {
        union: (since, end)
        for union, since, end in columns(
            Term.objects.open().with_end().filter(sight.within()), "org_id", "since", "ends_by"
        )
    }
    dead = LedgerEntry.objects.filter(person=OuterRef("person"), act=Act.DIE, revoked_by=None)
    agreed = Departure.objects.filter(post=OuterRef("pk"), state=DepartureState.DONE)
    rows = Post.objects.filter(seated(sight), title__in=LEADERS, until__lt=sight.day)
    rows = rows.filter(~Exists(dead), ~Exists(agreed)).exclude(way=Way.ACTING)
    going_on = Post.objects.filter(person=OuterRef("person"), title=OuterRef("title"))
    going_on = going_on.filter(org=OuterRef("org"), until=None)
    rows = rows.filter(~Exists(going_on)).annotate(union=union_of_post())
    for union, pk, name, title, until in columns(
        rows, "union", "pk", "person__name", "title", "until"
    ):
        since, end = terms.get(union, (None, None))
        if since and since <= until < end:
            words = f"{title}{name} {full_day(until)}离任，本届任期未满，没有登记表决和上级同意。"
            yield Hit(union, words, pk)


def unanswered(sight: Sight) -> Iterable[Hit]:
    """A move the union above was asked about and did not answer in its days (ORG-11)."""
    rows = Departure.objects.filter(
        sight.within(),
        way=Leaving.TRANSFER,
        state=DepartureState.SUBMITTED,
        submitted_on__lt=sight.day,
    )
    for org, pk, path, name, asked in columns(
        rows, "org_id", "pk", "org__path", "post__person__name", "submitted_on"
    ):
        value = sight.at("chair_move_answer_days", path)
        if value is not None and sight.day > add_days(asked, value.value):
            words = f"{name}的调动 {full_day(asked)}报上级，{value.words}内没有答复。"
            yield Hit(org, words, pk, values=(value,))


declare(
    Check(
        "R-448C",
        "主席离任没有经过表决和上级同意",
        AREA,
        "warn",
        "任期未满不得随意调动；登记错了就改正离任日期，再在「主席离任」办理；已经离开本单位的，认领并写明原因。",
        left_early,
        LINK,
        basis="工会法第十八条：罢免须经全体过半数通过；调动须征得本级委员会和上一级工会同意",
        touched_by=(*TOUCHED, "elections.departure", "elections.term"),
    )
)
declare(
    Check(
        "ORG-11",
        "主席调动上级没有按期答复",
        AREA,
        "warn",
        "请上一级工会答复，在「主席离任」里登记同意或者不同意；当地规定逾期视为同意的，按规定登记。",
        unanswered,
        "elections.departure",
        basis="工会法第十八条：任期未满不得随意调动，因工作需要调动时，应当征得本级委员会和上一级工会的同意",
        needs=("chair_move_answer_days",),
        touched_by=("elections.departure",),
    )
)
