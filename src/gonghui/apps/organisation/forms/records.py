"""What officers fill in about a union's record and headcounts."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.orgs.models import (
    UNIT,
    WITHIN,
    Headcount,
    UnionRecord,
)
from gonghui.kit.identity import code_problem, tidy, union_code_problem
from gonghui.kit.widgets import Day

FILED = (
    "code", "employer", "employer_code", "unit", "division", "industry", "economy", "approval",
    "approved_on", "legal_person", "certificate", "own_accounts", "bank", "account_name",
    "account_number", "address", "leadership",
)  # fmt: skip


ACCOUNT = ("bank", "account_name", "account_number")


class UnionRecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A union's record; codes are checked by their last character."""

    class Meta:
        model = UnionRecord
        fields = FILED
        widgets = {"approved_on": Day}
        help_texts = {
            "division": "六位行政区划代码。",
            "leadership": "例如：党委领导、行政负责、工会落实。",
            "own_accounts": "建立一级财务管理的，须有经费审查委员会。",
        }

    def __init__(self, *args: Any, shows_account: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shows_account:
            for name in ACCOUNT:
                del self.fields[name]

    def clean_code(self) -> str:
        code = tidy(self.cleaned_data["code"])
        grassroots = self.instance.org.kind in UNIT | WITHIN
        problem = union_code_problem(code, is_grassroots=grassroots) if code else ""
        if problem:
            raise forms.ValidationError(problem)
        return code

    def clean_employer_code(self) -> str:
        code = tidy(self.cleaned_data["employer_code"])
        if code and (problem := code_problem(code)):
            raise forms.ValidationError(problem)
        return code

    def clean_division(self) -> str:
        division: str = self.cleaned_data["division"].strip()
        if division and not (division.isascii() and division.isdigit() and len(division) == 6):
            raise forms.ValidationError("行政区划代码是六位数字。")
        return division


class HeadcountForm(forms.ModelForm):  # type: ignore[type-arg]
    """How many workers a unit has on a day; a figure that is not known is left empty."""

    class Meta:
        model = Headcount
        fields = ("day", "workers", "women", "migrant", "dispatched", "hired")
        widgets = {"day": Day}
        help_texts = {"women": "不知道的留空，不要填 0。"}
