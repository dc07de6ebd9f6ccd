"""What is filled in to log in, to change a password, to grant a role and to shape one."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.access.capabilities import capabilities
from gonghui.core.access.models import Grant, Role
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day


class LoginForm(AllauthLoginForm):  # type: ignore[misc]  # allauth has no types
    """One field for the user name or the mobile number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_it_once(self)
        self.fields["login"].label = "用户名或手机号"
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none"}
        self.fields["remember"].label = "在这台设备上记住我"


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_it_once(self)
        self.fields["password2"].label = "再输一次新密码"
        self.fields["password1"].help_text = "至少 8 位，不能全是数字，也不要用姓名或常见密码。"


def _say_it_once(form: forms.Form) -> None:
    """The label stands above the box: a placeholder would only repeat it."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class GrantForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who holds which role where, from when to when; later only the days may change."""

    person = LookupField(label="人员", names=("name", "pinyin", "initials"), beside="org")
    org = LookupField(
        label="范围",
        names=("name", "short_name", "pinyin", "initials"),
        help_text="角色在这个组织和它的全部下级有效。",
    )

    class Meta:
        model = Grant
        fields = ("person", "role", "org", "since", "until")
        widgets = {"since": Day, "until": Day}
        help_texts = {"since": "留空即从现在起。", "until": "留空即长期；要收回角色，填今天。"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"], self.fields["role"], self.fields["org"]
            return
        fitting = [
            role.pk
            for role in Role.objects.all()
            if all(actor.can(name) for name in role.capabilities)
        ]
        self.fields["role"].queryset = Role.objects.filter(pk__in=fitting)  # type: ignore[attr-defined]  # a model choice
        people = Person.objects.active().select_related("org")
        people = people.filter(actor.reach("access.grant"))
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # our own field
        bodies = Org.objects.filter(actor.reach("access.grant", field=""), until=None)
        self.fields["org"].offer(bodies)  # type: ignore[attr-defined]  # our own field


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role's name and what it may, one box a capability."""

    capabilities = forms.MultipleChoiceField(
        label="权限", widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Role
        fields = ("name", "capabilities")
        error_messages = {"name": {"unique": "已有同名的角色，请换一个名字。"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capabilities"].choices = list(capabilities.items())  # type: ignore[attr-defined]  # a choice field
