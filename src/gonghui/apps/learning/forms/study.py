"""One form for every study rule: the rule and its items, which are rows below it."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.credits.kinds import kind_choices, kinds
from gonghui.core.credits.models import Credit
from gonghui.core.orgs.models import SMALL, UNIT, WITHIN, Kind
from gonghui.core.people.models import Employment
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from ..models import Every, LeaveKind, Measure, StudyItem, StudyRule

BETWEEN = re.compile(r"[、,，;；\n]+")
BODIES = [(kind.value, kind.label) for kind in Kind if kind in SMALL | WITHIN | UNIT]


class Words(forms.CharField):
    """Several words with 、 between them, kept as a list."""

    def clean(self, value: Any) -> list[str]:
        said = super().clean(value) or ""
        return [word.strip() for word in BETWEEN.split(said) if word.strip()]

    def prepare_value(self, value: Any) -> str:
        return "、".join(value) if isinstance(value, list) else str(value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or "")


def several(label: str, choices: Any, **said: Any) -> forms.MultipleChoiceField:
    """Choices to tick; none ticked means all."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        initial=list,
        widget=forms.CheckboxSelectMultiple,
        **({"required": False} | said),
    )


class StudyItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """One line of a rule; an empty row is left out."""

    kinds = several(
        "算哪些",
        kind_choices,
        required=True,
        error_messages={"required": "请勾选哪些算完成。"},
    )
    roles = several("只算这些身份", Credit.Role.choices, help_text="不勾就都算。")
    categories = Words(
        label="只算这些分类", required=False, help_text="几个用“、”隔开，留空就都算。"
    )

    class Meta:
        model = StudyItem
        fields = (
            "label", "kinds", "measure", "least", "most", "every", "months", "in_terms", "carry",
            "roles", "categories",
        )  # fmt: skip
        help_texts = {
            "most": "写成范围时填，例如一到两篇；多做的照样记下。",
            "months": "“入职后一次”时填。",
            "carry": "例如学时超出的部分转到下一期；留空就不结转。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: Any = self.fields["every"]
        every.choices = [("", "请选择"), *Every.choices]

    def has_changed(self) -> bool:
        """How to count alone, which is always chosen, makes no row."""
        return bool(set(self.changed_data) - {"measure"})

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it, so that it stands folded."""
        said = self.has_changed() if self.is_bound else self.initial
        return not (self.instance.pk or said)

    @property
    def has_more(self) -> bool:
        """Whether something is said below the fold, so that it stands open."""
        below = ("in_terms", "carry", "months", "categories", "roles")
        return any(self[name].value() or self[name].errors for name in below)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        chosen = [kinds[one] for one in said.get("kinds", ())]
        mixed = len({one.unit for one in chosen}) > 1
        if mixed and said.get("measure") == Measure.AMOUNT:
            self.add_error("measure", "勾选的单位不同，不能加在一起；请按次数数，或分成几条要求。")
        once = said.get("every") == Every.ONCE
        if once and not said.get("months"):
            self.add_error("months", "请填入职几个月内完成。")
        if not once:
            said["months"] = None
        return said


class BaseItemRows(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """The items of a rule, as many as there are and one empty row more."""

    def items(self) -> list[StudyItem]:
        """What the rows say, in their order, without those that were dropped or are empty."""
        return [
            one.instance
            for one in self.forms
            if one not in self.deleted_forms and (one.instance.pk or one.has_changed())
        ]


ItemRows = forms.inlineformset_factory(
    StudyRule,
    StudyItem,
    form=StudyItemForm,
    formset=BaseItemRows,
    extra=1,
    can_delete=True,
    max_num=12,
)


class StudyRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A study rule; ``rows`` are its items."""

    org = LookupField(label="制定的单位", names=ORG_NAMES, help_text="对它和全部下级有效。")
    kinds = several("只在这些组织", BODIES, help_text="不勾就不论在哪一级。")
    employments = several("只对这些用工形式", Employment.choices, help_text="不勾就不分用工形式。")
    titles = Words(
        label="只对这些职务",
        required=False,
        help_text="按任职登记里的写法，几个用“、”隔开；留空就不论职务。",
    )
    excuses = several("请哪些假可以按比例免", LeaveKind.choices, help_text="不勾的假不免。")

    class Meta:
        model = StudyRule
        fields = (
            "title", "org", "basis", "since", "until", "who", "kinds", "employments", "titles",
            "from_month", "to_month", "excuses", "part_time", "by_workdays", "rounding",
            "remind_days", "leader_days",
        )  # fmt: skip
        widgets = {"since": Day, "until": Day}
        help_texts = {
            "from_month": "例如三年以上填 36；从登记的入职日期算起。",
            "to_month": "例如只对入职一年内的填 12。",
            "remind_days": "留空就不提醒。",
            "leader_days": "只告诉还有几个人没完成，名单在“谁还差”里；留空就不告诉。",
        }

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        rows: list[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = self._rows(rows or [])
        if self.instance.pk:
            del self.fields["org"]
            return
        org: Any = self.fields["org"]
        org.offer(reachable(actor, "learning.write"))

    @property
    def narrows(self) -> bool:
        """Whether the rule is for some people only, so that the fold stands open."""
        below = ("kinds", "employments", "titles", "from_month", "to_month")
        return any(self[name].value() or self[name].errors for name in below)

    def _rows(self, begun: list[dict[str, Any]]) -> BaseItemRows:
        data = self.data if self.is_bound else None
        rows: Any = ItemRows(
            data, instance=self.instance, prefix="item", initial=None if self.is_bound else begun
        )
        if not self.is_bound:
            rows.extra = len(begun) + 1
        return rows  # type: ignore[no-any-return]  # the factory tells only a form set

    def is_valid(self) -> bool:
        return super().is_valid() and self.rows.is_valid()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.rows.is_valid() and not self.rows.items():
            self.add_error(None, "请至少写一条要求。")
        return said
