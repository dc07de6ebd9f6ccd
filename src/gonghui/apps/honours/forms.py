"""What officers fill in about an honour."""

from __future__ import annotations

from typing import Any

from gonghui.core.screens.choices import PERSON_NAMES, OfPersonForm
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.several_files import SeveralFiles

from .models import Honour


class HonourForm(OfPersonForm):
    """An honour as its certificate says it; a revoked one keeps its row."""

    capability = "honours.write"
    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")
    granted_on = PastDayField(label="授予日期", initial=None)
    revoked_on = PastDayField(label="撤销日期", initial=None, required=False)

    papers = SeveralFiles(
        label="附件", required=False, help_text="表彰文件、证书照片、审批表、撤销决定。"
    )

    class Meta:
        model = Honour
        fields = (
            "person", "title", "sort", "level", "granted_by", "granted_on", "document",
            "certificate", "nominated_by", "revoked_on", "revoked_for",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["revoked_on"], self.fields["revoked_for"]
