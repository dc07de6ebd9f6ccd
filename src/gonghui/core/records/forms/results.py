"""How the people of an item did: a rank and a word for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gonghui.core.signing.models import Quota, Registration
from gonghui.kit.lookup import LookupField

from ..actions.recording import Result
from ..queries.results import entrants_of


class ResultForm(forms.Form):
    """One person of the item; left empty there is no result."""

    rank = forms.IntegerField(label="第几名", required=False, min_value=1, max_value=9999)
    words = forms.CharField(
        label="成绩", required=False, max_length=200, help_text="如 12.3 秒、6 中 4、晋级。"
    )

    def __init__(self, *args: Any, registration: Registration | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registration = registration

    def result(self) -> Result | None:
        said = self.cleaned_data
        if self.registration is None:
            return None
        return Result(self.registration, said["rank"], said["words"])


class ReserveForm(ResultForm):
    """Somebody of the activity who did not enter the item and did it all the same."""

    who = LookupField(label="还有谁", names=("person__name", "guest"), required=False)
    field_order = ("who", "rank", "words")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, registration=None, **kwargs)
        who: Any = self.fields["who"]
        who.offer(people)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        self.registration = said.get("who")
        if (said.get("rank") or said.get("words")) and not said.get("who") and not self.errors:
            self.add_error("who", "请写明是谁。")
        return said


def result_rows(quota: Quota, data: Any = None) -> list[ResultForm]:
    """A row for everybody of the item, those with a rank first, and one for a reserve."""
    known = {one.registration_id: one for one in quota.results.all()}  # type: ignore[attr-defined]  # our own table's other end
    people = sorted(entrants_of(quota), key=lambda one: _order(known.get(one.pk)))
    rows = [
        ResultForm(data, registration=one, prefix=f"p{one.pk}", initial=_said(known.get(one.pk)))
        for one in people
    ]
    others = Registration.objects.filter(
        activity=quota.activity_id, status=Registration.Status.SIGNED
    ).exclude(pk__in=[one.pk for one in people])
    return [*rows, ReserveForm(data, prefix="more", people=others.select_related("person"))]


def results_said(rows: Iterable[ResultForm]) -> list[Result]:
    """What checked rows say."""
    return [result for row in rows if (result := row.result())]


def _said(known: Any) -> dict[str, Any]:
    return {"rank": known.rank, "words": known.words} if known else {}


def _order(known: Any) -> tuple[bool, int]:
    rank = known.rank if known else None
    return rank is None, rank or 0
