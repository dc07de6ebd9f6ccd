"""Schemes with their milestones, ladders with their tiers, and who stands on which."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gonghui.core.screens.panels import Attachments, Custom, Facts, Text
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Doors, Screens
from gonghui.core.screens.small_forms import writes
from gonghui.kit.errors import DomainError

from ..actions.growing import place_person
from ..actions.tracks import adopt, set_milestones, set_tiers, templates
from ..filters import PlacementFilters
from ..forms.records import LadderForm, PlacementForm, TrackForm
from ..forms.small import MilestoneSet, TierSet, rows_of
from ..models import Ladder, Milestone, Placement, Tier, Track
from ..queries.tracks import standing_on, titles_of
from ..rules import LADDER_RULES, PLACEMENT_RULES, TRACK_RULES
from ..tables import LadderTable, PlacementTable, TrackTable


def _milestones(track: Track, request: Any) -> dict[str, Any]:
    rows = Milestone.objects.filter(track=track)
    return {"milestones": list(rows), "pairs": _running(track)}


def _running(track: Track) -> int:
    return track.pairs.filter(state="running").count()  # type: ignore[attr-defined, no-any-return]  # our own key's other end


class _OfBody(Screens):
    """What schemes and ladders have in common."""

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


class TrackScreens(_OfBody):
    """A unit's own schemes: by when whoever is brought on has come how far."""

    model = Track
    lead = "本单位的培养方案：几个月内达到什么；结对时选一个，到期提醒。"
    table = TrackTable
    form = TrackForm
    rules = TRACK_RULES
    create_capability = "learning.write"
    panels = (
        Custom("培养目标", "mentoring/panel_milestones.html", _milestones),
        Facts("org", "audience", "source", "is_current"),
        Text("note"),
        Attachments(),
    )

    def actions(self, obj: models.Model) -> Doors:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("填写培养目标", reverse("mentoring:track-milestones", args=[obj.pk]))]

    def page(self, screen: str, *args: Any, **context: Any) -> TemplateResponse:
        """The list offers what is shipped and not taken here yet."""
        if screen == "list":
            context["shipped"] = self._shipped()
        return super().page(screen, *args, **context)

    def _shipped(self) -> list[Any]:
        org = self.place.org
        if org is None or not self.actor.can("learning.write", at=org):
            return []
        taken = titles_of(org)
        return [one for one in templates().values() if one.title not in taken]


@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take a shipped scheme as the body's own."""
    asker: Any = request
    org = place_of(request).org
    if org is None or not asker.actor.can("learning.write", at=org):
        raise Http404
    try:
        track = adopt(org, key, by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
        return redirect(TrackScreens.url("list"))
    messages.success(request, "已建成本单位的方案，请把空着的内容填上。")
    return redirect(TrackScreens.url("detail", track))


@writes
def milestones(request: HttpRequest, pk: int) -> HttpResponse:
    """All milestones of a scheme on one page, with two rows more."""
    asker: Any = request
    track = TrackScreens(request).fetch(pk, "edit")
    held = Milestone.objects.filter(track=track)
    formset = MilestoneSet(request.POST if request.method == "POST" else None, queryset=held)
    if formset.is_bound and formset.is_valid():
        try:
            set_milestones(track, rows_of(formset), by=asker.actor)
            return redirect(TrackScreens.url("detail", track))
        except DomainError as error:
            messages.error(request, error.sentence)
    back = TrackScreens.url("detail", track)
    lead = "五关、五课这样只有名称的，写明内容以后才能评定。"
    return _set(request, formset, track, {"title": "培养目标", "lead": lead, "back": back})


def _tiers(ladder: Ladder, request: Any) -> dict[str, Any]:
    day = timezone.localdate()
    found = standing_on(ladder, day)
    tiers = Tier.objects.filter(ladder=ladder)
    return {"tiers": [(one, found.get(one.pk, 0)) for one in tiers], "ladder": ladder}


class LadderScreens(_OfBody):
    """A unit's tiers by which people are cultivated."""

    model = Ladder
    lead = "分层培养：本单位分几层、每层怎样培养、每层现在有谁。"
    table = LadderTable
    form = LadderForm
    rules = LADDER_RULES
    create_capability = "learning.write"
    panels = (
        Custom("层次", "mentoring/panel_tiers.html", _tiers),
        Facts("org", "audience", "source", "is_current"),
        Text("note"),
    )

    def actions(self, obj: models.Model) -> Doors:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("填写层次", reverse("mentoring:ladder-tiers", args=[obj.pk]))]


@writes
def tiers(request: HttpRequest, pk: int) -> HttpResponse:
    """All tiers of a ladder on one page, with two rows more."""
    asker: Any = request
    ladder = LadderScreens(request).fetch(pk, "edit")
    held = Tier.objects.filter(ladder=ladder)
    formset = TierSet(request.POST if request.method == "POST" else None, queryset=held)
    if formset.is_bound and formset.is_valid():
        try:
            set_tiers(ladder, rows_of(formset), by=asker.actor)
            return redirect(LadderScreens.url("detail", ladder))
        except DomainError as error:
            messages.error(request, error.sentence)
    back = LadderScreens.url("detail", ladder)
    lead = "第 1 层最低，往上数。"
    return _set(request, formset, ladder, {"title": "层次", "lead": lead, "back": back})


def _set(request: HttpRequest, formset: Any, whole: Any, words: dict[str, Any]) -> HttpResponse:
    context = {"formset": formset, "whole": whole, **words}
    status = 422 if formset.is_bound else 200
    return TemplateResponse(request, "mentoring/set.html", context, status=status)


class PlacementScreens(Screens):
    """On which tier people stand, from when to when."""

    model = Placement
    lead = "谁在哪一层、从什么时候起；登记新的一层，原来的自动到前一天为止。"
    table = PlacementTable
    filterset = PlacementFilters
    form = PlacementForm
    rules = PLACEMENT_RULES
    create_capability = "learning.write"
    panels = (Facts("person", "org", "ladder", "tier", "since", "until", "reason"), Attachments())

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person", "ladder", "tier")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor}

    def save(self, form: Any, verb: str, before: dict[str, Any]) -> models.Model:
        """Somebody is placed by an action, which ends the tier before and leaves its entry."""
        self.acts = verb == "create"  # type: ignore[misc]  # of this screen alone
        return super().save(form, verb, before)

    def write(self, form: Any) -> models.Model:
        if form.instance.pk:
            return super().write(form)
        said = form.cleaned_data
        facts = {"since": said["since"], "reason": said["reason"]}
        return place_person(said["person"], said["tier"], by=self.actor, **facts)


urlpatterns: list[URLPattern] = [
    *TrackScreens.urls(),
    path("track/take/<slug:key>/", take, name="track-take"),
    path("track/<int:pk>/milestones/", milestones, name="track-milestones"),
    *LadderScreens.urls(),
    path("ladder/<int:pk>/tiers/", tiers, name="ladder-tiers"),
    *PlacementScreens.urls(),
]
