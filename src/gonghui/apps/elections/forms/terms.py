"""What officers fill in about terms, a new chair's duties and departures."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Post
from gonghui.core.screens.choices import ORG_NAMES
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Day

from ..models import ChairDuty, Departure, Term
from .elections import unions_of


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """A union's term; the day the next election is due is worked out."""

    org = LookupField(label="工会", names=ORG_NAMES, help_text="写名称、拼音首字母，或从提示中选。")
    since = PastDayField(label="自", initial=None, help_text="选举产生之日。")
    ended_on = PastDayField(
        label="届满日期", required=False, initial=None, help_text="补记以前的届次时填写。"
    )

    class Meta:
        model = Term
        fields = ("org", "number", "since", "years")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"], self.fields["ended_on"]
        else:
            self.fields["org"].offer(unions_of(actor))  # type: ignore[attr-defined]  # our own field


class ExtendForm(forms.Form):
    """The permission of the union above to let a term run longer."""

    until = forms.DateField(label="延期至", widget=Day)
    approval = forms.CharField(label="批复文号", max_length=60)
    approved_on = PastDayField(label="批复日期")
    reason = forms.CharField(label="延期原因", max_length=200)


class ChairDutyForm(forms.Form):
    """When a new chair had the talk or the training, with whom, and the papers of it."""

    done_on = PastDayField(label="完成日期")
    note = forms.CharField(label="谈话人或培训班", max_length=200)
    papers = SeveralFiles(label="附件", required=False, help_text="谈话记录、结业证明等。")

    def __init__(self, *args: Any, duty: ChairDuty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = "任前谈话由谁谈的。" if duty.kind == "talk" else "哪一期培训班。"
        self.fields["note"].help_text = note


class DepartureForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which chair or vice-chair leaves, how and why."""

    post = LookupField(label="职务", names=("person__name", "title"), beside="org")
    proposed_on = PastDayField(label="提出日期")

    class Meta:
        model = Departure
        fields = ("post", "way", "reason", "proposed_on")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["post"]
            return
        held = Post.objects.filter(actor.reach("elections.write"), until=None)
        chairs = held.filter(title__contains="主席").select_related("org", "person")
        self.fields["post"].offer(chairs)  # type: ignore[attr-defined]  # our own field
