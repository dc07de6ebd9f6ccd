"""Finds what a person may see by a few characters, letters or digits, grouped by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org, subtree

from . import grams
from .matching import END, Candidate, asked, begun_with, candidates, holding, narrowed
from .models import SearchCard
from .sources import Source, sources

CANDIDATES = 60  # of a kind and a way of matching; more are asked for only where few are visible
SMALL = 3000  # cards in reach that are read through faster than the whole index


@dataclass(frozen=True)
class Hit:
    """One record found; ``pieces`` is its title cut where the query matched."""

    title: str
    note: str
    url: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Group:
    """The hits of one kind, best first; ``has_more`` when there may be further ones."""

    kind: str
    label: str
    hits: list[Hit]
    has_more: bool


@dataclass(frozen=True)
class _Search:
    """A query taken apart once."""

    actor: Actor
    text: str
    terms: list[str]
    limit: int

    @property
    def most(self) -> int:
        return max(CANDIDATES, 2 * self.limit)

    @property
    def fields(self) -> list[str]:
        """What may begin with the text: letters without a blank may be a reading."""
        is_word = len(self.terms) == 1 and self.text.isascii()
        return ["folded", "pinyin", "initials"] if is_word else ["folded"]

    @property
    def is_letter(self) -> bool:
        """One letter begins a quarter of all index words: only names that begin so are meant."""
        return len(self.text) == 1 and self.text.isascii()

    def asked(self, kind: str) -> str:
        whole, beginnings = grams.wanted_grams(self.terms)
        return asked([grams.kind_gram(kind), *whole], beginnings)

    def rank(self, card: Candidate) -> tuple[int, int, int, int]:
        """Whole and beginning before inside, writing before reading, short before long."""
        ways = (
            card.folded == self.text,
            self.text in (card.initials, card.pinyin),
            card.folded.startswith(self.text),
            card.initials.startswith(self.text) or card.pinyin.startswith(self.text),
            self.text in card.folded,
            all(term in card.folded for term in self.terms),
            True,
        )
        return ways.index(True), -card.weight, len(card.folded), card.pk

    def is_in(self, card: Candidate) -> bool:
        """Whether the card truly has every term: pairs of neighbours only make it likely."""
        return all(
            term in card.folded
            or (term.isascii() and (term in card.pinyin or term in card.initials))
            for term in self.terms
        )


def find(actor: Actor, query: str, limit: int = 5, kind: str = "") -> list[Group]:
    """The best ``limit`` visible hits of each kind; the same rules as on the screens decide.

    The index gives bounded candidates and the rule narrows them, so that no rule is ever asked
    about a whole table. Costs two queries and one a kind, a few more for a common word.
    """
    search = _Search(actor, grams.fold(query[: grams.LONGEST_QUERY]), grams.terms_of(query), limit)
    if not search.terms or actor.person is None:
        return []
    chosen = sorted(sources, key=lambda source: source.position)
    chosen = [source for source in chosen if kind in ("", source.kind)]
    cards, full = _candidates(search, [source.kind for source in chosen])
    groups = [
        _group(search, source, cards[source.kind], cut=source.kind in full) for source in chosen
    ]
    return [group for group in groups if group.hits]


def _candidates(
    search: _Search, kinds: list[str]
) -> tuple[dict[str, dict[int, Candidate]], set[str]]:
    """Cards a kind, by record; and the kinds of which there are more than were fetched."""
    begun = begun_with(kinds, search.fields, search.text, search.most)
    counts = Counter(card.kind for card in begun)
    scarce = [kind for kind in kinds if counts[kind] < search.most and not search.is_letter]
    held = holding([search.asked(kind) for kind in scarce], search.most)
    counts_held = Counter(card.kind for card in held)
    full = {kind for kind in kinds if max(counts[kind], counts_held[kind]) >= search.most}
    cards: dict[str, dict[int, Candidate]] = {kind: {} for kind in kinds}
    for card in [*begun, *filter(search.is_in, held)]:
        cards[card.kind][card.object_id] = card
    return cards, full


def _group(search: _Search, source: Source, cards: dict[int, Candidate], *, cut: bool) -> Group:
    found = _visible(search, source, cards.values())
    if cut and len(found) < search.limit:
        # A common word: what the person may see is not among the first, so look there instead.
        nearer = {card.object_id: card for card in _in_reach(search, source.kind)}
        found = _visible(search, source, (cards | nearer).values())
    beside = _beside(search, source)
    found = [*beside, *(one for one in found if one not in beside)]
    hits = [_hit(search, source, record) for record in found[: search.limit]]
    return Group(source.kind, source.label, hits, cut or len(found) > search.limit)


def _beside(search: _Search, source: Source) -> list[Any]:
    """What the text finds otherwise than by cards: one more than is shown tells of further ones."""
    rows = source.beside(search.actor, search.text)
    if rows is None:
        return []
    return list(rows.select_related(*source.related)[: search.limit + 1])


def _visible(search: _Search, source: Source, cards: Iterable[Candidate]) -> list[Any]:
    """The records of the cards that the actor may see, best first."""
    ranked = [card.object_id for card in sorted(cards, key=search.rank)]
    if not ranked:
        return []
    rows = source.visible(search.actor).filter(pk__in=ranked).select_related(*source.related)
    records = {record.pk: record for record in rows}
    return [records[pk] for pk in ranked if pk in records]


def _hit(search: _Search, source: Source, record: Any) -> Hit:
    title = source.title(record)
    pieces = grams.marked(title, search.terms)
    return Hit(title, source.note(record), source.url(record), pieces)


def _in_reach(search: _Search, kind: str) -> list[Candidate]:
    """Candidates from the bodies the person has to do with: theirs, those above, their grants."""
    cards = SearchCard.objects.filter(kind=kind, org__in=_bodies(search.actor).values("pk"))
    cards = cards.order_by()
    few = cards.values("pk")[: SMALL + 1]
    if few.count() <= SMALL:
        near = SearchCard.objects.filter(_texts(search), pk__in=few).order_by()
        return candidates(near[: 4 * search.most])
    found: list[Candidate] = []
    for field in search.fields:
        begun = {f"{field}__gte": search.text, f"{field}__lt": search.text + END}
        found += candidates(cards.filter(**begun).order_by(field)[: search.most])
    if len(found) < search.limit and not search.is_letter:
        held = narrowed(cards, search.asked(kind))[: search.most]
        found += filter(search.is_in, candidates(held))
    return found


def _bodies(actor: Actor) -> QuerySet[Org]:
    if actor.person is None:
        return Org.objects.none()
    home = actor.person.org
    paths = {path for held in actor.spans.values() for path in held} | {home.path}
    inside = reduce(or_, (subtree(path) for path in sorted(paths)))
    return Org.objects.filter(inside | Q(path__in=home.ancestor_paths())).order_by()


def _texts(search: _Search) -> Q:
    """Every term somewhere in the texts of a card; a scan, for few cards only."""
    condition = Q()
    for term in search.terms:
        either = Q(folded__contains=term)
        if term.isascii():
            either |= Q(pinyin__contains=term) | Q(initials__contains=term)
        condition &= either
    return condition
