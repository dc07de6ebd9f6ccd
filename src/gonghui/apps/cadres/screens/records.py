"""The officer's screens of rules, entitlements and ratings."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from gonghui.core.files.store import attach_all, attachments_of
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import for_body
from gonghui.core.screens.of_person import OfPersonScreens
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts, Text
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import posted, small_form, writes

from .. import actions, queries
from ..exchange import ENTITLEMENTS, RATINGS, REGULATIONS
from ..filters import EntitlementFilters, RatingFilters, RegulationFilters
from ..forms import EntitlementForm, RatingForm, RegulationForm, RepealForm, VersionForm
from ..models import Entitlement, Rating, Regulation
from ..rules import ENTITLEMENT_RULES, RATING_RULES, REGULATION_RULES
from ..tables import EntitlementTable, RatingTable, RegulationTable
from .three_ones import ones_of_rating

WORDS |= {"meeting": "通过会议", "person": "人员"}


def versions(regulation: Regulation, request: Any) -> dict[str, Any]:
    """Every version with its text; the one in force today is marked."""
    rows = [(one, list(attachments_of(one))) for one in regulation.versions.all()]
    return {"rows": rows, "now": queries.in_force(regulation, timezone.localdate())}


class RegulationScreens(Screens):
    """The rule library: what each union has laid down, and the version in force."""

    model = Regulation
    lead = "本会的规章制度：现行的是哪一版、哪次会议通过、从哪天起施行。"
    table = RegulationTable
    filterset = RegulationFilters
    form = RegulationForm
    rules = REGULATION_RULES
    export = REGULATIONS
    create_capability = "organisation.write"
    panels = (
        Facts("title", "subject", "org"),
        Custom("版本", "cadres/panel_versions.html", versions),
    )

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset().select_related("org")
        return queries.with_version(rows, timezone.localdate())

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return for_body(self, obj)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        doors = [("登记版本", reverse("cadres:regulation-version", args=[obj.pk]))]
        if queries.in_force(obj, timezone.localdate()):
            doors.append(("废止", reverse("cadres:regulation-repeal", args=[obj.pk])))
        return doors


@writes
def version(request: Any, pk: int) -> HttpResponse:
    """A new version comes into force, with its text."""
    regulation = RegulationScreens(request).fetch(pk, "edit")
    form = VersionForm(*posted(request))

    @transaction.atomic
    def enter() -> None:
        values = dict(form.cleaned_data)
        files = values.pop("texts")
        made = actions.add_version(regulation, by=request.actor, **values)
        attach_all(made, files, by=request.actor, role="text")

    back = RegulationScreens.url("detail", regulation)
    return small_form(request, form, enter, back=back, title="登记版本", of=regulation)


@writes
def repeal(request: Any, pk: int) -> HttpResponse:
    """The version in force ends without a new one."""
    regulation = RegulationScreens(request).fetch(pk, "edit")
    form = RepealForm(posted(request)[0])

    def act() -> None:
        actions.repeal(regulation, by=request.actor, **form.cleaned_data)

    back = RegulationScreens.url("detail", regulation)
    return small_form(request, form, act, back=back, title="废止", of=regulation, submit="废止")


class EntitlementScreens(OfPersonScreens):
    """What union cadres are entitled to, and whether they have it."""

    model = Entitlement
    lead = "工会干部的政治待遇和经济待遇：应落实的、已落实的。"
    table = EntitlementTable
    filterset = EntitlementFilters
    form = EntitlementForm
    rules = ENTITLEMENT_RULES
    export = ENTITLEMENTS
    create_capability = "cadres.write"
    panels = (
        Facts("person", "org", "kind", "what", "basis", "due_on", "done_on", "note"),
        Attachments(),
    )


def scores(rating: Rating, request: Any) -> dict[str, Any]:
    """The points of each ability beside those of the rating before."""
    before = queries.ratings_before(rating).first()
    old = {one.ability: one.points for one in before.scores.all()} if before else {}
    return {
        "rows": [(one, old.get(one.ability)) for one in rating.scores.all()],
        "before": before,
    }


class RatingScreens(OfPersonScreens):
    """Dated ratings of cadres by the ability profiles of the founding documents."""

    model = Rating
    lead = "按能力模板评定工会干部，前后可以比较；本人看得到自己的评定。"
    table = RatingTable
    filterset = RatingFilters
    form = RatingForm
    rules = RATING_RULES
    acts = True
    export = RATINGS
    create_capability = "cadres.write"
    panels = (
        Facts("person", "org", "profile", "on", "by"),
        Custom("能力", "cadres/panel_scores.html", scores),
        Text("note"),
        Custom("三个一", "cadres/panel_ones.html", ones_of_rating),
    )

    def queryset(self) -> models.QuerySet[Any]:
        rows = super().queryset().select_related("org", "person", "by")
        return rows.prefetch_related("scores")

    def write(self, form: Any) -> models.Model:
        said = form.cleaned_data
        if form.instance.pk:
            points = {"points": form.points, "note": said["note"]}
            return actions.change_rating(form.instance, by=self.actor, **points)
        person: Person = said["person"]
        facts = {name: said[name] for name in ("profile", "on", "note")}
        return actions.rate(person, org=person.org, points=form.points, by=self.actor, **facts)
