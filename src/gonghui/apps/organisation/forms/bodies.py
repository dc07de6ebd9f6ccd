"""What officers fill in about bodies, their place in the tree, and posts."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import (
    UNIT,
    UPPER,
    Org,
)
from gonghui.core.orgs.tree import fit_beneath
from gonghui.core.people.models import Person, Post
from gonghui.core.people.posts import check_ending
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.errors import DomainError
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

MOST_SPLIT = 300  # people a form lists; more go by moving the teams they are in
LONG_SPLIT = (
    f"人多，只列出前 {MOST_SPLIT} 人：要划转更多的，先建一个班组，在人员里成批调过去，"
    "再勾选那个班组。"
)

TITLES = "主席、副主席、委员、经审委主任、女职工委员会主任、组长、会长、成员"


class OrgForm(forms.ModelForm):  # type: ignore[type-arg]
    """A body's own facts; only the kinds that may stand at its place are offered."""

    class Meta:
        model = Org
        fields = ("name", "short_name", "kind", "function", "since")
        widgets = {"since": Day}
        help_texts = {
            "name": "正式全称，例如「安澜机械公司工会」。",
            "short_name": "列表和导航里显示的短名字。",
            "function": "委员会和领导小组填写，例如经费审查委员会。",
        }

    def __init__(self, *args: Any, parent: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parent is not None:
            self.fields["kind"].choices = fit_beneath(parent)  # type: ignore[attr-defined]  # a choice field


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    """A post: who, where, what, from when to when."""

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")
    org = LookupField(label="任职的组织", names=ORG_NAMES)

    class Meta:
        model = Post
        fields = (
            "person", "org", "title", "since", "until", "full_time", "way", "duty", "approval",
            "approved_on", "contract_until",
        )  # fmt: skip
        widgets = {"since": Day, "until": Day, "approved_on": Day, "contract_until": Day}
        help_texts = {
            "title": f"例如：{TITLES}。",
            "until": "还在任就留空。",
            "contract_until": "任期长于合同的，法律规定合同自动延长，系统会提示到哪天。",
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"], self.fields["org"]
            return
        people = Person.objects.active().select_related("org")
        people = people.filter(actor.reach("people.view"))
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # our own field
        self.fields["org"].offer(reachable(actor, "organisation.write"))  # type: ignore[attr-defined]  # our own field

    def clean(self) -> dict[str, Any]:
        """A post that is to end another way is refused beside the field that would end it."""
        cleaned: dict[str, Any] = super().clean() or {}
        kept = Post.objects.select_related("org", "person").filter(pk=self.instance.pk).first()
        until = cleaned.get("until")
        if kept and until and kept.until is None:
            self._ask("until", kept, until)
        elif kept and kept.approval and cleaned.get("title") not in (None, kept.title):
            self._ask("title", kept, timezone.localdate())
        return cleaned

    def _ask(self, field: str, post: Post, until: date) -> None:
        try:
            check_ending(post, until)
        except DomainError as error:
            self.add_error(field, error.sentence)


class ChangeForm(forms.Form):
    """What every change of the tree asks beside its own question."""

    reason = forms.CharField(
        label="依据或原因",
        required=False,
        max_length=200,
        help_text="例如批复文号，会记入历史。",
        error_messages={"required": "工会组织不得随意撤销、合并，请写明依据或原因。"},
    )
    ends: ClassVar[bool] = False  # a union ends by it: for that the law wants a ground (ORG-03)

    def __init__(self, *args: Any, org: Org, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.org, self.actor = org, actor
        if self.ends and org.is_union:
            self.fields["reason"].required = True


class MoveForm(ChangeForm):
    """Where a body goes."""

    parent = LookupField(label="新的上级", names=ORG_NAMES)
    field_order = ("parent", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = reachable(self.actor, "organisation.write").exclude(pk=self.org.pk)
        self.fields["parent"].offer(fitting)  # type: ignore[attr-defined]  # our own field


class SecondForm(ChangeForm):
    """Which other union leads a body as well."""

    second = LookupField(
        label="第二上级",
        names=ORG_NAMES,
        required=False,
        help_text="地方与产业双重领导时，填另一个上级工会；留空即取消。",
    )
    field_order = ("second",)
    reason = None  # type: ignore[assignment]  # the entry says it all

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upper = reachable(self.actor, "organisation.write").filter(kind__in=UPPER)
        self.fields["second"].offer(upper.exclude(pk=self.org.pk))  # type: ignore[attr-defined]  # our own field
        self.initial.setdefault("second", self.org.second_parent)


class MergeForm(ChangeForm):
    """Into which body another is dissolved."""

    ends = True
    into = LookupField(label="并入哪个组织", names=ORG_NAMES)
    keep_posts = forms.BooleanField(
        label="在任职务在新组织继续",
        required=False,
        help_text="不勾选时，原组织的职务到今天为止。",
    )
    field_order = ("into", "keep_posts", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takers = Org.objects.filter(
            self.actor.reach("organisation.write", field=""),
            self.actor.reach("organisation.write", field="parent"),
            until=None,
        )
        self.fields["into"].offer(takers.exclude(pk=self.org.pk))  # type: ignore[attr-defined]  # our own field


class CloseForm(ChangeForm):
    """Why a body is closed; of a grassroots union the law knows these grounds (ORG-03)."""

    ends = True
    ground = forms.ChoiceField(
        label="为什么撤销",
        choices=[(word, word) for word in ("单位终止", "工会被撤销")],
        widget=forms.RadioSelect,
    )
    field_order = ("ground", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.org.kind not in UNIT:
            del self.fields["ground"]


class ReopenForm(ChangeForm):
    """Why a closing or a merger is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "请写明为什么收回。"


class SplitForm(ChangeForm):
    """What part of a body becomes a new one beside it."""

    name = forms.CharField(label="新组织全称", max_length=100)
    short_name = forms.CharField(label="新组织简称", max_length=40, required=False)
    children = forms.MultipleChoiceField(
        label="划归新组织的下级", required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.MultipleChoiceField(
        label="划归新组织的人员",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列直接在这个组织的人员；在下级的人员随下级一起划转。",
    )
    field_order = ("name", "short_name", "children", "people", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = self.org.children.filter(until=None).order_by("pinyin", "pk")
        people = Person.objects.active().filter(org=self.org).order_by("pinyin", "pk")
        self.fields["children"].choices = [(o.pk, str(o)) for o in below]  # type: ignore[attr-defined]  # a choice field
        self.fields["people"].choices = [(p.pk, str(p)) for p in people[:MOST_SPLIT]]  # type: ignore[attr-defined]  # a choice field
        if people[MOST_SPLIT:].exists():
            self.fields["people"].help_text += LONG_SPLIT
        for name in ("children", "people"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]  # a choice field
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("children", "people"):
            cleaned[name] = [int(pk) for pk in cleaned.get(name, [])]
        return cleaned


class RenameForm(ChangeForm):
    """What a body is called from today on."""

    name = forms.CharField(label="新的全称", max_length=100)
    short_name = forms.CharField(label="新的简称", max_length=40, required=False)
    field_order = ("name", "short_name", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("name", self.org.name)
        self.initial.setdefault("short_name", self.org.short_name)
