"""What is said at the door: a mark on the list, a code that was scanned."""

from __future__ import annotations

from django import forms

from ..engine.nearby import Spot
from ..models import Mark


class MarkForm(forms.Form):
    """One press on the list; ``number`` makes a second press of the same button harmless.

    Of somebody on the list, or of who walks in and says a name.
    """

    number = forms.UUIDField()
    registration = forms.IntegerField(required=False)
    who = forms.CharField(required=False, max_length=50)
    is_guest = forms.BooleanField(required=False)
    act = forms.ChoiceField(choices=Mark.Act.choices)
    undoes = forms.UUIDField(required=False)
    reason = forms.CharField(required=False, max_length=100)


class ScanForm(forms.Form):
    """A member's code, from the camera, a hand scanner, or typed."""

    number = forms.UUIDField(widget=forms.HiddenInput)
    ticket = forms.CharField(
        label="会员码",
        max_length=40,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off", "inputmode": "latin"}),
        help_text="用扫码枪扫，或让手机相机扫后填入。",
    )
    door = forms.CharField(label="入口", required=False, max_length=40)


class SpotForm(forms.Form):
    """Where a phone says it is, when a session asks for that."""

    latitude = forms.FloatField(min_value=-90, max_value=90)
    longitude = forms.FloatField(min_value=-180, max_value=180)

    def spot(self) -> Spot:
        return Spot(self.cleaned_data["latitude"], self.cleaned_data["longitude"])
