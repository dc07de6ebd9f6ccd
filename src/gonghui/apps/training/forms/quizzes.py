"""What is filled in of questions, tests and squads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.lookup import SeveralLookupField
from gonghui.kit.widgets import Moment

from ..engine.drawing import Slot
from ..engine.questions import key_from, key_in_words, problem_of
from ..models import Answer, Exercise, Quiz
from .owned import OwnedForm


class ExerciseForm(OwnedForm):
    """A question with its options, one a line, and what is right."""

    written = forms.CharField(
        label="选项",
        widget=forms.Textarea({"rows": 5}),
        required=False,
        help_text="一行一个，第一行是 A；判断题和填空题不填。",
    )
    right = forms.CharField(
        label="答案",
        widget=forms.Textarea({"rows": 2}),
        help_text="选择题写字母，如 A 或 ACD；判断题写对或错；填空题写可以接受的答法，一行一个。",
    )

    class Meta:
        model = Exercise
        fields = ("topic", "answer", "org", "stem", "explanation", "is_current")
        widgets = {"stem": forms.Textarea({"rows": 3}), "explanation": forms.Textarea({"rows": 3})}
        labels = {"org": "放在哪个组织的题库", "topic": "主题（知识点）"}
        help_texts = {"topic": "出卷时按主题抽题，如师德、专业技能、安全。"}

    field_order = (
        "topic", "answer", "org", "stem", "written", "right", "explanation", "is_current",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["written"] = "\n".join(self.instance.options)
            self.initial["right"] = key_in_words(self.instance.answer, self.instance.key)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        answer = said.get("answer", "")
        choice = answer in (Answer.SINGLE, Answer.MULTIPLE)
        lines = said.get("written", "").splitlines() if choice else []
        self.instance.options = [one.strip() for one in lines if one.strip()]
        self.instance.key = key_from(answer, said.get("right", ""))
        problem = problem_of(answer, self.instance.options, self.instance.key) if answer else ""
        if problem:
            self.add_error("right", problem)
        return said


class QuizForm(OwnedForm):
    """A test: for what, how long, how often, what passes."""

    class Meta:
        model = Quiz
        fields = (
            "title", "use", "org", "words", "minutes", "tries", "pass_points", "partial",
            "reveals", "opens_at", "closes_at", "counted", "combine",
        )  # fmt: skip
        widgets = {"words": forms.Textarea({"rows": 3}), "opens_at": Moment, "closes_at": Moment}
        labels = {"org": "哪个组织办"}
        help_texts = {
            "minutes": "不限时就空着。",
            "tries": "不限次数就空着。",
            "pass_points": "不设及格分就空着。",
            "partial": "答题前会告诉每个人。",
            "counted": "只用于知识竞赛：每队取成绩最好的几人；空着就取全部参加的人。",
            "combine": "只用于知识竞赛。",
        }


class PartForm(forms.Form):
    """One line of what a test is made of."""

    topic = forms.CharField(label="主题", max_length=40, required=False)
    answer = forms.ChoiceField(label="题型", choices=[("", "—"), *Answer.choices], required=False)
    count = forms.IntegerField(label="题数", min_value=1, max_value=200, required=False)
    points = forms.IntegerField(label="每题几分", min_value=1, max_value=100, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        needed = [said.get(name) for name in ("answer", "count", "points")]
        if any(needed) and not all(needed) and not self.errors:
            raise ValidationError("题型、题数、分值要一起填。")
        return said

    def slot(self) -> Slot | None:
        said = self.cleaned_data
        if not said.get("answer"):
            return None
        return Slot(said["topic"].strip(), said["answer"], said["count"], said["points"])


PartForms = forms.formset_factory(PartForm, extra=4, max_num=20)


class SquadForm(forms.Form):
    """A squad and its people."""

    name = forms.CharField(label="队名", max_length=60, help_text="如一年级组；同名的会更新队员。")
    members = SeveralLookupField(
        label="队员",
        names=PERSON_NAMES,
        beside="org",
        help_text="写姓名、拼音或首字母，几个人用「、」隔开。",
    )

    def __init__(self, *data: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        rows = Person.objects.filter(left_on=None).select_related("org")
        field: Any = self.fields["members"]
        field.offer(rows.filter(actor.reach("learning.write")))
