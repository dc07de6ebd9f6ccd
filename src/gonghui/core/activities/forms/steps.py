"""The small forms that steps of an activity's life ask for."""

from __future__ import annotations

from django import forms


class Announce(forms.Form):
    """A word that goes out with the notice."""

    words = forms.CharField(
        label="通知附言", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class Postpone(forms.Form):
    reason = forms.CharField(label="延期原因", max_length=200)


class CallOff(forms.Form):
    reason = forms.CharField(label="取消原因", max_length=200)
