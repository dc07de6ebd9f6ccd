"""What officers fill in about bodies, people, posts and accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import UPPER, Org
from gonghui.core.orgs.tree import fit_beneath
from gonghui.core.people.models import Account, Person, Post, mobile_number
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

ORG_NAMES = ("name", "short_name", "pinyin", "initials")
PERSON_NAMES = ("name", "pinyin", "initials")
TITLES = "主席、副主席、委员、经审委主任、女职工委员会主任、组长、会长、成员"


def reachable(actor: Actor, capability: str) -> QuerySet[Org]:
    """The bodies that still stand where the actor holds a capability."""
    return Org.objects.filter(actor.reach(capability, field=""), until=None)


class OrgForm(forms.ModelForm):  # type: ignore[type-arg]
    """A body's own facts; only the kinds that may stand at its place are offered."""

    class Meta:
        model = Org
        fields = ("name", "short_name", "kind", "since")
        widgets = {"since": Day}
        help_texts = {
            "name": "正式全称，例如「安澜机械公司工会」。",
            "short_name": "列表和导航里显示的短名字。",
        }

    def __init__(self, *args: Any, parent: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parent is not None:
            self.fields["kind"].choices = fit_beneath(parent)  # type: ignore[attr-defined]  # a choice field


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's facts; the body is asked only when they are registered."""

    org = LookupField(
        label="所在组织",
        names=ORG_NAMES,
        help_text="写名称、拼音首字母，或从提示中选。",
    )

    class Meta:
        model = Person
        fields = ("name", "org", "sex", "employment", "joined_on", "left_on", "pinyin")
        widgets = {"joined_on": Day, "left_on": Day}
        help_texts = {
            "pinyin": "留空即自动生成；多音字读错了可以在这里改。",
            "left_on": "填了离开日期，账号当天起不能登录，在任职务同日终止。",
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pinyin"].required = False
        if self.instance.pk:
            del self.fields["org"]
        else:
            del self.fields["left_on"]
            self.fields["org"].offer(reachable(actor, "people.write"))  # type: ignore[attr-defined]  # our own field


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    """A post: who, where, what, from when to when."""

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")
    org = LookupField(label="任职的组织", names=ORG_NAMES)

    class Meta:
        model = Post
        fields = ("person", "org", "title", "since", "until")
        widgets = {"since": Day, "until": Day}
        help_texts = {"title": f"例如：{TITLES}。", "until": "还在任就留空。"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"], self.fields["org"]
            return
        people = Person.objects.active().select_related("org")
        people = people.filter(actor.reach("people.view"))
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # our own field
        self.fields["org"].offer(reachable(actor, "organisation.write"))  # type: ignore[attr-defined]  # our own field


class ChangeForm(forms.Form):
    """What every change of the tree asks beside its own question."""

    reason = forms.CharField(
        label="依据或原因",
        required=False,
        max_length=200,
        help_text="例如批复文号，会记入历史。",
    )

    def __init__(self, *args: Any, org: Org, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.org, self.actor = org, actor


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
    """Why a body is closed."""


class TransferForm(forms.Form):
    """To which body a person goes."""

    org = LookupField(label="调到哪个组织", names=ORG_NAMES)
    reason = forms.CharField(label="依据或原因", required=False, max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["org"].offer(reachable(actor, "people.write"))  # type: ignore[attr-defined]  # our own field


class AccountForm(forms.Form):
    """How a person logs in; the password is asked for a new account and may be set anew."""

    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label="用户名",
        max_length=150,
        error_messages={"invalid": "用户名只能用文字、数字和 . @ + - _。"},
    )
    mobile = forms.CharField(
        label="手机号",
        required=False,
        validators=[mobile_number],
        help_text="填了以后，也可以用手机号登录。",
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 8 位，不能全是数字。请当面告诉本人，并请本人登录后修改。",
    )
    is_active = forms.BooleanField(label="可以登录", required=False, initial=True)

    def __init__(self, *args: Any, person: Person, account: Account | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.account = person, account
        if account is None:
            del self.fields["is_active"]
            self.initial.setdefault("username", person.pinyin)
            return
        self.fields["password"].required = False
        self.fields["password"].label = "新密码"
        self.fields["password"].help_text = "留空即不改。设了新密码，此人须重新登录。"
        for name in ("username", "mobile", "is_active"):
            self.initial.setdefault(name, getattr(account, name))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            account = Account(username=self.cleaned_data.get("username", ""), person=self.person)
            validate_password(password, account)
        return password
