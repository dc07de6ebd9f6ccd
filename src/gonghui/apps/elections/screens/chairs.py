"""The lists and pages of what a new chair is owed, and of chairs who leave early."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from gonghui.core.files.store import attach_all
from gonghui.core.people.models import Post
from gonghui.core.screens.doors import door
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts, plug
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import small_form, writes
from gonghui.kit.errors import DomainError

from ..actions import terms as actions
from ..actions.departures import check_post, leads, union_of
from ..actions.seating import is_chair, welcome_chair
from ..filters import ChairDutyFilters, DepartureFilters
from ..flow import DEPARTURE
from ..forms.terms import ChairDutyForm, DepartureForm
from ..models import ChairDuty, Departure
from ..rules import CHAIRDUTY_RULES, DEPARTURE_RULES, welcomes
from ..tables import ChairDutyTable, DepartureTable

WORDS |= {
    "done_on": "完成日期",
    "decided_on": "表决日期",
    "eligible": "全体人数",
    "yes": "赞成票",
    "meeting": "表决会议",
    "submitted_on": "报上级日期",
    "approved_on": "同意日期",
    "approval": "文号",
    "left_on": "离任日期",
}


class ChairDutyScreens(Screens):
    """The talks and trainings that new chairs are owed, the open ones first."""

    model = ChairDuty
    lead = "新当选的主席要有任前谈话和岗位培训；办完登记日期和经过。"
    table = ChairDutyTable
    filterset = ChairDutyFilters
    rules = CHAIRDUTY_RULES
    panels = (
        Facts("person", "org", "post", "kind", "since", "done_on", "note"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person", "post__org", "post__person")

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("登记完成", reverse("elections:chairduty-fulfil", args=[obj.pk]))]


@writes
def fulfil(request: Any, pk: int) -> HttpResponse:
    """The talk was held or the training done: when, with whom, with what papers."""
    duty = ChairDutyScreens(request).fetch(pk, "edit")
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ChairDutyForm(*data, duty=duty)

    @transaction.atomic
    def keep() -> None:
        values = dict(form.cleaned_data)
        files = values.pop("papers")
        done = actions.fulfil_duty(duty, by=request.actor, **values)
        attach_all(done, files, by=request.actor)

    back = ChairDutyScreens.url("detail", duty)
    return small_form(request, form, keep, title="登记完成", of=duty, lead=str(duty.org), back=back)


def duties(post: Post, request: Any) -> dict[str, Any]:
    """Of a chair's post: the talk and the training, or the door to owing them to a new chair."""
    if not is_chair(post):
        return {}
    rows = CHAIRDUTY_RULES["view"].narrow(post.duties.all(), request.actor)  # type: ignore[attr-defined]  # our own related name
    known = post.duties.exists()  # type: ignore[attr-defined]  # likewise
    may = not known and post.until is None and welcomes.allows(request.actor, post)
    return {
        "rows": [(one, door(one)) for one in rows],
        "begin": reverse("elections:post-duties", args=[post.pk]) if may else "",
    }


@require_POST
def welcome(request: Any, pk: int) -> HttpResponse:
    """A new chair whose election was not held here is owed the talk and the training."""
    rows = welcomes.narrow(Post.objects.select_related("org__parent", "person"), request.actor)
    post = get_object_or_404(rows, pk=pk)
    try:
        welcome_chair(post, by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect(door(post))


class DepartureScreens(Screens):
    """Chairs and vice-chairs who leave before their term ends."""

    model = Departure
    lead = "主席、副主席任期未满：罢免须大会过半数通过，调动须征得本级委员会和上一级工会同意。"
    table = DepartureTable
    filterset = DepartureFilters
    form = DepartureForm
    rules = DEPARTURE_RULES
    flow = DEPARTURE
    create_capability = "elections.write"
    panels = (
        Facts(
            "post", "org", "way", "reason", "proposed_on", "decided_on", "meeting", "eligible",
            "yes", "submitted_on", "approved_on", "approval", "left_on",
        ),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org__parent", "post__person", "post__org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"actor": self.actor}
        said = self.request.GET.get("post", "")
        return given if obj.pk or not said.isdigit() else given | {"initial": {"post": int(said)}}

    def write(self, form: Any) -> models.Model:
        """The departure lies with the union whose post it is."""
        departure: Departure = form.instance
        if not departure.pk:
            departure.post = form.cleaned_data["post"]
            check_post(departure.post)
            departure.org = union_of(departure.post)
        saved: Departure = form.save()
        return saved


def leaving(post: Post, request: Any) -> dict[str, Any]:
    """Of a chair's post: the departures there were, and the door to one where it may be begun."""
    shown = DEPARTURE_RULES["view"].narrow(post.departures.all(), request.actor)  # type: ignore[attr-defined]  # our own related name
    rows = list(shown)
    under_way = any(one.is_open for one in rows)
    may = leads(post) and post.until is None and not under_way
    may = may and request.actor.can("elections.write", at=post.org)
    begin = DepartureScreens.url("create") + f"?post={post.pk}"
    return {"rows": [(one, door(one)) for one in rows], "begin": begin if may else ""}


plug("people.post", Custom("新任主席", "elections/panel_duties.html", duties))
plug("people.post", Custom("离任", "elections/panel_leaving.html", leaving))

urlpatterns = [
    *ChairDutyScreens.urls(),
    path("chairduty/<int:pk>/fulfil/", fulfil, name="chairduty-fulfil"),
    path("post/<int:pk>/duties/", welcome, name="post-duties"),
    *DepartureScreens.urls(),
]
