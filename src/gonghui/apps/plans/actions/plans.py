"""Making a plan: from a file, pasted text, a pattern, last year's plan or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import Org
from gonghui.kit.blocks import Block, plain_blocks
from gonghui.kit.errors import DomainError

from ..engine.outline_json import NODE_LIMIT
from ..engine.outlining import (
    Impossible,
    Outline,
    from_reading,
    outline_from_json,
    outline_to_json,
)
from ..engine.reader import read
from ..engine.sameness import fingerprint
from ..engine.titles import calendar_years
from ..models import Draft, Pattern, Plan, UpperDocument
from .drafts import save_outline
from .lines import line_of

PATTERNS = Path(__file__).resolve().parents[1] / "engine" / "patterns"


@transaction.atomic
def create_plan(
    org: Org,
    *,
    title: str,
    kind: str,
    starts_on: date,
    ends_on: date,
    by: Actor,
    upper_documents: Iterable[tuple[str, str, str]] = (),
    **words: str,
) -> Plan:
    """A new plan with an empty draft; ``words`` are guidance, main_line and theme."""
    plan = Plan(
        org=org, title=title, kind=kind, starts_on=starts_on, ends_on=ends_on, author=by.person
    )
    for name, said in words.items():
        setattr(plan, name, said)
    plan.save()
    UpperDocument.objects.bulk_create(
        UpperDocument(plan=plan, issuer=issuer, number=number, spirit=spirit)
        for issuer, number, spirit in upper_documents
    )
    Draft.objects.create(plan=plan, outline=outline_to_json(Outline(title=title)))
    record(plan, "create", by=by, changes={"title": [None, plan.title]})
    return plan


@transaction.atomic
def read_into(
    plan: Plan, blocks: Sequence[Block], *, source: str, name: str, by: Actor
) -> list[Plan]:
    """Read a document into the plan's draft; further plans of the same paste get their own."""
    if not source.strip():
        raise DomainError("没有读到文字。请换一个文件，或把计划的文字粘贴进来。")
    if len(blocks) > NODE_LIMIT:
        raise DomainError(
            f"这份文件有 {len(blocks)} 段，一份计划最多 {NODE_LIMIT} 段。请只留计划那部分再读入。"
        )
    reading = read(blocks, years=plan.years)
    if not any(found.nodes for found in reading.plans):
        raise DomainError("没有读出任何条目。请检查文件是不是计划，或先写上“一、”“1、”这样的编号。")
    plans = []
    for index, found in enumerate(reading.plans):
        target = plan if index == 0 else _sibling(plan, found.title, by=by)
        outline = from_reading(reading, index, source)
        draft = Draft.objects.select_for_update().get(plan=target)
        draft.outline = _as_stored(outline)
        draft.source, draft.source_name = source, name
        draft.fingerprint = fingerprint("\n".join(node.text for node in outline.nodes))
        draft.revision += 1
        draft.save()
        record(target, "read", by=by, changes={"count": len(outline.nodes), "file": name})
        plans.append(target)
    return plans


def _as_stored(outline: Outline) -> dict[str, Any]:
    """What no draft can hold is refused at once, before the officer has worked on it."""
    try:
        return outline_to_json(outline)
    except Impossible as problem:
        raise DomainError(
            f"这份文件读成的计划太大，没有读入：{problem.sentence}请分成几份，或者删去正文再读入。"
        ) from problem


def last_as_titled(plan: Plan) -> str:
    """Let a plan just begun last the coming years that its title names; a sentence on what is so.

    A title of years gone by may be an old paper written on: it changes nothing and is pointed at.
    """
    years = calendar_years(plan.title)
    if not years or (min(years), max(years)) == (plan.starts_on.year, plan.ends_on.year):
        return ""
    said = "—".join(str(year) for year in sorted({min(years), max(years)}))
    if max(years) < plan.starts_on.year:
        return f"标题写的是 {said} 年，计划期是 {plan.starts_on.year} 年，请核对。"
    plan.starts_on, plan.ends_on = date(min(years), 1, 1), date(max(years), 12, 31)
    plan.save(update_fields=["starts_on", "ends_on"])
    return f"计划期按标题定为 {said} 年。"


def _sibling(plan: Plan, title: str, *, by: Actor) -> Plan:
    return create_plan(
        plan.org,
        title=(title or plan.title)[:200],
        kind=plan.kind,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        by=by,
    )


@transaction.atomic
def begin_from_pattern(plan: Plan, pattern: str, *, by: Actor) -> Plan:
    """Fill a new plan from one of our patterns (示例模板)."""
    if pattern not in Pattern.values:
        raise DomainError("没有这个模板，请另选一个。")
    text = (PATTERNS / f"{pattern}.txt").read_text(encoding="utf-8")
    text = text.replace("{year}", str(plan.year))
    name = f"示例模板：{Pattern(pattern).label}"
    return read_into(plan, plain_blocks(text), source=text, name=name, by=by)[0]


@transaction.atomic
def copy_plan(plan: Plan, *, title: str, starts_on: date, ends_on: date, by: Actor) -> Plan:
    """Last year's plan as a start: words, rhythms and who answers for them, not what was done."""
    copy = create_plan(
        plan.org,
        title=title,
        kind=plan.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        guidance=plan.guidance,
        main_line=plan.main_line,
        theme=plan.theme,
    )
    copy.copied_from = plan
    copy.save(update_fields=["copied_from"])
    outline = replace(_outline_of(plan, copy), title=title)
    Draft.objects.filter(plan=copy).update(outline=outline_to_json(outline))
    return copy


def _outline_of(plan: Plan, copy: Plan) -> Outline:
    """A plan as lines to be corrected; one that was never saved, as it was drawn."""
    items = plan.items.select_related("owner", "owner_org").prefetch_related("targets")
    nodes = tuple(line_of(item, plan, copy) for item in items)
    if nodes:
        return Outline(nodes=nodes, next_id=max(node.id for node in nodes) + 1)
    draft = Draft.objects.filter(plan=plan).first()
    return outline_from_json(draft.outline) if draft else Outline()


def submit_plan(plan: Plan, *, by: Actor) -> None:
    """Keep the outline as the plan's items before it goes to review."""
    save_outline(plan, by=by)


def return_plan(plan: Plan, *, by: Actor, reason: str) -> None:
    """The reason stands in the history and reaches the author by notice."""


def approve_plan(plan: Plan, *, by: Actor, approved_by: str, approved_on: date) -> None:
    """Which meeting passed the plan, and when (R-035)."""
    plan.approved_by, plan.approved_on = approved_by, approved_on
    plan.save(update_fields=["approved_by", "approved_on"])


def close_plan(plan: Plan, *, by: Actor, closing: str = "") -> None:
    plan.closing = closing
    plan.save(update_fields=["closing"])
