"""The officer's screens of honours, and their part of a person's page."""

from __future__ import annotations

from typing import Any

from django.db import models

from gonghui.core.files.store import attach_all
from gonghui.core.people.models import Person
from gonghui.core.screens.of_person import OfPersonScreens
from gonghui.core.screens.panels import Attachments, Custom, Facts, plug
from gonghui.kit.prepared import about

from .exchange import HONOURS
from .filters import HonourFilters
from .forms import HonourForm
from .models import Honour
from .rules import HONOUR_RULES
from .tables import HonourTable


class HonourScreens(OfPersonScreens):
    """Model workers, medals and other honours granted from outside the union's own evaluations."""

    model = Honour
    lead = "劳动模范、先进工作者、五一劳动奖章等：谁授予、哪天、什么文号；撤销的也留着。"
    table = HonourTable
    filterset = HonourFilters
    form = HonourForm
    rules = HONOUR_RULES
    export = HONOURS
    create_capability = "honours.write"
    panels = (
        Facts(
            "person", "org", "title", "sort", "level", "granted_by", "granted_on", "document",
            "certificate", "nominated_by", "revoked_on", "revoked_for",
        ),
        Attachments(),
    )  # fmt: skip

    def write(self, form: Any) -> models.Model:
        honour = super().write(form)
        attach_all(honour, form.cleaned_data["papers"], by=self.actor)
        return honour


def honours(person: Person, request: Any) -> dict[str, Any]:
    """What a person was granted, revoked ones marked; the door to one more."""

    def asked(pk: int) -> models.QuerySet[Honour]:
        return HONOUR_RULES["view"].narrow(Honour.objects.filter(person=pk), request.actor)

    may = request.actor.can("honours.write", at=person.org) and person.left_on is None
    add = HonourScreens.url("create") + f"?person={person.pk}"
    rows = list(about(person.pk, ("honours", request.actor.key), asked))
    return {"rows": rows, "add_url": add if may else ""}


plug("people.person", Custom("荣誉", "honours/panel_person.html", honours, part="merit"))
