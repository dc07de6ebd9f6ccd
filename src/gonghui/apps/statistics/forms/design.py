"""What officers fill in about a form: its head, a cell, a check."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField

from ..engine.arithmetic import CODE
from ..engine.shipped import TEMPLATES
from ..models import Cell, Form, How, Relation
from ..queries.forms import offered, units_offered


class FormForm(forms.ModelForm):  # type: ignore[type-arg]
    """The head of a form; a new one may begin from a template."""

    org = LookupField(label="制定的组织", names=ORG_NAMES)
    start = forms.ChoiceField(
        label="从哪里开始",
        required=False,
        choices=[("", "空白报表"), *((one.code, f"示例：{one.title}") for one in TEMPLATES)],
        help_text="示例不是现行制度的表式，请按上级下发的表式修改后再印发。",
    )

    class Meta:
        model = Form
        fields = ("title", "cadence", "size", "basis", "org")
        help_texts = {"basis": "依据的文件名和文号，没有可不填。"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"], self.fields["start"]
            return
        self.fields["org"].offer(reachable(actor, "statistics.write"))  # type: ignore[attr-defined]  # our own field


class CellForm(forms.ModelForm):  # type: ignore[type-arg]
    """A cell; what it needs besides follows from where its figure comes from."""

    code = forms.RegexField(
        CODE,
        label="编号",
        max_length=4,
        help_text="一个大写字母加数字，例如 A1。",
        error_messages={"invalid": "请写成一个大写字母加数字，例如 A1。"},
    )

    class Meta:
        model = Cell
        fields = (
            "section", "code", "name", "how", "indicator", "formula", "unit", "is_optional",
            "about",
        )  # fmt: skip
        help_texts = {"formula": "由其他栏目计算时填写，例如 A1 + A2，或 B1 ÷ A1 × 100。"}

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.form = form
        self.fields["unit"] = forms.ChoiceField(label="计量单位", choices=units_offered())
        self.fields["indicator"] = forms.ChoiceField(
            label="指标",
            required=False,
            choices=[("", "不由指标计算"), *offered()],
            help_text="数据来源是系统记录时，由哪个指标计算；比率请用两个栏目相除。",
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == How.INDICATOR and not given.get("indicator"):
            self.add_error("indicator", "请选择由哪个指标计算。")
        if given.get("how") == How.FORMULA and not given.get("formula"):
            self.add_error("formula", "请写算式。")
        return given


class RelationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A check between cells."""

    class Meta:
        model = Relation
        fields = ("left", "sign", "right", "is_hard")
