"""The three long works of an import: reading (or judging again), writing, and taking back."""

from __future__ import annotations

from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.history.trail import record
from gonghui.core.jobs.kinds import Kind as JobKind
from gonghui.core.jobs.kinds import Outcome, register
from gonghui.core.jobs.work import Stopped, Work
from gonghui.core.watch.daily import ask_again
from gonghui.core.watch.following import touched

from . import committing, reading
from .addresses import page_of
from .kinds import kinds
from .models import OUTCOMES, Batch, Stage


def read(work: Work) -> Outcome:
    batch = Batch.objects.get(pk=work.arguments["batch"])
    if batch.stage != Stage.READING:
        return Outcome("已经读过了。", page_of(batch))
    kind = kinds[batch.kind]
    clerk = kind.clerk(batch, work.actor)
    try:
        if batch.chunks.exists() and work.arguments.get("again"):
            reading.judge_again(batch, kind, clerk, work)
        else:
            reading.Reader(batch, kind, clerk, work).read()
    except Unreadable as error:
        Batch.objects.filter(pk=batch.pk).update(
            stage=Stage.FAILED, told={**batch.told, "failed": error.sentence}
        )
        return Outcome(error.sentence, page_of(batch))
    except Stopped:
        Batch.objects.filter(pk=batch.pk).update(stage=Stage.DROPPED)
        raise
    if batch.stage == Stage.ASKING:
        return Outcome("有必填的列没有认出来，请指定各列。", page_of(batch))
    return Outcome(told(batch), page_of(batch), facts={"counts": batch.counts})


def told(batch: Batch) -> str:
    count = batch.counts
    return (
        f"新增 {count['new']}，有变化 {count['changed']}，没有变化 {count['same']}，"
        f"要您判断 {count['doubtful']}，有错 {count['wrong']}。请核对后写入。"
    )


def commit(work: Work) -> Outcome:
    batch = Batch.objects.get(pk=work.arguments["batch"])
    if batch.stage == Stage.COMMITTING:
        clerk = kinds[batch.kind].clerk(batch, work.actor)
        try:
            committing.commit(batch, clerk, work)
        except Stopped:
            Batch.objects.filter(pk=batch.pk).update(stage=Stage.PREVIEWED)
            raise
        record(batch, "commit_batch", by=work.actor, changes=_in_words(batch))
        _look_again(batch)
    created, updated = batch.outcome.get("c", 0), batch.outcome.get("u", 0)
    left = batch.outcome.get("l", 0)
    words = f"新增 {created}，更新 {updated}。" + (
        f"有 {left} 行没有写入，请看原因。" if left else ""
    )
    return Outcome(words, page_of(batch), facts={"outcome": batch.outcome})


def undo(work: Work) -> Outcome:
    batch = Batch.objects.get(pk=work.arguments["batch"])
    if batch.stage == Stage.UNDOING:
        committing.undo(batch, kinds[batch.kind].clerk(batch, work.actor), work)
        record(batch, "undo_batch", by=work.actor, changes=_in_words(batch))
        _look_again(batch)
    undone, touched = batch.outcome.get("x", 0), batch.outcome.get("t", 0)
    words = f"已撤销 {undone} 行。"
    if touched:
        words += f"有 {touched} 行后来又有人改过，保留不动，请看原因。"
    return Outcome(words, page_of(batch), facts={"outcome": batch.outcome})


def _in_words(batch: Batch) -> dict[str, int]:
    return {OUTCOMES[letter]: count for letter, count in batch.outcome.items()}


def _look_again(batch: Batch) -> None:
    """The checks a single record's entry would call run once for all of them, at the next tick."""
    codes = {code for label in kinds[batch.kind].touches for code in touched().get(label, ())}
    if codes:
        ask_again(sorted(codes))


register(JobKind("exchange-read", "读取名单", read))
register(JobKind("exchange-commit", "写入名单", commit))
register(JobKind("exchange-undo", "撤销导入", undo))
