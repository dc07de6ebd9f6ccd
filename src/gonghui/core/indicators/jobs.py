"""The long work of figures: writing the records behind one into a sheet."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from gonghui.core.history.trail import VERBS, record
from gonghui.core.jobs.kinds import Kind, Outcome, register
from gonghui.core.jobs.work import Work
from gonghui.core.screens.exports import writers_into
from gonghui.kit.errors import DomainError

from .periods import period_asked, words_of
from .registry import Indicator, indicators
from .tables import rows_of, sheet_of

VERBS |= {"export_records": "导出记录"}
CHUNK = 2000


def write_records(work: Work) -> Outcome:
    """The records as the person who asked may see them now; people's data leave an entry."""
    said = work.arguments
    what = indicators.get(said["code"])
    if not isinstance(what, Indicator):
        raise DomainError("这个指标已经没有了。")
    _, period = period_asked(QueryDict(said["address"]))
    split = next((each for each in what.source.splits if each.code == said.get("split")), None)
    asked = {"split": split, "value": said.get("value", ""), "own": said.get("own") == "1"}
    rows = rows_of(what, work.job.org, period, work.actor, **asked)
    total, title = rows.count(), f"{what.title} {words_of(period)}"
    if what.source.person and "logged" not in work.kept:
        told = {"list": title, "purpose": said["purpose"], "count": total}
        with transaction.atomic():
            record(work.job, "export_records", by=work.actor, changes=told)
            work.keep(logged=True)
    kept: Any = tempfile.TemporaryFile()  # noqa: SIM115  # closed once the file is attached
    lines = _told(work, rows.iterator(chunk_size=CHUNK), total)
    writers_into["xlsx"](kept, title, sheet_of(what.source), lines, _note(work, what))
    kept.flush()
    kept.seek(0)
    name = f"{title} {timezone.localdate()}.xlsx"
    return Outcome(f"{title}共 {total} 条，已写好，请下载。", file=File(kept), file_name=name)


def _told(work: Work, rows: Iterator[Any], total: int) -> Iterator[Any]:
    for at, row in enumerate(rows):
        work.advance(at, total, "正在写入记录")
        yield row


def _note(work: Work, what: Indicator) -> str:
    who = work.job.by or "系统"
    said = f"{who}（{work.job.org}）于 {timezone.localtime():%Y-%m-%d %H:%M} 导出"
    if not what.source.person:
        return said
    return f"{said}，用途：{work.arguments['purpose']}。含个人信息，限此用途，用后请删除。"


register(Kind("indicators.records", "导出指标的记录", write_records))
