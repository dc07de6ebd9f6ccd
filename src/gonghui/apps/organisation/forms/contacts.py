"""What officers fill in about associations and outside unions."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import (
    Kind,
)
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from ..models import AssociationReview, Contact, Exchange


class AssociationReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """How an association is doing; who joined and left is counted from its posts."""

    org = LookupField(label="协会", names=ORG_NAMES)
    on = PastDayField(label="评估日期")

    class Meta:
        model = AssociationReview
        fields = ("org", "on", "verdict", "findings", "measures")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"]
            return
        kinds = (Kind.ASSOCIATION, Kind.FRIENDSHIP)
        bodies = reachable(actor, "organisation.write").filter(kind__in=kinds)
        self.fields["org"].offer(bodies)  # type: ignore[attr-defined]  # our own field


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """An outside union one keeps in touch with."""

    org = LookupField(label="本方工会", names=ORG_NAMES)

    class Meta:
        model = Contact
        fields = ("name", "sort", "org", "place", "person", "phone", "since", "until", "note")
        widgets = {"since": Day, "until": Day}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"]
            return
        self.fields["org"].offer(reachable(actor, "organisation.write"))  # type: ignore[attr-defined]  # our own field


class ExchangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A visit, a joint activity, a study exchange."""

    on = PastDayField(label="日期")

    class Meta:
        model = Exchange
        fields = ("on", "subject", "people", "gained")
