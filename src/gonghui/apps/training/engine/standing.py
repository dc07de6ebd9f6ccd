"""Where squads stand: each by its members' best results, as the contest's rule says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SUM, MEAN = "sum", "mean"


@dataclass(frozen=True)
class Place:
    """A squad's place; ``rank`` and ``score`` are missing while too few of it took part."""

    squad: int
    rank: int | None
    score: Fraction | None
    took_part: int
    missing: int

    @property
    def words(self) -> str:
        """The score with at most two places; exact where it is whole."""
        if self.score is None:
            return ""
        return f"{float(self.score):.2f}".rstrip("0").rstrip(".")


def standings(
    squads: Mapping[int, Sequence[int]], best: Mapping[int, int], counted: int | None, combine: str
) -> list[Place]:
    """Squads in the order of their scores; equals share a rank, and nobody is given a nought.

    ``squads`` maps a squad to its people, ``best`` a person to their best result. With ``counted``
    so many best results make the score, and who has fewer has none yet; else all there are.
    """
    scores: dict[int, Fraction | None] = {}
    took: dict[int, int] = {}
    for squad, people in squads.items():
        results = sorted((best[one] for one in people if one in best), reverse=True)
        took[squad] = len(results)
        scores[squad] = _score(results, counted, combine)
    ranked = sorted((s for s in scores.values() if s is not None), reverse=True)
    places = [
        Place(
            squad,
            ranked.index(score) + 1 if score is not None else None,
            score,
            took[squad],
            max(0, (counted or 1) - took[squad]),
        )
        for squad, score in scores.items()
    ]
    return sorted(places, key=lambda one: (one.rank is None, one.rank or 0, one.squad))


def _score(results: Sequence[int], counted: int | None, combine: str) -> Fraction | None:
    if not results or len(results) < (counted or 1):
        return None
    taken = results[:counted] if counted else results
    total = Fraction(sum(taken))
    return total if combine == SUM else total / len(taken)
