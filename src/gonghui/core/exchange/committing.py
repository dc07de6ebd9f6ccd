"""Writes a previewed list chunk by chunk; each chunk is looked at once more under the lock."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gonghui.core.jobs.work import Work
from gonghui.kit.errors import DomainError
from gonghui.kit.locking import alone

from .chunks import find, findings_of, outcomes_of, rows_of
from .kinds import SETTLED, Clerk, Finding, Order, Row
from .models import Batch, Chunk, Rule, Stage, Verdict
from .vault import pack, unpack

CREATED, UPDATED, KEPT, LEFT, UNTAKEN = "c", "u", "k", "l", "w"
UNDONE, TOUCHED = "x", "t"
MOVED_ON = "核对之后，库里的这一条又有变化，这一行没有写入。请再核对一次。"
ELSEWHERE = "别处正在登记同样的内容，没有写完。请稍后在这一批的页面按「接着办」。"
MOST_TRIES = 3
TOGETHER = 4  # chunks written in one transaction: each end of one costs as much as a chunk's rows
TURN = 0.1  # seconds; how often whoever waits for SQLite looks whether it is their turn


def commit(batch: Batch, clerk: Clerk, work: Work) -> None:
    """Write every chunk that is not written yet."""
    total = sum(batch.counts.values())
    chunks = list(batch.chunks.order_by("number").values_list("pk", "verdicts", "outcomes"))
    waiting = [(pk, len(verdicts)) for pk, verdicts, outcomes in chunks if not outcomes]
    done = sum(len(verdicts) for _, verdicts, outcomes in chunks if outcomes)
    for at in range(0, len(waiting), TOGETHER):
        part = waiting[at : at + TOGETHER]
        _write_with_patience([pk for pk, _ in part], batch, clerk, work)
        done += sum(rows for _, rows in part)
        work.advance(done, total, "正在写入")
        _let_others_write()
    batch.outcome = outcomes_of(batch)
    batch.stage, batch.committed_at = Stage.COMMITTED, timezone.now()
    batch.save(update_fields=["outcome", "stage", "committed_at"])


def _let_others_write() -> None:
    """On SQLite whoever waits only looks now and then, and would hardly ever find it free."""
    if connection.vendor == "sqlite":
        time.sleep(TURN)


def _write_with_patience(pks: Sequence[int], batch: Batch, clerk: Clerk, work: Work) -> None:
    """Somebody may have typed in the same person a moment ago: then the chunks are judged anew."""
    for attempt in range(1, MOST_TRIES + 1):
        try:
            with transaction.atomic():
                for pk in pks:
                    _write(pk, batch, clerk)
                work.keep(chunk=pks[-1])
            return
        except IntegrityError as error:
            if attempt == MOST_TRIES:
                raise DomainError(
                    "别处正在登记同样的内容，没有写完。请稍后再按一次「写入」。"
                ) from error


def _write(pk: int, batch: Batch, clerk: Clerk) -> None:
    alone(batch.kind)
    chunk = Chunk.objects.select_for_update().get(pk=pk)
    if chunk.outcomes:
        return
    rows, seen = rows_of(chunk), findings_of(chunk)
    now = find(rows, clerk)
    outcomes = [UNTAKEN] * len(rows)
    orders: dict[int, Order] = {}
    left: dict[int, str] = {}
    for place, row in enumerate(rows):
        outcomes[place] = _weigh(row, seen[place], now[place], batch.rule)
        if outcomes[place] in {CREATED, UPDATED}:
            orders[place] = _order(row, now[place], batch.rule)
        elif outcomes[place] == LEFT:
            wrong = now[place].verdict == Verdict.WRONG
            left[place] = " ".join(now[place].reasons) if wrong else MOVED_ON
    written = clerk.write(list(orders.values()))
    chunk.written = pack({"undo": dict(zip(orders, written, strict=True)), "left": left})
    chunk.outcomes = "".join(outcomes)
    chunk.save(update_fields=["written", "outcomes"])


def _weigh(row: Row, seen: Finding, now: Finding, rule: str) -> str:
    """What becomes of a row, given what the officer saw and what is so now."""
    if seen.verdict == Verdict.WRONG or row.decision == "skip":
        return UNTAKEN
    if seen.verdict == Verdict.DOUBTFUL and not row.decision:
        return UNTAKEN
    if now.verdict == Verdict.SAME:
        return KEPT
    if now.verdict not in SETTLED or not _as_seen(seen, now):
        return LEFT
    if now.verdict == Verdict.NEW:
        return CREATED
    return UPDATED if _taken(now, rule) else KEPT


def _as_seen(seen: Finding, now: Finding) -> bool:
    """A doubtful row was decided by a person; every other is what it was, or it is left."""
    if seen.verdict == Verdict.DOUBTFUL:
        return True
    return seen.verdict == now.verdict and seen.target == now.target and seen.changes == now.changes


def _taken(finding: Finding, rule: str) -> dict[str, list[Any]]:
    """The changes the rule lets through."""
    if rule == Rule.SKIP:
        return {}
    if rule == Rule.FILL:
        return {f: pair for f, pair in finding.changes.items() if pair[0] in (None, "")}
    return finding.changes


def _order(row: Row, finding: Finding, rule: str) -> Order:
    if finding.verdict == Verdict.NEW:
        return Order(row, None, {})
    return Order(row, finding.target, _taken(finding, rule))


def undo(batch: Batch, clerk: Clerk, work: Work) -> None:
    """Take every written chunk back, the last first; what was touched since is left and told."""
    waiting = batch.chunks.filter(is_taken_back=False).exclude(outcomes="").order_by("-number")
    found = list(waiting.values_list("pk", flat=True))
    for at in range(0, len(found), TOGETHER):
        part = found[at : at + TOGETHER]
        with transaction.atomic():
            alone(batch.kind)
            for pk in part:
                _take_back(pk, clerk)
            work.keep(undone=part[-1])
        work.advance(at + len(part), len(found), "正在撤销")
        _let_others_write()
    batch.outcome = outcomes_of(batch)
    batch.stage, batch.undone_at = Stage.UNDONE, timezone.now()
    batch.save(update_fields=["outcome", "stage", "undone_at"])


def _take_back(pk: int, clerk: Clerk) -> None:
    chunk = Chunk.objects.select_for_update().get(pk=pk)
    if chunk.is_taken_back:
        return
    kept = unpack(chunk.written)
    places: Sequence[str] = list(kept["undo"])
    reasons = clerk.take_back([kept["undo"][place] for place in places])
    outcomes = list(chunk.outcomes)
    for place, reason in zip(places, reasons, strict=True):
        outcomes[int(place)] = TOUCHED if reason else UNDONE
        if reason:
            kept["left"][place] = reason
    chunk.outcomes, chunk.written, chunk.is_taken_back = "".join(outcomes), pack(kept), True
    chunk.save(update_fields=["outcomes", "written", "is_taken_back"])
