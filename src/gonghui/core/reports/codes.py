"""Codes that open the figures of a paper: kept with what was printed, asked for by whoever may."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach
from gonghui.core.history.trail import VERBS, record
from gonghui.core.indicators.reading import figures
from gonghui.core.indicators.registry import indicators
from gonghui.core.indicators.shown import unit_of, words
from gonghui.core.orgs.models import Org
from gonghui.kit.dates import Period

from .composing import Composition
from .models import Cited, Paper
from .rules import PAPER_RULES

VERBS |= {"write_out": "写成文件"}
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
LENGTH = 6
DRAFT = "draft"  # the role of the file as it was written out
CODE = re.compile(r"([0-9A-Z]{6,8})[\s\-－—〔]*(\d{1,3})〕?")


@transaction.atomic
def write_out(
    found: Composition, *, sort: str, org: Org, period: Period, by: Actor
) -> tuple[Paper, bytes]:
    """Keep a report's figures as they are printed now, with the Word file that bears its code."""
    paper = Paper.objects.create(
        code=_new_code(),
        sort=sort,
        org=org,
        title=found.title.replace("\n", " ")[:200],
        since=period.start,
        until=period.end,
        by=by.person,
    )
    Cited.objects.bulk_create(
        Cited(
            paper=paper,
            number=one.number,
            label=one.label[:200],
            words=one.words[:60],
            address=one.address[:400],
            indicator=one.indicator,
            org=one.org,
            since=one.period.start if one.period else None,
            until=one.period.end if one.period else None,
        )
        for one in found.sources
    )
    record(paper, "write_out", by=by, changes={"count": len(found.sources)})
    content = found.to_word(paper.code)
    attach(paper, ContentFile(content), name=f"{paper.title}.docx", by=by, role=DRAFT)
    return paper, content


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if not Paper.objects.filter(code=code).exists():
            return code


def cited_by(said: str, actor: Actor) -> Cited | None:
    """The figure a code names, for whoever may read the paper and the body it counts."""
    match = CODE.fullmatch(said.strip().upper())
    if match is None:
        return None
    papers = PAPER_RULES["view"].narrow(Paper.objects.filter(code=match[1]), actor)
    rows = Cited.objects.filter(paper__in=papers, number=int(match[2]))
    found = rows.select_related("paper__org", "paper__by", "org").first()
    if found is None or not actor.can("indicators.view", at=found.org):
        return None
    return found


def words_now(cited: Cited) -> str:
    """What the records say today for the same body and days; empty where that is not counted."""
    one = indicators.get(cited.indicator) if cited.indicator else None
    if one is None or cited.since is None or cited.until is None:
        return ""
    figure: Any = figures([one], cited.org, Period(cited.since, cited.until))[one.code]
    if figure.value is None:
        return "暂无"
    return f"{words(figure.value, one.unit)}{unit_of(one)}"
