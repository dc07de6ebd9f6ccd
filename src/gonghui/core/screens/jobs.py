"""The long work of lists: writing one out, and taking one step over many of its rows."""

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
from gonghui.kit.errors import DomainError

from .asked import Listed, again, ordered
from .bulk import BulkAction
from .exports import writers_into
from .panels import WORDS

VERBS |= {"export": "导出"}
WORDS |= {"purpose": "用途", "list": "名单", "format": "格式"}
CHUNK = 2000  # rows read at a time
BATCH = 20  # rows of a bulk step that are committed together
MOST_TOLD = 500  # refusals told one by one; the rest is counted


def write_out(work: Work) -> Outcome:
    """Write a list into a file, row after row; people's data carry who, when and what for."""
    said = work.arguments
    actor = work.actor
    screens = again(said, actor)
    rows = ordered(screens)
    total = rows.count()
    if screens.personal and "logged" not in work.kept:
        told = {"list": said["name"], "purpose": said["purpose"], "count": total}
        with transaction.atomic():
            record(work.job, "export", by=actor, changes={**told, "format": said["format"]})
            work.keep(logged=True)
    kept: Any = tempfile.TemporaryFile()  # noqa: SIM115  # closed once the file is attached
    lines = _told(work, rows.iterator(chunk_size=CHUNK), total)
    writers_into[said["format"]](
        kept, said["name"], screens.columns.exported(), lines, watermark(work, screens)
    )
    kept.flush()
    kept.seek(0)
    name = f"{said['name']} {timezone.localdate()}.{said['format']}"
    words = f"{said['name']}共 {total} 条，已写好，请下载。"
    return Outcome(words, file=File(kept), file_name=name)


def _told(work: Work, rows: Iterator[Any], total: int) -> Iterator[Any]:
    for at, row in enumerate(rows):
        work.advance(at, total, "正在写入名单")
        yield row


def watermark(work: Work, screens: Listed) -> str:
    """Who had it written, when, and for people's data what for and how to keep it."""
    who = work.job.by or "系统"
    said = f"{who}（{work.job.org}）于 {timezone.localtime():%Y-%m-%d %H:%M} 导出"
    if not screens.personal:
        return said
    return f"{said}，用途：{work.arguments['purpose']}。含个人信息，限此用途，用后请删除。"


def take_step(work: Work) -> Outcome:
    """Take one step over each row in a transaction of its own; a refusal stops no other row."""
    said = work.arguments
    screens = again(said, work.actor)
    action = next(one for one in screens.bulk if one.name == said["action"])
    form = action.asks(QueryDict(said["answers"]), screens.actor)
    if form is not None and not form.is_valid():
        raise DomainError("填写的内容已经不合要求，请重新选择并填写。")
    answers = form.cleaned_data if form is not None else {}
    pks, done, refused = said["pks"], work.kept.get("done", 0), work.kept.get("refused", [])
    for at in range(work.kept.get("at", 0), len(pks), BATCH):
        work.advance(at, len(pks), f"正在办理「{action.label}」")
        with transaction.atomic():
            batch = pks[at : at + BATCH]
            missed = _step(screens, action, batch, answers)
            done += len(batch) - len(missed)
            refused = [*refused, *missed]
            work.keep(at=at + BATCH, done=done, refused=refused)
    work.advance(len(pks), len(pks))
    words = f"「{action.label}」办成 {done} 条"
    words += f"，没有办成 {len(refused)} 条，原因见下。" if refused else "。"
    return Outcome(words, url=said["back"], refused=refused[:MOST_TOLD])


def _step(
    screens: Listed, action: BulkAction, pks: list[int], answers: dict[str, Any]
) -> list[tuple[str, str]]:
    """Take the step over some rows; what was refused, with the reason."""
    seen = screens.visible().in_bulk(pks)
    rows = action.rule.narrow(screens.visible(), screens.actor)
    allowed = set(rows.filter(pk__in=pks).values_list("pk", flat=True))
    refused = []
    for pk in pks:
        if pk not in seen:
            refused.append((f"编号 {pk}", "已不在您能看到的范围内，可能刚被别人改动。"))
        elif pk not in allowed:
            why = f"它现在的状态不能「{action.label}」，或者您没有这项权限。"
            refused.append((str(seen[pk]), why))
        else:
            try:
                with transaction.atomic():
                    action.run(seen[pk], by=screens.actor, **answers)
            except DomainError as error:
                refused.append((str(seen[pk]), error.sentence))
    return refused


register(Kind("lists.export", "导出名单", write_out))
register(Kind("lists.bulk", "批量办理", take_step))
