"""What is filled in of classes, learners and what they say later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.actions.activities import Sitting
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.lookup import LookupField, SeveralLookupField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Day, Moment

from ..models import (
    Course,
    Learner,
    Outcome,
    OutcomeKind,
    Outsider,
    Programme,
    ProgrammeState,
    Provider,
    Quiz,
    Result,
    Use,
)
from ..rules import OUTSIDER_RULES, PROGRAMME_RULES, PROVIDER_RULES, QUIZ_RULES
from .owned import OwnedForm


class CourseForm(OwnedForm):
    """A class: what it asks for, and when and where it first meets."""

    programme = LookupField(label="培训项目", names=("title",))
    provider = LookupField(label="由谁承办", names=("name",), required=False)
    quiz = LookupField(
        label="结业测验",
        names=("title",),
        required=False,
        help_text="选了以后，测验只给这一期的学员做。",
    )
    starts_at = forms.DateTimeField(label="第一次课开始", widget=Moment, required=False)
    ends_at = forms.DateTimeField(label="第一次课结束", widget=Moment, required=False)
    place = forms.CharField(
        label="地点", max_length=100, required=False, help_text="送学上门的写明送到哪里。"
    )
    papers = SeveralFiles(
        label="学习资料", required=False, help_text="讲义、课件等，学员在手机上能看；可以选几个。"
    )

    class Meta:
        model = Course
        fields = (
            "programme", "org", "provider", "hours", "attendance", "quiz", "is_to_door", "kits",
        )  # fmt: skip
        labels = {"org": "哪个组织办"}
        help_texts = {
            "hours": "合格的人每人记这么多学时。",
            "attendance": "不按出勤定就空着。",
            "kits": "没有发就空着。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Programme.objects.exclude(state=ProgrammeState.CLOSED)
        if self.instance.pk:
            for name in ("programme", "starts_at", "ends_at", "place"):
                del self.fields[name]
        else:
            self.offer("programme", PROGRAMME_RULES["view"].narrow(rows, self.actor))
        current = Provider.objects.filter(is_current=True)
        self.offer("provider", PROVIDER_RULES["use"].narrow(current, self.actor))
        tests = Quiz.objects.filter(use=Use.TEST)
        self.offer("quiz", QUIZ_RULES["keep"].narrow(tests, self.actor))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts_at"), said.get("ends_at")
        if bool(starts) != bool(ends):
            raise ValidationError("第一次课的开始和结束要一起填；还没有定就都空着。")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "结束要晚于开始。")
        return said

    def sitting(self) -> Sitting | None:
        """The first session, where its time is known."""
        said = self.cleaned_data
        if not said.get("starts_at"):
            return None
        return Sitting(said["starts_at"], said["ends_at"], place=said.get("place", ""))


class OutsiderForm(OwnedForm):
    """A learner who is on no roster; the number is shown to nobody once it is kept."""

    contact = forms.RegexField(
        r"^[0-9+\- ]{5,20}$",
        label="联系电话",
        required=False,
        help_text="本人同意才留，只用来回访；保存后只显示头尾几位。不改就空着。",
        error_messages={"invalid": "请填电话号码，只用数字。"},
    )

    class Meta:
        model = Outsider
        fields = ("name", "sort", "org", "agreed_on", "note")
        widgets = {"agreed_on": Day}
        labels = {"org": "哪个组织登记"}

    field_order = ("name", "sort", "org", "contact", "agreed_on", "note")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("contact"):
            self.instance.contact = said["contact"]
        # The form does not hold the sealed field itself, so its constraint is not asked here.
        if self.instance.contact and not said.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", "留电话要本人同意，请填同意的日期；没有同意就不留。")
        return said


class EnrolForm(forms.Form):
    """Who joins a class on which day."""

    people = SeveralLookupField(
        label="职工",
        names=PERSON_NAMES,
        beside="org",
        required=False,
        help_text="写姓名、拼音或首字母，几个人用「、」隔开。",
    )
    outsiders = SeveralLookupField(
        label="会外学员",
        names=("name",),
        required=False,
        help_text="先在「会外学员」里登记，再在这里写姓名。",
    )
    on = forms.DateField(label="入学日期", widget=Day, help_text="随到随学的写来的那一天。")

    def __init__(self, *data: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        people = Person.objects.filter(left_on=None).select_related("org")
        inside = actor.reach("learning.write")
        fields: Any = self.fields
        fields["people"].offer(people.filter(inside))
        fields["outsiders"].offer(OUTSIDER_RULES["view"].narrow(Outsider.objects.all(), actor))
        self.initial.setdefault("on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not said.get("people") and not said.get("outsiders"):
            raise ValidationError("请写至少一个人。")
        return said


class JudgeForm(forms.Form):
    """What came of a class; for one learner or for many at once."""

    result = forms.ChoiceField(label="结果", choices=Result.choices)
    on = forms.DateField(label="日期", widget=Day, required=False, help_text="空着就是今天。")
    grade = forms.CharField(label="成绩或等级", max_length=30, required=False)
    certificate = forms.CharField(label="证书编号", max_length=40, required=False)


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a learner says when asked later."""

    is_reached = forms.TypedChoiceField(
        label="实现了没有",
        choices=[("", "请选"), ("1", "实现了"), ("0", "还没有")],
        coerce=lambda said: said == "1",
        empty_value=None,
    )
    papers = SeveralFiles(label="证明材料", required=False, help_text="有就附上；可以选几个。")

    class Meta:
        model = Outcome
        fields = ("kind", "asked_on", "is_reached", "evidence")
        widgets = {"asked_on": Day}
        help_texts = {"evidence": "实现了的要写，如在哪里上岗、哪份证明。"}

    def __init__(self, *args: Any, learner: Learner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("asked_on", timezone.localdate())
        self.initial.setdefault("kind", OutcomeKind.EMPLOYED)
        self.instance.learner = learner
