"""What the archive adds elsewhere: the study card, the board's part, a person's page."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.credits.ways import Way, ways
from gonghui.core.flow.events import on
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.panels import Custom, plug
from gonghui.core.screens.sockets import BoardPart, Card, Line, board_parts, study_cards

from .actions.freezing import forget_volumes
from .engine.sorts import SORTS
from .models import CHANGING, State
from .queries.gathered import Asked, gathered, sums_of
from .queries.pieces import own_pieces
from .queries.space import of_body, recommended

LATEST = 6
ON_BOARD = 6
NEWEST = 2  # books named on the study page


@on("people.person", "anonymise")
def volumes_go_with_the_name(person: Person, **said: Any) -> None:
    forget_volumes(person)


def study_card(actor: Actor, day: date) -> Card | None:
    """The year so far, and what waits to be finished."""
    if actor.person is None:
        return None
    url = reverse("archive:mine")
    sums = sums_of(actor.person, day.year, actor)
    lines = [Line(f"{one.label}（{one.role}）", one.words) for one in sums[:4]]
    open_ones = own_pieces(actor).filter(state__in=CHANGING).only("title", "kind", "state")[:2]
    lines += [
        Line(
            str(one),
            one.get_state_display(),
            reverse("archive:my-piece", args=[one.pk]),
            "late" if one.state == State.RETURNED else "plain",
        )
        for one in open_ones
    ]
    words = "今年还没有记。读完一本书，写上书名就行。"
    return Card("学习档案", url, "记一笔", words, tuple(lines), order=20)


def space_card(actor: Actor, day: date) -> Card | None:
    """What was recommended last (R-122), and the door to what others show."""
    url = reverse("archive:space")
    books = recommended(actor, day)[:NEWEST] if actor.person else ()
    lines = tuple(Line(str(one), f"推荐给{one.readers}", url) for one in books)
    words = "" if lines else "工会推荐的书和资料，大家分享的心得。"
    return Card("共享园地", url, "去看看", words, lines, order=70)


def _shown_of(org: Org, actor: Actor, day: date) -> dict[str, Any] | None:
    pieces = of_body(org, actor, ON_BOARD)
    return {"pieces": pieces} if pieces else None


def _archive(person: Person, request: Any) -> dict[str, Any]:
    """The latest of this year, as far as the reader may see it."""
    today = timezone.localdate()
    lines = gathered(person, request.actor, Asked(today.year))[:LATEST]
    more = f"{reverse('archive:piece-list')}?scope=below&q={person.name}"
    return {"lines": lines, "more_url": more}


for _sort in SORTS.values():
    if _sort.credit not in ways:  # of two sorts the first: training, not teaching
        ways.add(
            _sort.credit, Way(_sort.verb, partial(reverse, "archive:begin", args=[_sort.code]))
        )
study_cards.add("archive", study_card)
study_cards.add("archive.space", space_card)
board_parts.add("archive", BoardPart("成员风采", "archive/board.html", _shown_of, order=60))
plug("people.person", Custom("学习档案", "archive/panel_person.html", _archive, part="learning"))
