"""Reads the notes a phone sends: each whole or refused with a sentence, a log whole or not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms

from gonghui.kit.errors import DomainError

from ..actions.checking import Note, Receipt
from ..models import Mark

MOST = 500  # notes of one sending
LONGEST = timedelta(days=400).total_seconds()
BROKEN = "这条记录不完整，没有收下，请在名单上补签。"
NO_LOG = "没有收到签到记录，请重新打开签到页再上传。"


class NoteForm(forms.Form):
    """One note as a phone keeps it."""

    number = forms.UUIDField()
    act = forms.ChoiceField(choices=Mark.Act.choices)
    way = forms.ChoiceField(
        choices=[(way, way) for way in Mark.Way if way not in (Mark.Way.SELF, Mark.Way.PROXY)]
    )
    at = forms.CharField(max_length=40)
    behind = forms.FloatField(required=False, min_value=-LONGEST, max_value=LONGEST)
    registration = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    ticket = forms.CharField(required=False, max_length=40)
    who = forms.CharField(required=False, max_length=50)
    is_guest = forms.BooleanField(required=False)
    door = forms.CharField(required=False, max_length=40)
    reason = forms.CharField(required=False, max_length=100)
    undoes = forms.UUIDField(required=False)


FIELDS: dict[str, Any] = dict(NoteForm.declared_fields)


@dataclass(frozen=True)
class Log:
    """What one sending holds; ``broken`` are the receipts of what could not be read."""

    sent_at: datetime
    notes: list[Note]
    broken: list[Receipt]


def log_of(body: bytes) -> Log:
    """Read a sending; one that is none raises its sentence, a broken note stops no other."""
    try:
        said = json.loads(body)
        sent_at, rows = _moment(said["now"]), said["notes"]
    except (ValueError, KeyError, TypeError, RecursionError, forms.ValidationError):
        raise DomainError(NO_LOG) from None
    if not isinstance(rows, list):
        raise DomainError(NO_LOG)
    if len(rows) > MOST:
        raise DomainError(f"一次最多上传 {MOST} 条，请分几次上传。")
    notes: list[Note] = []
    broken: list[Receipt] = []
    for row in rows:
        said = row if isinstance(row, dict) else {}
        try:
            notes.append(_note(said))
        except forms.ValidationError:
            if number := _number(said):
                broken.append(Receipt(number, BROKEN))
    return Log(sent_at, notes, broken)


def _note(row: dict[str, Any]) -> Note:
    """What the fields make of a note: a form of its own for each would take ten times as long."""
    said = {name: _read(row, name) for name in FIELDS}
    behind = timedelta(seconds=said.pop("behind") or 0)
    return Note(**said | {"at": _moment(said["at"])}, behind=behind)


def _read(row: dict[str, Any], name: str) -> Any:
    field = FIELDS[name]
    return field.clean(field.widget.value_from_datadict(row, {}, name))


def _number(row: dict[str, Any]) -> UUID | None:
    """A note without a number is nobody's; the phone keeps what gets no receipt."""
    try:
        number: UUID | None = _read(row, "number")
    except forms.ValidationError:
        return None
    return number


def _moment(said: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        raise forms.ValidationError("时间写法不对。") from None
    if moment.tzinfo is None or not 1990 <= moment.year <= 2200:
        raise forms.ValidationError("时间写法不对。")
    return moment
