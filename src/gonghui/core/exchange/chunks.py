"""Puts rows and what was found of them into chunks, and takes them out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .kinds import Clerk, Finding, Row
from .models import Batch, Chunk, Verdict
from .vault import pack, unpack

LETTERS = {verdict.value: verdict.name.lower() for verdict in Verdict}


def rows_of(chunk: Chunk) -> list[Row]:
    """The rows, with what a person decided about them."""
    rows = [Row(*plain) for plain in unpack(chunk.rows)]
    for place, decision in chunk.decisions.items():
        rows[int(place)].decision = decision
    return rows


def findings_of(chunk: Chunk) -> list[Finding]:
    return [Finding(*plain) for plain in unpack(chunk.findings)]


def fill(chunk: Chunk, rows: Sequence[Row], clerk: Clerk) -> list[Finding]:
    """Put rows into a chunk, each with what it means now; the chunk is not saved."""
    findings = find(rows, clerk)
    chunk.first_line, chunk.last_line = rows[0].line, rows[-1].line
    chunk.rows = pack([row.plain() for row in rows])
    set_findings(chunk, findings)
    return findings


def set_findings(chunk: Chunk, findings: Sequence[Finding]) -> None:
    chunk.findings = pack([finding.plain() for finding in findings])
    chunk.verdicts = "".join(finding.verdict for finding in findings)


def find(rows: Sequence[Row], clerk: Clerk) -> list[Finding]:
    """What rows mean: those with a fault are wrong as they are, the clerk judges the rest."""
    sound = [row for row in rows if not row.problems and not row.stops]
    judged = iter(clerk.judge(sound))
    found = []
    for row in rows:
        if row.problems or row.stops:
            found.append(Finding(Verdict.WRONG, [*row.problems, *row.stops]))
            continue
        finding = next(judged)
        _without_claimed(finding, row)
        if row.doubts and finding.verdict == Verdict.NEW and row.decision != "other":
            finding.verdict = Verdict.DOUBTFUL
            finding.reasons += row.doubts
        found.append(finding)
    return found


def _without_claimed(finding: Finding, row: Row) -> None:
    """Whom another row means for certain cannot be meant by this one too."""
    for record, line in row.claimed:
        if record in finding.candidates:
            finding.candidates.remove(record)
            finding.reasons.append(f"第 {line} 行已经是库里的这一个，这一行不能再写给同一个。")


def counts_of(batch: Batch) -> dict[str, int]:
    """How many rows of each verdict; reads letters only."""
    return _counted(batch.chunks.values_list("verdicts", flat=True).iterator())


def outcomes_of(batch: Batch) -> dict[str, int]:
    """How many rows came to what end."""
    letters: Counter[str] = Counter()
    for said in batch.chunks.values_list("outcomes", flat=True).iterator():
        letters.update(said)
    return dict(letters)


def _counted(pieces: Iterator[str]) -> dict[str, int]:
    letters: Counter[str] = Counter()
    for said in pieces:
        letters.update(said)
    return {name: letters[letter] for letter, name in LETTERS.items()}
