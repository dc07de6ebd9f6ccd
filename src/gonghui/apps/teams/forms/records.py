"""The forms of what a body keeps: stages, plans, instructors, topics, evidence, rewards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import STEP, Org, subtree
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.lookup import LookupField, SeveralLookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from ..models import Enlistment, Evidence, Incentive, Instructor, Stage, StudyPlan, Topic

CAPABILITY = "learning.write"


class OfBody(forms.ModelForm):  # type: ignore[type-arg]
    """Of a body the actor keeps; a record stays where it was made."""

    people: tuple[str, ...] = ()  # fields that name somebody on the books near by

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home = self.instance.org if self.instance.pk else org
        if self.instance.pk:
            del self.fields["org"]
        else:
            _offer(self, "org", reachable(actor, CAPABILITY))
            if org is not None and actor.can(CAPABILITY, at=org):
                self.initial.setdefault("org", org)
        for name in self.people:
            held = self._held(name)
            _offer(self, name, people_near(home, actor) | Person.objects.filter(pk__in=held))
            if held and f"{name}_id" in vars(self.instance):
                self.initial[name] = getattr(self.instance, name)

    def _held(self, name: str) -> list[int]:
        """Whoever stands there already may stay, wherever they belong by now."""
        if not self.instance.pk:
            return []
        if name == "members":
            return list(self.instance.members.values_list("pk", flat=True))
        held = getattr(self.instance, f"{name}_id")
        return [held] if held else []


def people_near(home: Org | None, actor: Actor) -> Any:
    """Who may be named: people of the unit around a body, and all the actor looks after."""
    near = actor.reach("learning.view")
    if home is not None:
        near |= subtree(home.path[:-STEP] or home.path, field="org")
    return Person.objects.active().filter(near).select_related("org").order_by("pinyin", "pk")


def _offer(form: Any, name: str, rows: Any) -> None:
    form.fields[name].offer(rows)


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class EnlistmentForm(OfBody):
    """A team or unit that takes part."""

    org = LookupField(label="班组或单位", names=ORG_NAMES)

    class Meta:
        model = Enlistment
        fields = ("org", "since", "note")
        widgets = {"since": Day}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate


class StageForm(OfBody):
    """A stage of the roll-out."""

    org = LookupField(label="推进的组织", names=ORG_NAMES)

    class Meta:
        model = Stage
        fields = ("org", "name", "first_year", "last_year", "test", "words")
        widgets = {"words": _area(5)}
        help_texts = {
            "name": "如：普及阶段、巩固提高阶段、创新发展阶段。",
            "test": "第一档、第二档比例在「设置 → 标准」里，可以按本级的规定改。",
            "words": "这个阶段要做到什么；文件里的提法没有定义的，照录，不展开。",
        }


class StudyPlanForm(OfBody):
    """The plan of a year."""

    org = LookupField(label="班组", names=ORG_NAMES)

    class Meta:
        model = StudyPlan
        fields = ("org", "year", "title", "needs")
        widgets = {"needs": _area()}
        help_texts = {"needs": "今年的生产、工作要求班组学什么。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = timezone.localdate().year
        self.fields["year"].initial = year
        self.fields["title"].initial = f"{year} 年班组学习培训计划"


class InstructorForm(OfBody):
    """Who teaches what."""

    people = ("person",)
    org = LookupField(label="班组", names=ORG_NAMES)
    person = LookupField(label="教员", names=PERSON_NAMES, beside="org", required=False)

    class Meta:
        model = Instructor
        fields = ("org", "source", "person", "name", "field", "since", "until")
        widgets = {"since": Day, "until": Day}


class TopicForm(OfBody):
    """An improvement to work at."""

    people = ("leader", "members")
    org = LookupField(label="班组", names=ORG_NAMES)
    leader = LookupField(label="组长", names=PERSON_NAMES, beside="org")
    members = SeveralLookupField(
        label="组员", names=PERSON_NAMES, beside="org", required=False,
        help_text="几个人用顿号隔开。",
    )  # fmt: skip

    class Meta:
        model = Topic
        fields = (
            "org", "title", "field", "group", "leader", "members", "words", "since", "due_on",
            "measure", "unit", "before",
        )  # fmt: skip
        widgets = {"since": Day, "due_on": Day, "words": _area(4)}
        help_texts = {
            "measure": "如：废品率、单件工时、月电费；没有数可比的就空着。",
            "before": "改善以前量到的数；还没有量就空着，不要填 0。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["members"] = list(self.instance.members.select_related("org"))


class EvidenceForm(OfBody):
    """What shows a mechanism at work."""

    org = LookupField(label="班组", names=ORG_NAMES)
    on = PastDayField(label="日期")

    class Meta:
        model = Evidence
        fields = ("org", "mechanism", "title", "words", "on")
        widgets = {"words": _area(4)}


class IncentiveForm(OfBody):
    """A reward."""

    people = ("person",)
    org = LookupField(label="班组", names=ORG_NAMES)
    person = LookupField(label="获得人", names=PERSON_NAMES, beside="org")
    on = PastDayField(label="日期")

    class Meta:
        model = Incentive
        fields = ("org", "person", "ground", "reward", "what", "reason", "given_by", "on")
        widgets = {"reason": _area()}
        help_texts = {
            "what": "如：班组学习标兵、参加省里技师班、在擂台赛上表演绝活。",
            "given_by": "上级部门给的，写明是哪个部门。",
        }
