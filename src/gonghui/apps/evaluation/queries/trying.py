"""What if: who would rise and fall in a round if items weighed or limits lay differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..engine import marking
from ..engine.trying import Changed, marks_if
from ..models import Contender, Round
from .results import Marked, Result, lines_of, ranked, total_of

Bands = list[tuple[str, Fraction]]


@dataclass(frozen=True)
class Moved:
    """A contender now and as it would be."""

    now: Result
    then: Result

    @property
    def contender(self) -> Contender:
        return self.now.contender

    @property
    def words(self) -> str:
        """Up or down, in words."""
        now, then = self.now.place, self.then.place
        if now is None or then is None:
            return ""
        if now == then:
            return "不变"
        return f"升 {now - then} 位" if then < now else f"降 {then - now} 位"

    @property
    def changes_grade(self) -> bool:
        return self.now.grade != self.then.grade


def what_if(round_: Round, changed: Mapping[int, Changed], bands: Bands) -> list[Moved]:
    """Nothing is kept; values stay as they are, only their marks are worked out anew."""
    handed = list(round_.contenders.filter(state="handed").select_related("org", "person"))
    lines = lines_of(handed)
    cap = Fraction(round_.scheme.bonus_cap)
    now = ranked(round_, [(one, lines[one.pk], total_of(lines[one.pk], cap)) for one in handed])
    tried = {one.pk: [_tried(marked, changed) for marked in lines[one.pk]] for one in handed}
    sheets = [(one, tried[one.pk], total_of(tried[one.pk], cap)) for one in handed]
    then = {found.contender.pk: found for found in ranked(round_, sheets, bands).results}
    return [Moved(found, then[found.contender.pk]) for found in now.results]


def _tried(marked: Marked, changed: Mapping[int, Changed]) -> Marked:
    what = changed.get(marked.criterion.pk)
    if what is None or marked.criterion.method == marking.VETO:
        return marked
    marks = marks_if(marked.criterion.rule, marked.value, what)
    return Marked(marked.line, marked.value, marks, marked.words, marked.spread)
