"""The panel that opens in a row of the review screen, and what its answers change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms

from ..engine import outline_words as words
from ..engine.outlining import Cadence, Impossible, Node, Outline
from ..models import Area, Kind

MONTHS = [(str(m), f"{m} 月") for m in range(1, 13)]
UNITS = [
    ("", "没有固定周期"),
    *(
        (unit, f"每{words.unit_words(unit)}")
        for unit in ("day", "week", "tenday", "month", "quarter", "halfyear", "term", "year")
    ),
    ("2years", "每两年"),
]
# Name as shown → ("person" or "org", number): whom a plan may name as answerable.
Owners = Mapping[str, tuple[str, int]]
Ops = list[dict[str, Any]]


class NodeForm(forms.Form):
    """All that can be said about one node; only what differs from the node becomes a change."""

    text = forms.CharField(
        label="内容", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    marker = forms.CharField(label="编号", required=False, max_length=40)
    kind = forms.ChoiceField(label="种类", choices=Kind.choices)
    months = forms.MultipleChoiceField(
        label="月份", required=False, choices=MONTHS, widget=forms.CheckboxSelectMultiple
    )
    due = forms.CharField(
        label="期限",
        required=False,
        max_length=30,
        help_text="如 5-31、2028-5-31，或节日名，如“端午节”；原文没说就留空。",
        widget=forms.TextInput(attrs={"list": "festivals"}),
    )
    every_unit = forms.ChoiceField(label="周期", required=False, choices=UNITS)
    every_min = forms.IntegerField(label="最少几次", required=False, min_value=1, max_value=1000)
    every_max = forms.IntegerField(label="最多几次", required=False, min_value=1, max_value=1000)
    targets = forms.CharField(
        label="指标",
        required=False,
        max_length=300,
        help_text="如“≥80%”“20人以上”，几个之间用分号隔开。",
    )
    owner = forms.CharField(
        label="谁负责",
        required=False,
        max_length=60,
        help_text="可以从名单里选一个人或组织。",
        widget=forms.TextInput(attrs={"list": "owners"}),
    )
    area = forms.ChoiceField(
        label="工作方面", required=False, choices=[("", "未定"), *Area.choices]
    )
    continues = forms.TypedChoiceField(
        label="接着哪一条", required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        node: Node,
        choices: Sequence[tuple[int, str]] = (),
        owners: Owners | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs = {"auto_id": f"id_{node.id}_%s", "initial": initial_of(node), **kwargs}
        super().__init__(*args, **kwargs)
        self.node, self.owners = node, owners or {}
        kept = [] if not node.every or node.every[0].unit in dict(UNITS) else [node.every[0].unit]
        units = UNITS + [(unit, f"每{words.unit_words(unit)}") for unit in kept]
        self.fields["every_unit"].choices = units  # type: ignore[attr-defined]
        earlier = [("", "不接"), *((i, label) for i, label in choices if i != node.id)]
        self.fields["continues"].choices = earlier  # type: ignore[attr-defined]

    def clean_due(self) -> str | None:
        due: str | None = _understood(words.due_from_words, self.cleaned_data["due"])
        return due

    def clean_targets(self) -> tuple[Any, ...]:
        goals: tuple[Any, ...] = _understood(words.goals_from_words, self.cleaned_data["targets"])
        return goals

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        least, most = cleaned.get("every_min"), cleaned.get("every_max")
        if least and most and least > most:
            self.add_error("every_max", "最多的次数不能少于最少的次数。")
        return cleaned

    def ops(self) -> Ops:
        """The changes that make the node what the form says, in one go."""
        said, node = self.cleaned_data, self.node
        text = said["text"].replace("\r\n", "\n")
        wanted: list[tuple[str, str, Any, Any]] = [
            ("set_marker", "marker", said["marker"], node.marker),
            ("set_text", "text", text, node.text),
            ("retype", "kind", said["kind"], node.kind),
            ("set_months", "months", [int(m) for m in said["months"]], sorted(node.months)),
            ("set_due", "due", said["due"], node.due),
            ("set_every", "every", self._every(), _plain_every(node.every)),
            ("set_targets", "targets", _plain(said["targets"]), _plain(node.targets)),
            ("set_area", "area", said["area"], code_of(node.area)),
            ("set_continues", "continues", said["continues"], node.continues),
        ]
        ops = [
            {"op": name, "node": node.id, field: value}
            for name, field, value, old in wanted
            if value != old
        ]
        return [*ops, *self._owner_op()]

    def split_ops(self, caret: int | None) -> Ops:
        """Save what is written, then cut where the caret stood or where a line was broken."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        at, whole = _cut(text, self.node.text, caret)
        self.cleaned_data["text"] = whole
        return [*self.ops(), {"op": "split", "node": self.node.id, "at": at}]

    def _every(self) -> list[dict[str, Any]]:
        """The first rhythm as the panel shows it; any further ones stay as they are."""
        said = self.cleaned_data
        rest = _plain_every(self.node.every[1:])
        if not said["every_unit"]:
            return rest
        least = said["every_min"] or 1
        most = max(said["every_max"] or least, least)
        return [{"unit": said["every_unit"], "min": least, "max": most}, *rest]

    def _owner_op(self) -> Ops:
        """The words, with whom of the union they name; those the reader found name nobody yet."""
        said, node = " ".join(self.cleaned_data["owner"].split()), self.node
        sort, number = self.owners.get(said, ("", None))
        is_known = bool(node.owner_person or node.owner_org)
        if said == node.owner and (is_known or not sort):
            return []
        found = {f"owner_{sort}": number} if sort else {}
        return [{"op": "set_owner", "node": self.node.id, "owner": said, **found}]


def _cut(text: str, old: str, caret: int | None) -> tuple[int, str]:
    """Where to cut, and the text without the line break that only said so."""
    breaks = [i for i, char in enumerate(text) if char == "\n"]
    made = next((i for i in breaks if text[:i] + text[i + 1 :] == old), None)
    if made is None and len(breaks) == 1 and "\n" not in old:
        made = breaks[0]
    if made is not None:
        return made, text[:made] + text[made + 1 :]
    if caret is None:
        raise Impossible("请把光标放在要拆开的地方，或在那里按一次回车，再按“拆成两条”。")
    return caret, text


def initial_of(node: Node) -> dict[str, Any]:
    every = node.every[0] if node.every else None
    return {
        "text": node.text,
        "marker": node.marker,
        "kind": node.kind,
        "months": [str(month) for month in node.months],
        "due": words.due_words(node.due),
        "every_unit": every.unit if every else "",
        "every_min": every.min if every else None,
        "every_max": every.max if every else None,
        "targets": "；".join(words.goal_words(goal) for goal in node.targets),
        "owner": node.owner,
        "area": code_of(node.area),
        "continues": node.continues,
    }


def code_of(area: str) -> str:
    """The reader says an area in the officer's words; plans store its code."""
    return {label: code for code, label in Area.choices}.get(area, area)


def choices_of(outline: Outline, names: Mapping[int, str]) -> list[tuple[int, str]]:
    """Items another may continue, each by its place and first words."""
    return [(n.id, f"{names[n.id]} {n.text[:18]}") for n in outline.nodes if n.kind != "section"]


def _understood(read: Callable[[str], Any], said: str) -> Any:
    try:
        return read(said)
    except Impossible as problem:
        raise forms.ValidationError(problem.sentence) from problem


def _plain(goals: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"op": g.op, "value": g.value, "unit": g.unit} for g in goals]


def _plain_every(every: Sequence[Cadence]) -> list[dict[str, Any]]:
    return [{"unit": e.unit, "min": e.min, "max": e.max} for e in every]
