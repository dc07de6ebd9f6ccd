"""Memberships handed over: lists of what goes out and comes in, the page and the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.panels import Facts
from gonghui.core.screens.screens import Screens

from ..actions import transfers as actions
from ..filters import TransferFilters
from ..flow import HANDOVER
from ..forms.applications import TransferAskForm
from ..models import Transfer, TransferState
from ..rules import TRANSFER_RULES
from ..tables import TransferTable
from .exports import TRANSFERS


class TransferScreens(Screens):
    """A membership leaves when the old union lets go and the new one takes it in."""

    model = Transfer
    lead = "原工会同意转出、新工会接收以后，会籍才转移；在此之前仍是原工会的会员。"
    table = TransferTable
    filterset = TransferFilters
    form = TransferAskForm
    rules = TRANSFER_RULES
    flow = HANDOVER
    create_capability = "people.write"
    export = TRANSFERS
    personal = True
    acts = True
    bulk = (BulkAction.of(HANDOVER, "release"), BulkAction.of(HANDOVER, "accept"))
    panels = (
        Facts("person", "org", "to", "reason", "asked_by", "asked_on", "due_on"),
        Facts("released_on", "accepted_on", "decided_by", "document", "refusal", title="办理"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person", "org", "to", "asked_by", "decided_by")

    def listed(self) -> models.QuerySet[Any]:
        """What goes out of the chosen place, what comes in, or both."""
        rows, side = self.visible(), self.request.GET.get("side", "")
        out = self.place.narrow(rows, "org").order_by().values("pk")
        into = self.place.narrow(rows, "to").order_by().values("pk")
        if side == "out":
            return rows.filter(pk__in=out)
        if side == "in":
            return rows.filter(pk__in=into)
        return rows.filter(models.Q(pk__in=out) | models.Q(pk__in=into))

    def page(self, screen: str, fragment: str = "", status: int = 200, **context: Any) -> Any:
        if screen == "list":
            context["tabs"] = self._tabs()
        return super().page(screen, fragment, status, **context)

    def _tabs(self) -> list[dict[str, Any]]:
        side = self.request.GET.get("side", "")
        words = (("", "全部"), ("out", "转出"), ("in", "转入"))
        return [
            {"label": label, "url": f"?side={key}" if key else "?", "current": key == side}
            for key, label in words
        ]

    def waiting(self, obj: Any) -> str:
        holders = {TransferState.ASKED: obj.org, TransferState.RELEASED: obj.to}
        holder = holders.get(TransferState(obj.state))
        if holder is None:
            return ""
        if obj.due_on is None:
            return f"等{holder}办理。"
        if obj.due_on < timezone.localdate():
            return f"{holder}没有在 {obj.due_on:%Y-%m-%d} 前办完，双方的共同上级可以裁定。"
        return f"等{holder}办理，期限 {obj.due_on:%Y-%m-%d}。"

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        said = self.request.GET.get("person", "")
        initial = {"person": int(said)} if said.isdecimal() else {}
        return {"actor": self.actor} | ({} if obj.pk else {"initial": initial})

    def write(self, form: forms.ModelForm) -> models.Model:
        values = dict(form.cleaned_data)
        if form.instance.pk:
            return actions.change_transfer(form.instance, by=self.actor, reason=values["reason"])
        person, to = values["person"], values["to"]
        return actions.ask_transfer(person, to, by=self.actor, reason=values["reason"])
