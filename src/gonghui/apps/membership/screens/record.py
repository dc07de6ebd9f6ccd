"""A person's record on their page, its form, and the birthdays of a month."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from gonghui.core.people.consents import has_agreed
from gonghui.core.people.models import Person, Scope
from gonghui.core.screens.doors import list_of
from gonghui.core.screens.place import place_of
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.rules import may

from ..actions.record import change_record
from ..forms.record import RecordForm
from ..queries.record import born_in, facts_of, missing_of, sealed_of, turning
from ..rules import PERSON_RULES

FURTHER_FACTS = (
    "birth_date", "work_status", "gig", "is_migrant", "employer", "department", "position",
    "duty", "former_unit", "ethnicity", "politics", "education", "degree", "household",
    "domicile", "residence", "skill", "title_level", "card_no",
)  # fmt: skip
MOST = 500  # birthdays on one page


def particulars(person: Person, request: Any) -> dict[str, Any]:
    """The further facts, with the way to their form."""
    edits = person.anonymised_at is None and may("edit", PERSON_RULES, request.actor, person)
    url = reverse("membership:person-record", args=[person.pk]) if edits else ""
    lines = facts_of(person, FURTHER_FACTS)
    facts = [(line.label, line.value) for line in lines]
    return {"facts": facts, "url": url, "missing": missing_of(person) if edits else []}


def identity(person: Person, request: Any) -> dict[str, Any]:
    """The masks of what is sealed; each with the way to see it, for whoever may."""
    reveals = may("reveal", PERSON_RULES, request.actor, person)
    url = reverse("membership:person-reveal", args=[person.pk]) if reveals else ""
    removal = reverse("membership:person-anonymise", args=[person.pk])
    forget = person.left_on and may("anonymise", PERSON_RULES, request.actor, person)
    return {"lines": sealed_of(person), "url": url, "removal_url": removal if forget else ""}


@sensitive_post_parameters()
@writes
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a person, changed by whoever keeps people there."""
    asker: Any = request
    rows = Person.objects.select_related("org", "particulars", "identity")
    person = get_object_or_404(PERSON_RULES["edit"].narrow(rows, asker.actor), pk=pk)
    sensitive = has_agreed(person, Scope.SENSITIVE)
    form = RecordForm(posted(request)[0], person=person, sensitive=sensitive)

    def change() -> None:
        change_record(person, by=asker.actor, **form.changed())

    back, lead = reverse("membership:person-detail", args=[pk]), "证件号码会带出出生日期和性别。"
    return small_form(request, form, change, back=back, title="修改资料", of=person, lead=lead)


@require_safe
def birthdays(request: HttpRequest) -> HttpResponse:
    """Whose birthday it is in a month, at the chosen place."""
    asker: Any = request
    today = timezone.localdate()
    month = _month(request.GET.get("month", ""), today.month)
    rows = PERSON_RULES["view"].narrow(Person.objects.select_related("org"), asker.actor)
    place = place_of(asker)
    found = list(born_in(place.narrow(rows, "org"), month)[: MOST + 1])
    at = f"&org={place.org.pk}&scope={'below' if place.below else 'own'}" if place.org else ""
    context = {
        "month": month,
        "months": [
            {"label": f"{n} 月", "url": f"?month={n}", "current": n == month} for n in range(1, 13)
        ],
        "people": [(person, turning(person, today)) for person in found[:MOST]],
        "is_cut": len(found) > MOST,
        "list_url": list_of("people.person", f"?born={month}{at}"),
    }
    return TemplateResponse(request, "membership/birthdays.html", context)


def _month(said: str, now: int) -> int:
    return int(said) if said.isdigit() and 1 <= int(said) <= 12 else now
