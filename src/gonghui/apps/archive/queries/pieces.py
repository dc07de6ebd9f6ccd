"""Pieces: whose they are, what they lack, which titles are known, what may be meant twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.credits.models import Credit
from gonghui.core.credits.queries import credits_of
from gonghui.core.credits.rules import CREDIT_RULES
from gonghui.core.files.store import attachments_of
from gonghui.core.orgs.models import UNIT, UPPER, Org
from gonghui.core.people.models import Education, Person

from ..engine import isbn
from ..engine.sorts import SORTS
from ..models import Piece, Recommendation, Shown, State
from ..rules import PIECE_RULES

OFFERED = 8  # titles while one types
SHORTEST = 2  # characters before titles are offered
NEAR = timedelta(days=3)  # a course of nearly the same day may be the same course
FIELDS = ("title", "author", "grade", "amount", "text")


@dataclass(frozen=True)
class Known:
    """A book somebody has on record already; who that is is not told."""

    title: str
    author: str
    isbn: str


def union_of(person: Person) -> Org:
    """The grassroots union a person belongs to; who stands in none belongs to their own body."""
    above = Org.objects.filter(path__in=person.org.ancestor_paths()).order_by("-path")
    return above.filter(kind__in=UNIT | UPPER).first() or person.org


def own_pieces(actor: Actor) -> QuerySet[Piece]:
    """All of one's own that were not thrown away."""
    rows = Piece.objects.filter(person=actor.person) if actor.person else Piece.objects.none()
    return rows.exclude(state=State.DISCARDED)


def thrown_away(actor: Actor) -> QuerySet[Piece]:
    return Piece.objects.filter(person=actor.person, state=State.DISCARDED)


def visible(actor: Actor) -> QuerySet[Piece]:
    rows = PIECE_RULES["view"].narrow(Piece.objects.all(), actor)
    return rows.select_related("org", "person__org", "confirmed_by")


def lacking(piece: Piece) -> list[str]:
    """What it must still say or show before it counts, in the words of its form."""
    sort = piece.sort
    wanted = ["title", *(name for name in FIELDS if name in sort.needs), "on"]
    missing = [
        sort.asked_as(name, str(Piece._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        for name in wanted
        if getattr(piece, name) in ("", None)
    ]
    if wants_proof(piece) and not attachments_of(piece).exists():
        missing.append("证明材料（照片或文件）")
    return missing


def education_of(piece: Piece) -> str:
    """The code of the education a degree is of; nothing for other pieces and for older words."""
    codes = {one.label: one.value for one in Education}
    return codes.get(piece.grade, "") if piece.kind == "degree" else ""


def degrees_of(person: Person) -> tuple[list[Piece], list[Piece]]:
    """A person's degrees: those that are confirmed, and all others."""
    rows = list(Piece.objects.filter(person=person, kind="degree").order_by("pk"))
    good = [one for one in rows if one.is_counting]
    return good, [one for one in rows if not one.is_counting]


def wants_proof(piece: Piece) -> bool:
    """Inside one's own union the union itself knows who was taught."""
    return piece.sort.proof and (piece.kind != "course" or piece.outside)


def last_shown(actor: Actor, kind: str) -> str:
    """To whom the person showed the last of this sort; at first what suits the sort."""
    last = own_pieces(actor).filter(kind=kind).exclude(state=State.DRAFT).order_by("-pk").first()
    if last is not None:
        return last.shown_to
    return Shown.ME if SORTS[kind].private else Shown.OFFICERS


def known_books(said: str) -> list[Known]:
    """Books in any archive or on any list that begin so, each once; by number where it is one."""
    said = said.strip()
    if len(said) < SHORTEST:
        return []
    if isbn.looks_like(said):
        found = book_by(said)
        return [found] if found else []
    read = Piece.objects.counting().filter(kind="book").exclude(shown_to=Shown.ME)
    rows = [
        *Recommendation.objects.filter(title__startswith=said).order_by("title").values_list(
            "title", "author", "isbn"
        )[:OFFERED],
        *read.filter(title__startswith=said).order_by("title").values_list(
            "title", "author", "isbn"
        ).distinct()[:OFFERED],
    ]  # fmt: skip
    once = {title: Known(title, author, number) for title, author, number in reversed(rows)}
    return sorted(once.values(), key=lambda one: one.title)[:OFFERED]


def book_by(number: str) -> Known | None:
    """The book of a number, as whoever read it first wrote it down."""
    try:
        exact = isbn.read(number)
    except isbn.NoISBN:
        return None
    listed = Recommendation.objects.filter(isbn=exact).order_by("pk")
    read = Piece.objects.counting().filter(kind="book", isbn=exact).order_by("pk")
    for rows in (listed, read.exclude(shown_to=Shown.ME)):
        row = rows.values_list("title", "author", "isbn").first()
        if row:
            return Known(*row)
    return None


def nearly_the_same(piece: Piece, actor: Actor) -> list[Credit]:
    """What the person earned elsewhere at nearly the same time: it may be the same thing twice."""
    if piece.on is None:
        return []
    rows = credits_of(piece.person).filter(kind=piece.sort.credit)
    near = rows.filter(on__range=(piece.on - NEAR, piece.on + NEAR))
    others = near.exclude(record_id=piece.pk, record_type__app_label="archive")
    return list(CREDIT_RULES["view"].narrow(others, actor)[:5])
