"""Associations' reviews, and the outside unions one keeps in touch with."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.urls import path, reverse

from gonghui.core.orgs.models import Kind, Org
from gonghui.core.screens.choices import for_body
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts, Text, plug
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes

from ..actions import associations as actions
from ..filters import AssociationReviewFilters, ContactFilters
from ..forms.contacts import AssociationReviewForm, ContactForm, ExchangeForm
from ..models import AssociationReview, Contact
from ..rules import ASSOCIATIONREVIEW_RULES, CONTACT_RULES, ORG_RULES
from ..tables import AssociationReviewTable, ContactTable

WORDS |= {"members": "成员数", "left": "退出"}
ASSOCIATIONS = (Kind.ASSOCIATION, Kind.FRIENDSHIP)


def reviews(org: Org, request: Any) -> dict[str, Any]:
    """Of an association: how it was found to be doing."""
    if org.kind not in ASSOCIATIONS:
        return {"shown": False}
    may = ORG_RULES["grow"].allows(request.actor, org)
    add = reverse("organisation:associationreview-create") + f"?org={org.pk}"
    rows = AssociationReview.objects.filter(org=org)
    seen = ASSOCIATIONREVIEW_RULES["view"].narrow(rows, request.actor)
    return {"shown": True, "rows": list(seen), "add_url": add if may else ""}


plug("orgs.org", Custom("运行评估", "organisation/panel_reviews.html", reviews, part="seats"))


class AssociationReviewScreens(Screens):
    """How associations and friendship associations are doing."""

    model = AssociationReview
    lead = "协会运行得怎么样：成员多少、来去多少、有什么打算。"
    table = AssociationReviewTable
    filterset = AssociationReviewFilters
    form = AssociationReviewForm
    rules = ASSOCIATIONREVIEW_RULES
    acts = True
    create_capability = "organisation.write"
    panels = (
        Facts("org", "on", "verdict", "members", "joined", "left"),
        Text("findings"),
        Text("measures"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        said = self.request.GET.get("org", "")
        given: dict[str, Any] = {"actor": self.actor}
        return given | {"initial": {"org": int(said)}} if said.isdigit() else given

    def write(self, form: Any) -> models.Model:
        """A new one counts who joined and left; one of another day counts anew."""
        values = dict(form.cleaned_data)
        if form.instance.pk:
            return actions.change_review(form.instance, by=self.actor, **values)
        return actions.review_association(values.pop("org"), by=self.actor, **values)


def exchanges(contact: Contact, request: Any) -> dict[str, Any]:
    may = CONTACT_RULES["edit"].allows(request.actor, contact)
    add = reverse("organisation:contact-exchange", args=[contact.pk])
    return {"rows": list(contact.exchanges.all()), "add_url": add if may else ""}


class ContactScreens(Screens):
    """Outside unions one keeps in touch with."""

    model = Contact
    lead = "与集团客户单位工会、外省先进产业工会等的联系和交流。可以按某一天查看。"
    table = ContactTable
    filterset = ContactFilters
    form = ContactForm
    rules = CONTACT_RULES
    personal = True  # with whom one speaks there, and their telephone
    create_capability = "organisation.write"
    panels = (
        Facts("name", "sort", "org", "place", "person", "phone", "since", "until"),
        Text("note"),
        Custom("交流", "organisation/panel_exchanges.html", exchanges),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return for_body(self, obj)


@writes
def exchange(request: Any, pk: int) -> HttpResponse:
    """Note a visit or a joint activity."""
    contact = ContactScreens(request).fetch(pk, "edit")
    form = ExchangeForm(posted(request)[0])

    def act() -> None:
        actions.note_exchange(contact, by=request.actor, **form.cleaned_data)

    back = ContactScreens.url("detail", contact)
    return small_form(request, form, act, back=back, title="登记交流", of=contact)


urlpatterns = [
    *AssociationReviewScreens.urls(),
    *ContactScreens.urls(),
    path("contact/<int:pk>/exchange/", exchange, name="contact-exchange"),
]
