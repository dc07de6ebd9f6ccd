"""What an officer fills in to hand in a list."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.kit.lookup import LookupField

from .kinds import Kind

PASTED_LIMIT = 2_000_000


class HandInForm(forms.Form):
    """A list: for which body, and a file or pasted cells."""

    org = LookupField(
        label="导入到", names=("name", "short_name", "pinyin", "initials"), beside="parent",
        help_text="表里没有写所在组织的人，都登记在这里。",
    )  # fmt: skip
    file = forms.FileField(
        label="Excel 或 CSV 文件",
        required=False,
        help_text="支持 .xlsx、.xls、.csv。",
    )
    text = forms.CharField(
        label="或者粘贴表格",
        required=False,
        max_length=PASTED_LIMIT,
        strip=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="在 Excel 里连同表头一起选中、复制，粘贴到这里。",
    )

    def __init__(self, *args: Any, actor: Actor, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["org"].label, self.fields["org"].help_text = kind.org_words
        found = Org.objects.filter(actor.reach(kind.capability, field=""), until=None)
        self.fields["org"].offer(found.select_related("parent").order_by("path"))  # type: ignore[attr-defined]  # our own field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not (given.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError("请选择一个文件，或粘贴表格内容。")
        return given
