"""One form for every study rule: the rule and its items, which are rows below it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

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


def _plain(value: Decimal) -> Decimal:
    """Without idle noughts: 1.00 is shown as 1, and 10 not as 1E+1."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


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
        for name in ("least", "most", "carry"):
            if isinstance(value := self.initial.get(name), Decimal):
                self.initial[name] = _plain(value)

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


# What may change in place: none of it says who has done what.
NOT_JUDGED = frozenset({"title", "basis", "until", "remind_days", "leader_days", "way", "from_on"})
WAYS = [
    ("from", "从某天起改，以前各期不变"),
    ("correct", "改正登记错误，以前各期重算"),
]


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

    way = forms.ChoiceField(label="怎么改", choices=WAYS, initial="from", widget=forms.RadioSelect)
    from_on = forms.DateField(
        label="新版本施行日期",
        required=False,
        widget=Day,
        help_text="最好从新一期的第一天起；期中改的，两版各按天数折算。结转从新版本重新算。",
    )

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
        self._was = {"since": self.instance.since, "until": self.instance.until}
        self.rows = self._rows(rows or [])
        if self.instance.pk:
            del self.fields["org"]
        if not self.has_begun:
            del self.fields["way"], self.fields["from_on"]
        if self.instance.pk:
            return
        org: Any = self.fields["org"]
        org.offer(reachable(actor, "learning.write"))

    @property
    def has_begun(self) -> bool:
        """Whether days have already been judged by it."""
        return bool(self.instance.pk) and self._was["since"] <= timezone.localdate()

    @property
    def is_renewed(self) -> bool:
        """Whether what it asks changes from a day on, as a new version."""
        if not self.has_begun or self.cleaned_data.get("way") != "from":
            return False
        asked = {name for name in self.changed_data if name not in NOT_JUDGED}
        rows = (
            one.changed_data if one.instance.pk else one.has_changed() for one in self.rows.forms
        )
        return bool(asked) or any(rows)

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
        if self.has_begun and said.get("way") == "from":
            self._keep_past(said)
        return said

    def _keep_past(self, said: dict[str, Any]) -> None:
        """Days that have been judged stay as they were judged."""
        today, until, first = timezone.localdate(), said.get("until"), said.get("from_on")
        if "since" in self.changed_data:
            self.add_error("since", "已经施行的不能改施行日期；登记错了请选“改正登记错误”。")
        if "until" in self.changed_data and until is not None and until < today:
            self.add_error("until", "最后施行日不能早于今天；登记错了请选“改正登记错误”。")
        if not self.rows.is_valid() or not self.is_renewed:
            return
        if first is None:
            self.add_error("from_on", "要求变了，请填从哪天起按新的算。")
        elif first < today or first <= self._was["since"]:
            self.add_error("from_on", "请填今天或以后的日期，并且晚于原来的施行日期。")
        elif self._was["until"] is not None and first > self._was["until"]:
            self.add_error("from_on", "原来的制度那天已经停止施行，请填停止以前的日期。")
