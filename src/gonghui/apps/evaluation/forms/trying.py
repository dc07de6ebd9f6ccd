"""What is changed in a what-if: weights, limits, the least total of each grade."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import forms

from gonghui.kit.amounts import plain

from ..engine import marking
from ..engine.trying import Changed
from ..models import Criterion, Round

LIMITS = ("full_at", "zero_at")
HEADS = (("分值", "weight"), ("零分值", "zero_at"), ("满分值", "full_at"))


class TryForm(forms.Form):
    """Every box shows how it is now; what is left alone stays so."""

    def __init__(self, data: Any, *, round_: Round) -> None:
        super().__init__(data)
        scheme = round_.scheme
        asked = scheme.criteria.exclude(method__in=("", marking.VETO)).order_by("position", "pk")
        self.items: list[Criterion] = list(asked)
        self.bands = list(scheme.bands.all())
        for one in self.items:
            self._number(f"weight_{one.pk}", f"{one}：分值", one.weight)
            if one.method == marking.LINEAR:
                self._number(f"zero_at_{one.pk}", f"{one}：零分值", one.zero_at)
                self._number(f"full_at_{one.pk}", f"{one}：满分值", one.full_at)
        for band in self.bands:
            self._number(f"band_{band.pk}", f"{band.title}：起始分", band.at_least)

    def _number(self, name: str, label: str, now: Any) -> None:
        self.fields[name] = forms.DecimalField(
            label=label,
            required=False,
            min_value=0,
            max_digits=12,
            decimal_places=4,
            widget=forms.NumberInput({"aria-label": label, "step": "any", "class": "control"}),
        )
        self.initial[name] = plain(now)

    def rows(self) -> list[dict[str, Any]]:
        """An item a row: its boxes in the order of the head."""
        return [
            {
                "item": one,
                "boxes": [
                    (head, self[f"{what}_{one.pk}"] if f"{what}_{one.pk}" in self.fields else None)
                    for head, what in HEADS
                ],
            }
            for one in self.items
        ]

    def limits(self) -> list[Any]:
        return [self[f"band_{band.pk}"] for band in self.bands]

    def _said(self, name: str) -> Fraction | None:
        """What was typed, where it is a number and not what stood there."""
        said = self.cleaned_data.get(name) if self.is_bound and self.is_valid() else None
        if said is None or plain(said) == self.initial[name]:
            return None
        return Fraction(said)

    @property
    def changed(self) -> dict[int, Changed]:
        found = {
            one.pk: Changed(
                self._said(f"weight_{one.pk}"),
                *(
                    self._said(f"{what}_{one.pk}") if one.method == marking.LINEAR else None
                    for what in LIMITS
                ),
            )
            for one in self.items
        }
        return {pk: what for pk, what in found.items() if what != Changed()}

    @property
    def tried_bands(self) -> list[tuple[str, Fraction]]:
        said = {band.pk: self._said(f"band_{band.pk}") for band in self.bands}
        return [
            (band.title, Fraction(band.at_least) if said[band.pk] is None else said[band.pk])  # type: ignore[misc]  # asked before
            for band in self.bands
        ]

    @property
    def full(self) -> Fraction:
        """What the items would sum to."""
        changed = self.changed
        return sum(
            (
                Fraction(one.weight) if (w := changed.get(one.pk, Changed()).weight) is None else w
                for one in self.items
                if not one.is_bonus
            ),
            marking.NOUGHT,
        )
