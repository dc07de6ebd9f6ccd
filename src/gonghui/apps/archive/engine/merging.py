"""Two copies of a draft meet: which is newer, and when neither may overwrite the other.

A page that is opened for writing gets a *pen* of its own and counts its *strokes*. The record
counts *versions*. What a page sends names the version it began from, so that a copy that was kept
on a phone for days never overwrites what was written elsewhere since.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

WORTH_KEEPING = 40  # characters; a shorter text that is cleared away is not missed


class Meeting(Enum):
    """What becomes of the copy that came."""

    SAME = "same"  # it says what the record says, or less than its own page said since
    TAKEN = "taken"  # it is newer
    ASIDE = "aside"  # somebody wrote elsewhere since: it is kept beside the record


@dataclass(frozen=True)
class Copy:
    """The words of a draft, and where they came from."""

    title: str
    text: str
    version: int
    pen: str = ""
    stroke: int = 0

    @property
    def words(self) -> tuple[str, str]:
        return self.title.strip(), self.text.strip()


def met(kept: Copy, came: Copy) -> Meeting:
    """The record and a copy that arrives, perhaps late."""
    if came.words == kept.words:
        return Meeting.SAME
    if came.pen and came.pen == kept.pen:
        # The same page wrote on; an earlier stroke that was overtaken on its way says less.
        return Meeting.TAKEN if came.stroke > kept.stroke else Meeting.SAME
    return Meeting.TAKEN if came.version == kept.version else Meeting.ASIDE


def clears(kept: Copy, came: Copy) -> bool:
    """Whether taking it would leave nothing of a text worth keeping."""
    return not came.text.strip() and len(kept.text.strip()) >= WORTH_KEEPING


def beside(kept: str, came: str) -> str:
    """What is kept aside already, and what comes to it; the same words not twice."""
    if not kept or kept == came:
        return came
    return kept if came in kept else f"{kept}\n\n――――\n\n{came}"
