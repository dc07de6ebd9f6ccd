"""What is filled in of goals, steps, plans of growing and promises."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import STEP, Org, subtree
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from .models import Goal, GrowthPlan, Promise, Result
from .queries import servable
from .rules import GOAL_RULES

SERVES = "它为哪个目标服务；没有就空着，以后再连。"
ABOVE = 2  # bodies up from one's own whose own people may coach: a branch, the union


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A body's vision or goal."""

    org = LookupField(label="哪个组织的", names=ORG_NAMES)
    serves = LookupField(
        label="落实哪个目标", names=("title",), beside="org", required=False, help_text=SERVES
    )

    class Meta:
        model = Goal
        fields = ("org", "sort", "title", "words", "serves", "since", "until", "is_shown")
        widgets = {"since": Day, "until": Day, "words": forms.Textarea(attrs={"rows": 3})}

    def __init__(
        self, *args: Any, actor: Actor, org: Org | None, own: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if own or self.instance.pk:
            del self.fields["org"]
        else:
            _offer(self, "org", reachable(actor, "learning.write"))
            if org is not None and actor.can("learning.write", at=org):
                self.initial.setdefault("org", org)
        if not self.instance.person_id:
            del self.fields["is_shown"]  # what a body aims at is always on its board
        if self.instance.pk or own:
            rows = servable(self.instance) | Goal.objects.filter(pk=self.instance.serves_id)
        else:
            rows = GOAL_RULES["view"].narrow(Goal.objects.filter(person=None), actor)
        _offer(self, "serves", rows.select_related("org"))
        if self.instance.serves_id:
            self.initial["serves"] = self.instance.serves


class StepForm(forms.Form):
    """A small goal on the way."""

    title = forms.CharField(label="阶段小目标", max_length=100)
    due_on = forms.DateField(label="计划完成", required=False, widget=Day)


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """A plan of development or of learning."""

    person = LookupField(label="本人", names=PERSON_NAMES, beside="org")
    coach = LookupField(
        label="辅导人", names=PERSON_NAMES, beside="org", required=False,
        help_text="请谁来带；可以是师傅、骨干、上级主管。",
    )  # fmt: skip
    goal = LookupField(
        label="落实哪个目标", names=("title",), beside="org", required=False, help_text=SERVES
    )

    class Meta:
        model = GrowthPlan
        fields = ("person", "kind", "year", "duty", "direction", "contents", "coach", "goal")
        widgets = {
            "duty": forms.Textarea(attrs={"rows": 2}),
            "contents": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"contents": "学什么、学到什么程度、什么时候；一行一条。"}

    def __init__(self, *args: Any, actor: Actor, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["year"] = timezone.localdate().year
        if own or self.instance.pk:
            del self.fields["person"]
        else:
            people = Person.objects.active().filter(actor.reach("learning.write"))
            _offer(self, "person", people.select_related("org"))
        mine = actor.person.org if actor.person else None
        home = self.instance.org if self.instance.org_id else mine
        # Who coaches, and the goal that is served, stay when they moved on or it was reached.
        near = Person.objects.active().filter(_near(home) | actor.reach("learning.view"))
        near |= Person.objects.filter(pk=self.instance.coach_id)
        _offer(self, "coach", near.select_related("org").order_by("pinyin", "pk"))
        goals = GOAL_RULES["view"].narrow(Goal.objects.filter(state="standing"), actor)
        goals |= Goal.objects.filter(pk=self.instance.goal_id)
        _offer(self, "goal", goals.select_related("org"))
        for name in ("coach", "goal"):
            if self.instance.pk and getattr(self.instance, f"{name}_id"):
                self.initial[name] = getattr(self.instance, name)


class PromiseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A condition the team promises."""

    class Meta:
        model = Promise
        fields = ("words", "keeper", "due_on")
        widgets = {"due_on": Day}
        help_texts = {"words": "如：每周三下午留半天学习，报销考证费用，配一台练习电脑。"}


class SettleForm(forms.Form):
    """Whether a promise was kept."""

    outcome = forms.ChoiceField(label="结果", choices=Promise.Outcome.choices)
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="没有兑现的，写明原因。"
    )


class GiveUpForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200)


def _words(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class HalfForm(forms.Form):
    """The half-year look."""

    words = _words("半年小结")


class YearForm(forms.Form):
    """The year-end look."""

    result = forms.ChoiceField(label="年终结果", choices=Result.choices)
    words = _words("年终小结")


def _near(home: Org | None) -> Q:
    """Whoever may be asked to coach: people of a body, of all beside it, of the two above."""
    if home is None:
        return Q(pk__in=[])
    superiors = Q(org__path__in=home.ancestor_paths()[-1 - ABOVE :])
    return superiors | subtree(home.path[:-STEP] or home.path, field="org")


def _offer(form: Any, name: str, rows: Any) -> None:
    form.fields[name].offer(rows)
