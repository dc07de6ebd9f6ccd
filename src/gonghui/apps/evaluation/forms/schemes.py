"""What officers fill in about a scheme: its head, an item, its grades, a trial's period."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.amounts import plain
from gonghui.kit.dates import Period
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from ..engine.shipped import TEMPLATES
from ..models import Criterion, Scheme
from ..queries.schemes import offered

MOST_LINES = 30
EMPTY = [("", "空白方案")]


class SchemeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The head of a scheme; a new one may begin from a template."""

    org = LookupField(label="制定的组织", names=ORG_NAMES)
    start = forms.ChoiceField(
        label="从哪里开始",
        required=False,
        choices=[*EMPTY, *((one.code, f"示例：{one.title}") for one in TEMPLATES)],
        help_text="示例是本系统编写的，不是上级规定的评估表，请按本单位情况修改。",
    )

    class Meta:
        model = Scheme
        fields = ("title", "target", "full_mark", "bonus_cap", "basis", "org")
        help_texts = {"basis": "依据的文件名和文号，没有可不填。"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"], self.fields["start"]
            return
        self.fields["org"].offer(reachable(actor, "evaluation.write"))  # type: ignore[attr-defined]  # our own field


class PairsField(forms.CharField):
    """Lines of words and a number, one pair a line: ``标兵 90``."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2000, **kwargs)
        self.widget.attrs["rows"] = 5

    def clean(self, value: Any) -> list[tuple[str, Decimal]]:
        lines = [line.split() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"最多 {MOST_LINES} 行。")
        return [self._pair(line) for line in lines]

    @staticmethod
    def _pair(line: list[str]) -> tuple[str, Decimal]:
        try:
            number = Decimal(line[-1])
        except InvalidOperation:
            number = Decimal("NaN")
        if len(line) < 2 or not number.is_finite() or not 0 <= number < 10000:
            raise forms.ValidationError(f"“{' '.join(line)}”要写成：名称、空格、分数。")
        return " ".join(line[:-1]), number


def lines_of(pairs: Any) -> str:
    """Pairs as they are typed."""
    return "\n".join(f"{words} {plain(Decimal(str(points)))}" for words, points in pairs)


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An item or a heading; which measures it needs follows from how it is marked."""

    options = PairsField(
        label="选项和分值",
        required=False,
        help_text="按档次或逐条计分时填写，一行一个，例如：有且达标 4。",
    )

    class Meta:
        model = Criterion
        fields = (
            "code", "name", "parent", "method", "weight", "filler", "indicator", "full_at",
            "zero_at", "each", "options", "is_bonus", "evidence",
        )  # fmt: skip
        help_texts = {
            "method": "大项不选计分方法，分值由下面的项目合计。",
            "full_at": "按数值比例计分：达到这个数得满分。",
            "zero_at": "按数值比例计分：这个数及更差得零分。",
            "each": "每项加分、每项扣分：一项多少分。",
            "indicator": "数据来源是系统记录时，由哪个指标计算；由人评的，这个数列在旁边供参考。"
            "评个人的，只列能数到本人的。",
        }

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.scheme = scheme
        headings = scheme.criteria.filter(method="").exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = headings  # type: ignore[attr-defined]  # a choice of rows
        self.fields["indicator"] = forms.ChoiceField(
            label="指标",
            required=False,
            choices=[("", "不由指标计算"), *offered(scheme.target)],
            help_text=self.Meta.help_texts["indicator"],
        )
        self.initial["options"] = lines_of(self.instance.options)

    def clean_options(self) -> list[list[str]]:
        return [[words, str(points)] for words, points in self.cleaned_data["options"]]


class BandsForm(forms.Form):
    """The grades of a scheme, each with the least total that earns it."""

    bands = PairsField(label="等次和起始分", help_text="一行一个，例如：标兵 90。以上包含本数。")

    def clean_bands(self) -> list[tuple[str, Decimal]]:
        pairs: list[tuple[str, Decimal]] = self.cleaned_data["bands"]
        if len({title for title, _ in pairs}) < len(pairs):
            raise forms.ValidationError("等次名称不能重复。")
        if len({least for _, least in pairs}) < len(pairs):
            raise forms.ValidationError("两个等次不能从同一个分数起。")
        return pairs


class TrialForm(forms.Form):
    """The period a trial reads."""

    since = forms.DateField(label="从", widget=Day)
    until = forms.DateField(label="到", widget=Day)


def period_asked(said: Any) -> tuple[TrialForm, Period]:
    """The period of the address, this year so far where it says none or nonsense."""
    today = timezone.localdate()
    first = today.replace(month=1, day=1)
    asked = "since" in said or "until" in said
    form = TrialForm(said if asked else None, initial={"since": first, "until": today})
    if not (asked and form.is_valid()):
        return form, Period(first, today)
    days = form.cleaned_data["since"], form.cleaned_data["until"]
    return form, Period(min(days), max(days))
