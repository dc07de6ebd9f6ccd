"""How a person logs in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from gonghui.core.people.models import Account, Person, mobile_number


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
    drop_mobile = forms.BooleanField(label="不再用手机号登录", required=False)
    is_active = forms.BooleanField(label="可以登录", required=False, initial=True)

    def __init__(self, *args: Any, person: Person, account: Account | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.account = person, account
        if account is None:
            del self.fields["is_active"], self.fields["drop_mobile"]
            self.initial.setdefault("username", person.pinyin)
            return
        self.fields["password"].required = False
        self.fields["password"].label = "新密码"
        self.fields["password"].help_text = "留空即不改。设了新密码，此人须重新登录。"
        for name in ("username", "is_active"):
            self.initial.setdefault(name, getattr(account, name))
        self._ask_mobile(account)

    def _ask_mobile(self, account: Account) -> None:
        """The number held is told by its mask; the field is for another one."""
        if account.mobile is None:
            del self.fields["drop_mobile"]
            return
        self.fields["mobile"].label = "新手机号"
        self.fields["mobile"].help_text = f"现在是 {account.mobile}，留空即不改。"

    def clean(self) -> dict[str, Any]:
        """Nothing typed keeps the number, unless it is to go."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        drop = said.pop("drop_mobile", False)
        said["mobile"] = "" if drop else said.get("mobile") or None
        return said

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            account = Account(username=self.cleaned_data.get("username", ""), person=self.person)
            validate_password(password, account)
        return password
