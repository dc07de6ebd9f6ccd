"""Runs checks and keeps the findings: new ones, those that are still so, those that are gone."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gonghui.core.regulations.figures import figures

from .checking import Check, Hit, Sight, checks
from .models import WORST_FIRST, CheckRun, Finding

BATCH = 1000
CHANGES = ["sentence", "severity", "rank", "values"]
Key = tuple[int, int, str]


@dataclass(frozen=True)
class Outcome:
    """What one run of one check came to; ``words`` say why it did not run where it could not."""

    code: str
    found: int = 0
    new: int = 0
    gone: int = 0
    words: str = ""


def refresh(
    codes: Iterable[str] | None = None,
    *,
    path: str = "",
    only: Iterable[int] = (),
    day: date | None = None,
) -> list[Outcome]:
    """Run the checks (all, or those named) over all unions, a subtree, or these few.

    Each check is one transaction of its own, so that a long one holds nothing up for long.
    """
    sight = Sight(day or timezone.localdate(), path, frozenset(only))
    chosen = list(checks) if codes is None else [checks[code] for code in codes]
    return [run_check(check, sight) for check in chosen]


@transaction.atomic
def run_check(check: Check, sight: Sight) -> Outcome:
    """Run one check over what is in sight and keep what it found."""
    begun = time.perf_counter()
    run, _ = CheckRun.objects.get_or_create(code=check.code)
    # The row is the lock: a run over all unions and one after a change would else cross.
    CheckRun.objects.select_for_update().get(pk=run.pk)
    missing = [key for key in check.needs if not sight.values(key).is_set]
    words = f"没有设定「{figures[missing[0]].title}」，没有检查" if missing else ""
    hits = [] if missing else list(check.find(sight))
    new, gone = _keep(check, sight, {_key(hit): hit for hit in hits})
    if not sight.path and not sight.only:
        run.day, run.ran_at, run.found, run.words = sight.day, timezone.now(), len(hits), words
        run.milliseconds = round(1000 * (time.perf_counter() - begun))
        run.save()
    return Outcome(check.code, len(hits), new, gone, words)


def _key(hit: Hit) -> Key:
    return hit.org, hit.about or hit.org, hit.part


def _keep(check: Check, sight: Sight, hits: dict[Key, Hit]) -> tuple[int, int]:
    """Compare with what is open and write the difference; returns how many came and went."""
    seen = Finding.objects.filter(sight.within(), check_code=check.code, gone_on=None).order_by()
    changed, gone = [], []
    told = _Told()
    for row in seen.iterator(BATCH):
        hit = hits.pop((row.org_id, row.about, row.part), None)
        if hit is None:
            gone.append(row.pk)
        else:
            rank = row.rank
            if _fill(row, check, hit, told):
                changed.append(row)
                _ask_again(row, rank, sight.day)
    for first in range(0, len(gone), BATCH):
        part = Finding.objects.filter(pk__in=gone[first : first + BATCH])
        part.update(gone_on=sight.day)
    seen.exclude(last_seen=sight.day).update(last_seen=sight.day)
    Finding.objects.bulk_update(changed, [*CHANGES, "until"], batch_size=BATCH)
    new = [_new(check, hit, sight.day, told) for hit in hits.values()]
    # Another process may have found the same in this moment.
    Finding.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    return len(new), len(gone)


def _ask_again(row: Finding, rank: int, day: date) -> None:
    """Who answered for what was lighter then is asked once more."""
    if row.rank < rank and row.acknowledged_at and (row.until is None or row.until > day):
        row.until = day


class _Told:
    """The words of the values, made once for all findings that share them."""

    def __init__(self) -> None:
        self.known: dict[int, dict[str, Any]] = {}

    def of(self, hit: Hit) -> list[dict[str, Any]]:
        said = []
        for value in hit.values:
            if value is not None:
                if id(value) not in self.known:
                    self.known[id(value)] = value.told()
                said.append(self.known[id(value)])
        return said


def _new(check: Check, hit: Hit, day: date, told: _Told) -> Finding:
    row = Finding(
        check_code=check.code,
        org_id=hit.org,
        about=hit.about or hit.org,
        part=hit.part,
        first_seen=day,
        last_seen=day,
    )
    _fill(row, check, hit, told)
    return row


def _fill(row: Finding, check: Check, hit: Hit, told: _Told) -> bool:
    """Write what the hit says into the row; whether anything is different now."""
    severity = hit.severity or check.severity
    said = (hit.sentence[:300], severity, WORST_FIRST[severity], told.of(hit))
    if said == tuple(getattr(row, name) for name in CHANGES):
        return False
    for name, value in zip(CHANGES, said, strict=True):
        setattr(row, name, value)
    return True
