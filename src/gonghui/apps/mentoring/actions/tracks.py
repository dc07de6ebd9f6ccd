"""A unit takes a shipped track as its own, and lays down milestones and tiers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError

from ..models import Ladder, Milestone, Tier, Track

VERBS |= {"milestones": "调整培养目标", "tiers": "调整层次"}
WORDS |= {"milestones": "培养目标", "tiers": "层次"}
FILE = Path(__file__).parent.parent / "tracks.json"


@dataclass(frozen=True)
class Template:
    """A track that is shipped, with where its words come from."""

    code: str
    title: str
    audience: str
    source: str
    note: str
    milestones: tuple[dict[str, Any], ...]


@cache
def templates() -> dict[str, Template]:
    rows = json.loads(FILE.read_text("utf-8"))
    return {
        row["code"]: Template(**{**row, "milestones": tuple(row["milestones"])}) for row in rows
    }


@transaction.atomic
def adopt(org: Org, code: str, *, by: Actor) -> Track:
    """Take a shipped track as the body's own; what it leaves empty the body fills in."""
    one = templates().get(code)
    if one is None:
        raise DomainError("没有这个模板。")
    if Track.objects.filter(org=org, title=one.title).exists():
        raise DomainError(f"{org}已有叫“{one.title}”的方案。")
    facts = {"audience": one.audience, "source": one.source, "note": one.note}
    made = Track.objects.create(org=org, title=one.title, **facts)
    Milestone.objects.bulk_create(Milestone(track=made, **row) for row in one.milestones)
    record(made, "create", by=by, changes=changes_of({}, snapshot(made)), is_new=True)
    return made


@transaction.atomic
def set_milestones(track: Track, rows: Sequence[dict[str, Any]], *, by: Actor) -> Track:
    """Lay down what is to be reached by when; one that somebody reached is not taken away."""
    locked = Track.objects.select_for_update().get(pk=track.pk)
    before = _told(locked.milestones.all())  # type: ignore[attr-defined]  # our own key's other end
    _keep(Milestone, {"track": locked}, rows, "passages", "已经有人达到，不能删去")
    after = _told(locked.milestones.all())  # type: ignore[attr-defined]  # likewise
    if before != after:
        record(locked, "milestones", by=by, changes={"milestones": [before, after]})
    return locked


@transaction.atomic
def set_tiers(ladder: Ladder, rows: Sequence[dict[str, Any]], *, by: Actor) -> Ladder:
    """Lay down the tiers from the lowest up; one that people stood on is not taken away."""
    locked = Ladder.objects.select_for_update().get(pk=ladder.pk)
    before = _told(locked.tiers.all())  # type: ignore[attr-defined]  # our own key's other end
    _keep(Tier, {"ladder": locked}, rows, "placements", "已经有人在这一层，不能删去")
    after = _told(locked.tiers.all())  # type: ignore[attr-defined]  # likewise
    if before != after:
        record(locked, "tiers", by=by, changes={"tiers": [before, after]})
    return locked


def _keep(
    model: Any, whole: dict[str, Any], rows: Sequence[dict[str, Any]], used: str, words: str
) -> None:
    """Rows with a number change what is there, others are new, and what is not named goes."""
    held = {one.pk: one for one in model.objects.filter(**whole)}
    said = {row["pk"] for row in rows if row.get("pk")}
    for pk, one in held.items():
        if pk not in said:
            if getattr(one, used).exists():
                raise DomainError(f"“{one}”{words}。")
            one.delete()
    for row in rows:
        facts = {name: value for name, value in row.items() if name != "pk"}
        one = held.get(row.get("pk") or 0) or model(**whole)
        for name, value in facts.items():
            setattr(one, name, value)
        one.full_clean()
        one.save()


def _told(rows: Any) -> str:
    return "；".join(f"{one}{'：' + one.words if one.words else ''}" for one in rows)
