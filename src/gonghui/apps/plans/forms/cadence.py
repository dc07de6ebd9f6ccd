"""How often a task comes round, as an officer says it."""

from __future__ import annotations

from typing import Any

from django import forms

from ..engine.outline_words import unit_words
from ..models import Item

UNITS = ("day", "week", "2weeks", "tenday", "month", "2months", "quarter", "halfyear", "term",
         "year", "2years")  # fmt: skip
MOST_TIMES = 31


class CadenceForm(forms.Form):
    """The period and how many times in it; no period is a task done once."""

    unit = forms.ChoiceField(label="周期", required=False)
    times = forms.IntegerField(
        label="每个周期几次",
        min_value=1,
        max_value=MOST_TIMES,
        required=False,
        help_text="不重复的任务不用填。",
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now: dict[str, Any] = item.every[0] if item.every else {}
        units = dict.fromkeys((*UNITS, *([now["unit"]] if now else [])))
        choices = [("", "不重复"), *((unit, f"每{unit_words(unit)}") for unit in units)]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.initial = {"unit": now.get("unit", ""), "times": now.get("min", 1), **self.initial}

    @property
    def every(self) -> list[dict[str, Any]]:
        """As a task keeps it."""
        unit, times = self.cleaned_data["unit"], self.cleaned_data["times"] or 1
        return [{"unit": unit, "min": times, "max": times}] if unit else []
