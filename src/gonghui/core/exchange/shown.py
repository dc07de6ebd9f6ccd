"""What the page of a batch shows: how far it is, its columns, its figures and its rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.jobs.models import Stage as JobStage

from .kinds import Kind, kinds
from .models import OUTCOMES, Batch, Rule, Stage, Verdict
from .papers import REASON
from .queries import Line, rows_with

FIRST_SHOWN = 4  # columns of a row that are named in its line; the rest unfold
TONES_AFTER = {
    "c": "done",
    "u": "done",
    "k": "plain",
    "l": "late",
    "w": "plain",
    "x": "plain",
    "t": "late",
}
WRITTEN = (Stage.COMMITTED, Stage.UNDONE)
STAGE_TONES: dict[str, str] = {
    Stage.ASKING: "wait",
    Stage.PREVIEWED: "wait",
    Stage.COMMITTED: "done",
    Stage.FAILED: "late",
}
TONES = {"n": "done", "c": "doing", "s": "plain", "d": "wait", "w": "late"}


def batch_panel(batch: Batch, request: Any) -> dict[str, Any]:
    kind = kinds[batch.kind]
    job = batch.job
    broken = bool(job and batch.is_at_work and job.is_finished)
    return {
        "batch": batch,
        "kind": kind,
        "job": job,
        "is_watched": batch.is_at_work and not broken,
        "is_broken": broken,
        "words": job.result.get("words", "") if job and job.stage != JobStage.DONE else "",
        "figures": _tabs(batch, "")[1:],
        "columns": _columns(batch, kind),
        "fields": [(column.field, column.head) for column in kind.columns],
        "unread": _unread(batch),
        "keys": list(kind.keys.items()),
        "rules": [(value, label, _told(value)) for value, label in Rule.choices],
        "may": {
            "assign": batch.stage in {Stage.ASKING, Stage.PREVIEWED},
            "commit": batch.stage == Stage.PREVIEWED,
            "undo": batch.stage == Stage.COMMITTED,
            "drop": batch.stage in {Stage.ASKING, Stage.PREVIEWED, Stage.FAILED},
            "refused": bool(_refused(batch)) and batch.stage in {Stage.PREVIEWED, Stage.COMMITTED},
        },
        "again_url": _again(batch),
        "door": kind.page_of(_about(batch, kind, request.actor)),
        "tone": STAGE_TONES.get(batch.stage, "plain"),
        "corrections": list(batch.corrections.order_by("pk")),
    }


def _about(batch: Batch, kind: Kind, actor: Any) -> Model | None:
    return kind.about(actor, batch.about) if kind.about and batch.about else None


def _again(batch: Batch) -> str:
    """Where the corrected rows are handed in, for the same record as the first."""
    asked = {"corrects": batch.pk} | ({"about": batch.about} if batch.about else {})
    return reverse("exchange:hand-in", args=[batch.kind]) + "?" + urlencode(asked)


def _refused(batch: Batch) -> int:
    counts = batch.counts
    left = batch.outcome.get("l", 0) if batch.outcome else 0
    return int(counts.get("wrong", 0) + counts.get("doubtful", 0) + left)


def _told(rule: str) -> str:
    return {
        Rule.SKIP: "表里有、库里也有的，一项也不改。",
        Rule.FILL: "库里空着的项用表里的补上，已有内容的项不改。",
        Rule.OVERWRITE: "表里填了的项都以表为准；表里空着的项不动。",
    }[Rule(rule)]


def _columns(batch: Batch, kind: Kind) -> list[dict[str, Any]]:
    """Each column of the sheet with what it is taken for."""
    head = batch.head or {"labels": [], "fields": []}
    return [
        {"at": at, "label": label or f"第 {at + 1} 列（没有表头）", "field": field}
        for at, (label, field) in enumerate(zip(head["labels"], head["fields"], strict=False))
    ]


def _unread(batch: Batch) -> list[str]:
    """Columns that are not read, by their heads: they are told, never silently dropped."""
    head = batch.head or {"labels": [], "fields": []}
    pairs = zip(head["labels"], head["fields"], strict=False)
    return [label for label, field in pairs if label and not field and label != REASON]


def rows_panel(batch: Batch, request: Any) -> dict[str, Any]:
    """The rows by verdict before, by outcome after; figures are the doors to them."""
    if not batch.counts or batch.is_at_work:
        return {"tabs": [], "lines": []}
    kind = kinds[batch.kind]
    after = batch.stage in WRITTEN
    asked = request.GET.get("rows", "")
    number = request.GET.get("page", "")
    found = rows_with(
        batch,
        asked if asked.isalpha() and len(asked) == 1 else "",
        of="outcomes" if after else "verdicts",
        page=int(number) if number.isdigit() else 1,
    )
    fields = [name for name in batch.head["fields"] if name]
    meant = {pk for line in found.lines for pk in line.finding.candidates}
    names = kind.describe(meant) if meant else {}
    return {
        "batch": batch,
        "kind": kind,
        "tabs": _tabs(batch, asked),
        "lines": [
            {**_line(line, kind, fields, after=after), "candidates": _candidates(line, names)}
            for line in found.lines
        ],
        "count": found.count,
        "number": found.number,
        "pages": found.pages,
        "previous": _address(asked, found.number - 1) if found.number > 1 else "",
        "next": _address(asked, found.number + 1) if found.number < found.pages else "",
        "back": urlencode({"rows": asked, "page": str(found.number)}),
        "may_decide": batch.stage == Stage.PREVIEWED,
        "asks": asked == Verdict.DOUBTFUL and batch.stage == Stage.PREVIEWED,
    }


def _address(asked: str, page: int) -> str:
    return "?" + urlencode({"rows": asked, "page": str(page)}) + "#rows"


def _tabs(batch: Batch, asked: str) -> list[dict[str, Any]]:
    """All rows, then each verdict or outcome with its count."""
    if not batch.counts or batch.is_at_work:
        return []
    return _after(batch, asked) if batch.stage in WRITTEN else _before(batch, asked)


def _before(batch: Batch, asked: str) -> list[dict[str, Any]]:
    named: list[tuple[str, str, int]] = [("", "全部", sum(batch.counts.values()))]
    verdicts = [v for v in Verdict if v != Verdict.CHANGED or kinds[batch.kind].changes]
    named += [(v.value, v.label, batch.counts[v.name.lower()]) for v in verdicts]
    return [_tab(letter, label, count, asked) for letter, label, count in named]


def _after(batch: Batch, asked: str) -> list[dict[str, Any]]:
    named = [("", "全部", sum(batch.outcome.values()))]
    found = [(key, word) for key, word in OUTCOMES.items() if key in batch.outcome]
    named += [(key, word, batch.outcome[key]) for key, word in found]
    return [_tab(letter, label, count, asked) for letter, label, count in named]


def _tab(letter: str, label: str, count: int, asked: str) -> dict[str, Any]:
    return {"url": _address(letter, 1), "label": label, "count": count, "current": letter == asked}


def _line(line: Line, kind: Kind, fields: list[str], *, after: bool) -> dict[str, Any]:
    row, finding = line.row, line.finding
    cells = [
        (column.head, column.shown(row.values.get(column.field)))
        for column in kind.columns
        if column.field in fields
    ]
    letter = line.outcome if after else finding.verdict
    meant = finding.target or line.made
    word = OUTCOMES[letter] if after else str(Verdict(letter).label)
    tone = (TONES_AFTER if after else TONES)[letter]
    return {
        "number": row.line,
        "word": word,
        "tone": tone,
        "cells": cells[:FIRST_SHOWN],
        "more": cells[FIRST_SHOWN:],
        "reasons": [line.left] if line.left else [*finding.reasons, *row.remarks],
        "changes": _changes(finding.changes, kind),
        "url": kind.address(meant) if meant and kind.address else "",
        "decision": _decided(row.decision, kind),
    }


def _candidates(line: Line, names: dict[int, str]) -> list[tuple[int, str]]:
    return [(pk, names.get(pk, f"#{pk}")) for pk in line.finding.candidates]


def _changes(changes: dict[str, list[Any]], kind: Kind) -> list[tuple[str, str, str]]:
    found = []
    for name, (before, after) in changes.items():
        column = kind.column(name)
        found.append((column.head, column.shown(before) or "（空）", column.shown(after)))
    return found


def _decided(decision: str, kind: Kind) -> str:
    words = {"same": kind.same, "other": f"不是{kind.same}", "skip": "不导入"}
    return words.get(decision.split(":")[0], "")
