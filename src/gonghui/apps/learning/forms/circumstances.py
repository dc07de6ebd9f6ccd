"""Leave, part-time posts and days of hire, each of one person."""

from __future__ import annotations

from gonghui.core.screens.choices import PERSON_NAMES, OfPersonForm
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from ..models import Hire, Leave, PartTime


class OfLearnerForm(OfPersonForm):
    capability = "learning.write"

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")


class LeaveForm(OfLearnerForm):
    class Meta:
        model = Leave
        fields = ("person", "kind", "since", "until", "evidence")
        widgets = {"since": Day, "until": Day}


class PartTimeForm(OfLearnerForm):
    class Meta:
        model = PartTime
        fields = ("person", "share", "since", "until", "evidence")
        widgets = {"since": Day, "until": Day}
        help_texts = {"share": "半职填 50。", "until": "留空就一直是这样。"}


class HireForm(OfLearnerForm):
    on = PastDayField(label="入职日期", initial=None)

    class Meta:
        model = Hire
        fields = ("person", "on", "evidence")
