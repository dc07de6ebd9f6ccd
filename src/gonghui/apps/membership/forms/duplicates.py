"""Which side of two records is right, fact by fact."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Particulars, Person
from gonghui.core.screens.changes import shown
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.lookup import LookupField

from ..queries.pointing import GONE, LEDGER, OWN, both_sealed
from ..queries.record import SEALED, label_of
from ..rules import PERSON_RULES

HIDDEN = ("pinyin", "initials", "birth_year")  # these follow the name and the birth date


class OtherForm(forms.Form):
    """Which other record is of the same person."""

    other = LookupField(label="另一条记录", names=PERSON_NAMES, beside="org")

    def __init__(self, *args: Any, actor: Actor, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = PERSON_RULES["edit"].narrow(Person.objects.select_related("org"), actor)
        rows = mine.filter(merged_into=None, anonymised_at=None).exclude(pk=person.pk)
        self.fields["other"].offer(rows)  # type: ignore[attr-defined]  # our own field


class MergeForm(forms.Form):
    """Every fact in which the two differ, each with both sides to choose from."""

    reason = forms.CharField(
        label="依据", required=False, max_length=200, help_text="例如：核对了身份证原件。"
    )

    def __init__(
        self, *args: Any, kept: Person, gone: Person, one_story: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.facts: list[str] = []
        self.shown: list[tuple[str, Any, Any]] = []  # every fact either side has, side by side
        self._offer(kept, gone, OWN)
        mine = Particulars.objects.filter(person=kept).first()
        theirs = Particulars.objects.filter(person=gone).first()
        if mine and theirs:
            columns = Particulars._meta.concrete_fields
            self._offer(mine, theirs, tuple(f.name for f in columns if f.editable))
        self._offer_sealed(kept, gone)
        if not one_story:
            sides: list[tuple[str, Any]] = [("kept", _stands(kept)), (GONE, _stands(gone))]
            self._ask(LEDGER, "会籍台账以哪条为准", sides)
        self.order_fields([*self.facts, "reason"])

    def _offer(self, mine: Any, theirs: Any, names: tuple[str, ...]) -> None:
        for name in names:
            field = mine._meta.get_field(name)
            pair = shown(mine, field), shown(theirs, field)
            filled = [one for one in pair if one not in (None, "")]
            if name in HIDDEN or not filled:
                continue
            self.shown.append((str(field.verbose_name), *pair))
            if len(filled) == 2 and pair[0] != pair[1]:
                self._ask(name, str(field.verbose_name), [("kept", pair[0]), (GONE, pair[1])])

    def _offer_sealed(self, kept: Person, gone: Person) -> None:
        """Numbers and their like by their masks; where one side has none, all of it moves."""
        both = both_sealed(kept, gone)
        for name in SEALED if both else ():
            label = label_of(name)
            pair = [getattr(one, name) for one in both or ()]
            mine, theirs = (str(one) if one else "" for one in pair)
            if mine or theirs:
                self.shown.append((label, mine, theirs))
            if mine and theirs and pair[0] != pair[1]:
                sides = [("kept", f"{mine}（保留的记录）"), (GONE, f"{theirs}（并入的记录）")]
                self._ask(name, label, sides)

    def _ask(self, name: str, label: str, sides: list[tuple[str, Any]]) -> None:
        self.facts.append(name)
        self.fields[name] = forms.ChoiceField(
            label=label, choices=sides, initial="kept", widget=forms.RadioSelect
        )

    @property
    def choices(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.facts}


def _stands(person: Person) -> str:
    joined = f"，{person.joined_on:%Y-%m-%d} 入会" if person.joined_on else ""
    return f"编号 {person.pk}：{person.org}{joined}"
