"""What a person does with a list: hand it in, say what is what, write it, take it back."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Model

from gonghui.core.access.actor import Actor
from gonghui.core.documents.inbound.refusals import Unreadable
from gonghui.core.history.trail import VERBS, record
from gonghui.core.jobs.running import start
from gonghui.core.orgs.models import Org
from gonghui.core.sheets import refusals
from gonghui.core.sheets.sniffing import kind_of
from gonghui.kit.errors import DomainError

from .chunks import findings_of, rows_of
from .kinds import Kind, kinds
from .models import Batch, Chunk, Rule, Stage, Verdict
from .vault import keep

VERBS |= {
    "upload_batch": "上传",
    "assign_columns": "指定各列",
    "match_batch": "改按别的辨认",
    "decide_rows": "判断",
    "begin_commit": "开始写入",
    "commit_batch": "写入完毕",
    "begin_undo": "开始撤销",
    "undo_batch": "撤销完毕",
    "drop_batch": "放弃",
    "fetch_wrong": "下载有错的行",
}
WRITABLE = (Stage.PREVIEWED,)
UNDOABLE = (Stage.COMMITTED,)
DECISIONS = ("same", "other", "skip")


@transaction.atomic
def hand_in(
    kind: Kind, org: Org, file: BinaryIO, *, name: str, by: Actor, corrects: Batch | None = None,
    about: Model | None = None,
) -> Batch:  # fmt: skip
    """Keep a file sealed and have it read; what is no sheet is refused before it is kept."""
    _check_may(kind, org, by)
    file_kind = kind_of(file, name)
    batch = Batch(
        kind=kind.code,
        org=org,
        by=by.person,
        name=name.replace("\\", "/").rsplit("/", 1)[-1][-200:],
        file_kind=file_kind,
        size=file.seek(0, io.SEEK_END),
        match_key=next(iter(kind.keys)),
        corrects=corrects,
        about=about.pk if about else None,
    )
    keep(batch.file, file)
    batch.save()
    record(batch, "upload_batch", by=by, changes={"name": batch.name})
    return _ask("exchange-read", batch, by, "读取")


def paste(
    kind: Kind, org: Org, text: str, *, by: Actor, corrects: Batch | None = None,
    about: Model | None = None,
) -> Batch:  # fmt: skip
    """Cells copied from a spreadsheet, as the browser pastes them: tabs between, one row a line."""
    if not text.strip():
        raise Unreadable(refusals.NOTHING_PASTED)
    file = io.BytesIO(text.encode())
    return hand_in(kind, org, file, name="粘贴的内容.csv", by=by, corrects=corrects, about=about)


@transaction.atomic
def assign_columns(
    batch: Batch, *, sheet: int, last_line: int, fields: list[str], by: Actor
) -> Batch:
    """Say which sheet, where its head ends and what each column holds; it is read again."""
    kept = _locked(batch, Stage.ASKING, Stage.PREVIEWED)
    _check_untouched(kept)
    kind = kinds[kept.kind]
    given = [name for name in fields if name]
    if len(given) != len(set(given)):
        raise DomainError("同一项内容指定给了两列，请只留一列。")
    missing = [c.head for c in kind.columns if c.required and c.field not in given]
    if missing:
        raise DomainError(f"还没有指定哪一列是{'、'.join(missing)}。")
    if set(given) - {c.field for c in kind.columns}:
        raise DomainError("指定的内容不在名单里，请重新选择。")
    if sheet != kept.head["sheet"]:
        kept.head = {}  # another sheet has another head: it is looked for anew
        kept.told = {"sheet": sheet}
    else:
        kept.head |= {"last_line": last_line, "fields": fields}
    kept.chunks.all().delete()
    kept.stage = Stage.READING
    kept.save(update_fields=["head", "told", "stage"])
    record(kept, "assign_columns", by=by, changes={"head": "、".join(given)})
    return _ask("exchange-read", kept, by, "读取")


@transaction.atomic
def match_by(batch: Batch, key: str, *, by: Actor) -> Batch:
    """Recognise records by another key, and judge all rows anew; decisions are asked for again."""
    kept = _locked(batch, Stage.PREVIEWED)
    _check_untouched(kept)
    if key not in kinds[kept.kind].keys:
        raise DomainError("不能按这一项辨认，请重新选择。")
    kept.match_key, kept.stage = key, Stage.READING
    kept.save(update_fields=["match_key", "stage"])
    kept.chunks.exclude(decisions={}).update(decisions={})
    record(kept, "match_batch", by=by, changes={"match_key": kinds[kept.kind].keys[key]})
    return _ask("exchange-read", kept, by, "核对", again=True)


@transaction.atomic
def decide(batch: Batch, line: int, decision: str, *, by: Actor) -> Batch:
    """Say of one doubtful row whether it is the person on record, somebody else, or left out."""
    kept = _locked(batch, Stage.PREVIEWED)
    chunk = kept.chunks.filter(first_line__lte=line, last_line__gte=line).first()
    rows = rows_of(chunk) if chunk else []
    place = next((at for at, row in enumerate(rows) if row.line == line), None)
    if chunk is None or place is None or chunk.outcomes:
        raise DomainError("这一行已经不在等您判断。")
    findings = findings_of(chunk)
    if findings[place].verdict != Verdict.DOUBTFUL:
        raise DomainError("这一行不需要判断。")
    said = _valid(decision, findings[place].candidates)
    if (other := _decided_for(kept, said, but=line)) is not None:
        raise DomainError(
            f"第 {other} 行已经判断为同一个。一张表里一个只能有一行，请先把其中一行改为「不导入」。"
        )
    chunk.decisions[str(place)] = said
    chunk.save(update_fields=["decisions"])
    record(kept, "decide_rows", by=by, changes={"line": line})
    return kept


def _decided_for(batch: Batch, said: str, *, but: int) -> int | None:
    """The line of another row that was decided to be the same record."""
    if not said.startswith("same:"):
        return None
    for chunk in batch.chunks.exclude(decisions={}).only("decisions", "rows").order_by("number"):
        if said in chunk.decisions.values():
            found = (row.line for row in rows_of(chunk) if row.decision == said and row.line != but)
            if (line := next(found, None)) is not None:
                return line
    return None


@transaction.atomic
def decide_all(batch: Batch, decision: str, *, by: Actor) -> tuple[int, int]:
    """The same answer for every row still open; how many were decided, how many are left.

    "same" only where one record alone is meant, and by one row alone: which of two rows of the
    same person is right, nobody can say of all at once.
    """
    if decision not in DECISIONS:
        raise DomainError("请选择怎么处理。")
    kept = _locked(batch, Stage.PREVIEWED)
    chunks = list(kept.chunks.filter(verdicts__contains=Verdict.DOUBTFUL.value, outcomes=""))
    meant = _meant_once(chunks) if decision == "same" else set()
    decided = left = 0
    for chunk in chunks:
        for at, candidates in _open(chunk):
            if decision == "same" and (len(candidates) != 1 or candidates[0] not in meant):
                left += 1
                continue
            chunk.decisions[str(at)] = _valid(decision, candidates)
            decided += 1
        chunk.save(update_fields=["decisions"])
    record(kept, "decide_rows", by=by, changes={"count": decided})
    return decided, left


def _open(chunk: Chunk) -> list[tuple[int, list[int]]]:
    """The rows a person has not decided yet, by their place, with whom they may mean."""
    return [
        (at, finding.candidates)
        for at, finding in enumerate(findings_of(chunk))
        if finding.verdict == Verdict.DOUBTFUL and str(at) not in chunk.decisions
    ]


def _meant_once(chunks: list[Chunk]) -> set[int]:
    """Records that one open row alone may mean, and no row has been decided to be."""
    found = Counter(pk for chunk in chunks for _, one in _open(chunk) for pk in one)
    decided = {said for chunk in chunks for said in chunk.decisions.values()}
    return {pk for pk, rows in found.items() if rows == 1 and f"same:{pk}" not in decided}


def _valid(decision: str, candidates: list[int]) -> str:
    """``same`` alone means the only candidate; ``same:12`` one of several."""
    if decision == "same" and len(candidates) == 1:
        return f"same:{candidates[0]}"
    if decision in {"other", "skip"} or decision in {f"same:{pk}" for pk in candidates}:
        return decision
    raise DomainError("请选择是其中哪一个人。")


@transaction.atomic
def commit(batch: Batch, rule: str, *, by: Actor) -> Batch:
    """Have the previewed rows written by the rule."""
    kept = _locked(batch, *WRITABLE)
    _check_may(kinds[kept.kind], kept.org, by)
    if rule not in Rule.values:
        raise DomainError("请选择已有的人怎么办。")
    kept.rule, kept.stage = rule, Stage.COMMITTING
    kept.save(update_fields=["rule", "stage"])
    record(kept, "begin_commit", by=by, changes={"rule": Rule(rule).label, **kept.counts})
    return _ask("exchange-commit", kept, by, "写入")


@transaction.atomic
def undo(batch: Batch, *, by: Actor) -> Batch:
    """Have the whole batch taken back, but for what was touched since."""
    kept = _locked(batch, *UNDOABLE)
    _check_may(kinds[kept.kind], kept.org, by)
    kept.stage = Stage.UNDOING
    kept.save(update_fields=["stage"])
    record(kept, "begin_undo", by=by)
    return _ask("exchange-undo", kept, by, "撤销")


@transaction.atomic
def drop(batch: Batch, *, by: Actor) -> Batch:
    """Give up a batch nothing was written of; its rows and its file are thrown away."""
    kept = _locked(batch, Stage.ASKING, Stage.PREVIEWED, Stage.FAILED)
    _check_untouched(kept)
    kept.chunks.all().delete()
    name, storage = str(kept.file), kept.file.storage
    kept.stage, kept.file = Stage.DROPPED, ""
    kept.save(update_fields=["stage", "file"])
    transaction.on_commit(lambda: storage.delete(name))
    record(kept, "drop_batch", by=by)
    return kept


@transaction.atomic
def go_on(batch: Batch, *, by: Actor) -> Batch:
    """Take up again what a failed job left in the middle."""
    works = {
        Stage.READING: ("exchange-read", "读取"),
        Stage.COMMITTING: ("exchange-commit", "写入"),
        Stage.UNDOING: ("exchange-undo", "撤销"),
    }
    kept = _locked(batch, *works)
    if kept.job is not None and not kept.job.is_finished:
        raise DomainError("这一批正在办理，请稍候。")
    return _ask(works[Stage(kept.stage)][0], kept, by, works[Stage(kept.stage)][1])


def _ask(job: str, batch: Batch, by: Actor, verb: str, **more: Any) -> Batch:
    title = f"{verb}{kinds[batch.kind].label}：{batch.name}"
    started = start(job, by=by, org=batch.org, title=title, batch=batch.pk, **more)
    Batch.objects.filter(pk=batch.pk).update(job=started)
    batch.refresh_from_db()
    return batch


def _locked(batch: Batch, *stages: str) -> Batch:
    kept = (
        Batch.objects.select_for_update(of=("self",)).select_related("org", "job").get(pk=batch.pk)
    )
    if kept.stage not in stages:
        raise DomainError(f"这一批{kept.get_stage_display()}，现在不能这样做。")
    return kept


def _check_untouched(batch: Batch) -> None:
    if batch.chunks.exclude(outcomes="").exists():
        raise DomainError("这一批已经写入了一部分，请继续写入，或整批撤销。")


def _check_may(kind: Kind, org: Org, by: Actor) -> None:
    if not by.can(kind.capability, at=org):
        raise DomainError(f"您不能在「{org}」导入{kind.label}。")
    if org.until is not None:
        raise DomainError(f"「{org}」已经撤销，不能再导入。")
