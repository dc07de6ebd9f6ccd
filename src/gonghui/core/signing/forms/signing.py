"""What a person answers when they sign up, and the list a leader signs up at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import File
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.activities.forms.activity import CATEGORIES, OUTSIDERS
from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.keeping import fingerprint
from gonghui.kit.lookup import BETWEEN, LookupField, SeveralLookupField

from ..actions.signing import Signing, items_words
from ..models import Question, Quota
from ..queries.meant import meant
from ..queries.mine import questions_of

NONE = "none"  # of the categories an activity is for


def _left(obj: Any) -> str:
    """A group, an item or a shift, with what is left of its places."""
    left = obj.seats_left
    return f"{obj}（还有 {left} 个名额）" if left > 0 else f"{obj}（已满，可以候补）"


class GroupField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The one that may be chosen."""

    def label_from_instance(self, obj: Any) -> str:
        return _left(obj)


class ItemsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Those that may be chosen together."""

    def label_from_instance(self, obj: Any) -> str:
        return _left(obj)


def items_field(activity: Activity) -> forms.Field:
    """One of the groups, or several where one person may have several."""
    kind, groups = kinds[activity.kind], activity.quotas.exclude(name="")
    if activity.items_allowed == 1:
        return GroupField(groups, label=kind.groups, required=False, empty_label=kind.no_group)
    return ItemsField(
        groups,
        label=kind.groups,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"{items_words(activity)}，哪一{kind.item}满了就在哪一{kind.item}候补。",
    )


def said_items(said: Any) -> tuple[Quota, ...]:
    """What was chosen of it, one or several."""
    if said is None:
        return ()
    return (said,) if isinstance(said, Quota) else tuple(said)


class SignUpForm(forms.Form):
    """Two taps where nothing is asked; otherwise what the organiser asks, and the consent."""

    items = forms.Field(required=False)
    category = forms.ChoiceField(label="您属于", widget=forms.RadioSelect)
    companions = forms.CharField(label="同行人", required=False, max_length=300)
    companion_kind = forms.ChoiceField(label="同行人是", required=False, widget=forms.RadioSelect)
    consented = forms.BooleanField(label="我已阅读并同意以上须知")

    def __init__(self, *args: Any, activity: Activity, later: bool = False, **kwargs: Any) -> None:
        """``later`` asks only for what was left open when somebody else did the signing up."""
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.questions = questions_of(activity)
        if later:
            for name in ("items", "category", "companions", "companion_kind"):
                del self.fields[name]
        else:
            self._offer(activity)
        if activity.consent:
            self._ask_to_agree(activity.consent)
        else:
            del self.fields["consented"]
        for question in self.questions:
            self.fields[f"question_{question.pk}"] = _field(question)

    def _ask_to_agree(self, text: str) -> None:
        """One agrees to the text that stood on the page; another one has to be read again."""
        asked, now = self.fields["consented"], fingerprint(text).hex()
        asked.widget.attrs["value"] = now
        said = self.data.get("consented") if self.is_bound else None
        if said and said != now:
            self.data: Any = self.data.copy()
            del self.data["consented"]
            asked.error_messages["required"] = "须知刚刚改过，请再读一遍，再打勾。"

    def _offer(self, activity: Activity) -> None:
        """Groups, categories and companions, where the activity knows them."""
        fields: Any = self.fields
        if activity.has_groups:  # type: ignore[attr-defined]  # as ``shown_to`` found it
            fields["items"] = items_field(activity)
        else:
            del self.fields["items"]
        meant = [one for one in CATEGORIES if one[0] in activity.categories]
        if meant:
            fields["category"].choices = [*meant, (NONE, "都不是")]
        else:
            del self.fields["category"]
        who = [one for one in OUTSIDERS if one[0] in activity.outsiders]
        if activity.companions_allowed:
            fields["companions"].help_text = _who_may_come(activity)
        else:
            del self.fields["companions"]
        if activity.companions_allowed and len(who) > 1:
            fields["companion_kind"].choices = who
        else:
            del self.fields["companion_kind"]

    def clean_companions(self) -> tuple[str, ...]:
        said = (name.strip() for name in BETWEEN.split(self.cleaned_data["companions"]))
        names = tuple(name[:50] for name in said if name)
        if len(names) > self.activity.companions_allowed:
            raise forms.ValidationError(f"最多带 {self.activity.companions_allowed} 人。")
        return names

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        asked = "companion_kind" in self.fields and "companion_kind" not in self.errors
        if asked and said.get("companions") and not said.get("companion_kind"):
            self.add_error("companion_kind", "请选同行的是谁。")
        return said

    def signing(self, person: Person) -> Signing:
        """What the person signs up with."""
        said = self.cleaned_data
        only = self.activity.outsiders[0] if len(self.activity.outsiders) == 1 else ""
        return Signing(
            person,
            quotas=said_items(said.get("items")),
            category=said.get("category", "").replace(NONE, ""),
            companion_names=said.get("companions", ()),
            companion_kind=said.get("companion_kind") or only,
            answers=self.answers(),
            consented=bool(said.get("consented")),
        )

    def answers(self) -> dict[str, Any]:
        """Question number → what was said, empty ones left out."""
        said = {str(q.pk): self.cleaned_data[f"question_{q.pk}"] for q in self.questions}
        return {key: str(value) for key, value in said.items() if value not in (None, "")}

    def papers(self) -> list[tuple[str, File[bytes]]]:
        """What was sent along, each with its question, to be kept with the registration."""
        asked = (q for q in self.questions if q.kind == Question.Kind.FILE)
        said = ((q.label, self.cleaned_data[f"question_{q.pk}"]) for q in asked)
        return [(label, file) for label, file in said if file]


def _who_may_come(activity: Activity) -> str:
    who = "、".join(label for code, label in OUTSIDERS if code in activity.outsiders)
    more = f"可以带{who}。" if who else ""
    return f"{more}写姓名，几个人用“、”隔开，最多 {activity.companions_allowed} 人。"


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.label, "required": question.is_required}
    if question.kind == Question.Kind.CHOICE:
        choices = [("", "请选择"), *((one, one) for one in question.options)]
        return forms.ChoiceField(choices=choices, **common)
    if question.kind == Question.Kind.NUMBER:
        return forms.DecimalField(max_digits=12, decimal_places=2, **common)
    if question.kind == Question.Kind.FILE:
        return forms.FileField(**common)
    return forms.CharField(max_length=300, **common)


def _own_people(activity: Activity, actor: Actor) -> QuerySet[Person]:
    """Those an officer or a leader may sign up for it: of their own people whom it is for.

    Who holds activities of the body, an association's leader among them, all it is for (R-016).
    """
    people = Person.objects.active().filter(meant(activity))
    if not actor.can("activities.write", at=activity.org):
        people = people.filter(actor.reach("activities.check"))
    return people.select_related("org").distinct()


class SwapForm(forms.Form):
    """Who comes instead."""

    person = LookupField(
        label="换成谁", names=PERSON_NAMES, beside="org",
        help_text="写姓名、拼音或首字母；重名时选带编号的。",
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].offer(_own_people(activity, actor))


class ChoiceForm(forms.Form):
    """Which of the items somebody on the list has, where there may be several."""

    def __init__(
        self, *args: Any, activity: Activity, held: Sequence[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["items"] = items_field(activity)
        fields["items"].initial = (
            list(held) if activity.items_allowed > 1 else next(iter(held), None)
        )

    def quotas(self) -> tuple[Quota, ...]:
        return said_items(self.cleaned_data["items"])


class GroupForm(forms.Form):
    """A leader signs up several of their people at once."""

    people = SeveralLookupField(
        label="人员", names=PERSON_NAMES, beside="org", required=False,
        help_text="写姓名、拼音或首字母，几个人用“、”隔开；重名时选带编号的。",
    )  # fmt: skip
    guests = forms.CharField(
        label="来宾",
        required=False,
        max_length=500,
        help_text="不在名册里的人，几个人用“、”隔开。",
    )
    guest_kind = forms.ChoiceField(label="来宾是", required=False)

    def __init__(self, *args: Any, activity: Activity, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["people"].offer(_own_people(activity, actor))
        if activity.quotas.exclude(name="").exists():
            fields["items"] = items_field(activity)
        who = [one for one in OUTSIDERS if one[0] in activity.outsiders]
        fields["guest_kind"].choices = [("", "其他来宾"), *who]
        if not who:
            del self.fields["guest_kind"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.signings():
            self.add_error("people", "请写明替谁报名。")
        return said

    def signings(self) -> list[Signing]:
        said = self.cleaned_data
        names = (name.strip()[:50] for name in BETWEEN.split(said.get("guests", "")))
        items, kind = said_items(said.get("items")), said.get("guest_kind", "")
        return [
            *(Signing(person, quotas=items) for person in said.get("people", [])),
            *(Signing(guest=name, quotas=items, category=kind) for name in names if name),
        ]
