"""A sheet fills itself from the records; people add only what the records do not hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach
from gonghui.core.history.trail import VERBS, record
from gonghui.core.indicators.counting import Figure
from gonghui.core.indicators.personal import person_figures
from gonghui.core.indicators.reading import figures
from gonghui.core.indicators.registry import Declared, indicators
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from gonghui.kit.pictures import NoPicture, read_picture

from ..models import BallotCount, Contender, Filler, Opinion, Round, SheetLine
from ..queries.voting import agreed, keeps_from_counting
from .voting import keep_opinion

VERBS |= {
    "put_forward": "申报",
    "draw_figures": "取数",
    "check_item": "自查",
    "visit_item": "现场考评",
    "count_votes": "录入评议结果",
}
PHOTO, PAPER = "photo", "evidence"
MOST_FILES = 20  # of one item
LARGEST_PHOTO = 5 * 2**20


@transaction.atomic
def apply(
    round_: Round,
    org: Org,
    *,
    by: Actor,
    person: Person | None = None,
    reason: str = "",
    on: date | None = None,
) -> Contender:
    """Put a unit, a team or a person forward; the sheet is there at once, filled from records."""
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if not locked.takes_applications(on or timezone.localdate()):
        raise DomainError(f"申报时间是 {locked.apply_from} 至 {locked.apply_until}，现在不能申报。")
    if org.pk == locked.org_id or not org.is_within(locked.org):
        raise DomainError("只能申报组织评估的工会下面的单位、班组和人员。")
    if locked.contenders.filter(**({"person": person} if person else {"org": org})).exists():
        raise DomainError(f"{person or org}已经申报过了。")
    made = Contender.objects.create(round=locked, org=org, person=person, reason=reason)
    items = locked.scheme.criteria.exclude(method="").order_by("position", "pk")
    SheetLine.objects.bulk_create(SheetLine(contender=made, criterion=one) for one in items)
    fill(made)
    record(made, "put_forward", by=by, changes={"reason": reason}, is_new=True)
    return made


def fill(contender: Contender) -> None:
    """Ask the records anew; what people wrote is left alone."""
    lines = contender.lines.exclude(criterion__indicator="").select_related("criterion")
    computed = [one for one in lines if one.criterion.indicator in indicators]
    period = Period(contender.round.since, contender.round.until)
    wanted = {one.criterion.indicator: indicators[one.criterion.indicator] for one in computed}
    found = _figures(contender, wanted.values(), period)
    for line in computed:
        line.figure = _kept(found.get(line.criterion.indicator))
    SheetLine.objects.bulk_update(computed, ["figure"])
    contender.filled_at = timezone.now()
    contender.save(update_fields=["filled_at"])


def _figures(
    contender: Contender, wanted: Collection[Declared], period: Period
) -> dict[str, Figure]:
    """Of a person what is theirs alone, of a unit or team what is its and all below it."""
    if not wanted:
        return {}
    if contender.person is None:
        return figures(wanted, contender.org, period)
    return person_figures(wanted, contender.person, period, among=contender.round.org)


def _kept(figure: Figure | None) -> list[str | None] | None:
    if figure is None or figure.value is None:
        return None
    return [None if one is None else str(one) for one in (figure.value, figure.over, figure.under)]


@transaction.atomic
def refill(contender: Contender, *, by: Actor) -> None:
    fill(contender)
    record(contender, "draw_figures", by=by)


def hand_in(contender: Contender, *, by: Actor, on: date | None = None) -> None:
    """The figures are taken once more, and stay."""
    fill(contender)


def send_back(contender: Contender, *, reason: str, by: Actor) -> None:
    """Only the state changes; the reason is in the history."""


def withdraw(contender: Contender, *, reason: str, by: Actor) -> None:
    """Only the state changes; the reason is in the history."""


@transaction.atomic
def check_item(
    line: SheetLine, *, by: Actor, value: Any, words: str, files: Sequence[File[bytes]]
) -> None:
    """What the unit says and shows of an item; the records are never typed over."""
    if line.is_counted:
        raise DomainError("这一项由系统记录计分，不用填写。记录有误的，请更正记录。")
    line.own = value if line.is_asked else None
    line.words = words
    line.save(update_fields=["own", "words"])
    _attach(line, files, PAPER, by)
    _noted(line, "check_item", value, words, len(files), by)


@transaction.atomic
def visit_item(
    line: SheetLine, *, by: Actor, value: Any, words: str, files: Sequence[File[bytes]]
) -> None:
    """What was found on the spot; it goes before what the unit said. Photos lose their place."""
    if not line.is_looked_at:
        raise DomainError("这一项不由现场评定。")
    if line.own is not None and value is not None and value != line.own and not words.strip():
        raise DomainError("与自查结果不一样，请写明现场看到的情况。")
    line.found, line.remark = value, words
    line.save(update_fields=["found", "remark"])
    _attach(line, files, PHOTO, by)
    _noted(line, "visit_item", value, words, len(files), by)


def _noted(line: SheetLine, verb: str, value: Any, words: str, files: int, by: Actor) -> None:
    said = {"item": str(line.criterion), "value": value, "note": words, "files": files or None}
    kept = {name: one for name, one in said.items() if one not in (None, "")}
    record(line.contender, verb, by=by, changes=kept)


def _attach(line: SheetLine, files: Sequence[File[bytes]], role: str, by: Actor) -> None:
    if len(files) > MOST_FILES:
        raise DomainError(f"一次最多上传 {MOST_FILES} 个文件。")
    for file in files:
        name = file.name or "材料"
        if role == PHOTO:
            file = _photo(file, name)
        attach(line, file, name=name, by=by, role=role)


def _photo(file: File[bytes], name: str) -> File[bytes]:
    """The picture without where and when it was taken."""
    if file.size > LARGEST_PHOTO:
        raise DomainError(f"「{name}」超过 {LARGEST_PHOTO // 2**20} MB，请缩小后再传。")
    try:
        return ContentFile(read_picture(file.read()).content, name=name)
    except NoPicture:
        raise DomainError(f"「{name}」不是照片，请用 JPG 或 PNG 格式。") from None


@transaction.atomic
def count_votes(
    line: SheetLine, *, by: Actor, yes: int, cast: int, held_on: date | None = None
) -> bool:
    """One of two tellers enters the result; True when a second one has said the same."""
    if line.criterion.filler != Filler.MEMBERS:
        raise DomainError("这一项不由群众评议。")
    if by.person is None:
        raise DomainError("要由人来录入。")
    # The sheet, as whoever opens a vote on the phone does.
    Contender.objects.select_for_update().get(pk=line.contender_id)
    if why := keeps_from_counting(line.contender):
        raise DomainError(why)
    day = held_on or timezone.localdate()
    BallotCount.objects.update_or_create(
        line=line, by=by.person, defaults={"yes": yes, "cast": cast, "held_on": day}
    )
    record(line.contender, "count_votes", by=by, changes={"item": str(line.criterion)})
    found = agreed(line.counts.order_by("pk"))
    if found is None:
        Opinion.objects.filter(line=line).delete()
        return False
    keep_opinion(line, day, found.yes, found.cast)
    return True
