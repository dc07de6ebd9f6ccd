"""Tasks: their list and pages, and what is noted on them while they are worked on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods, require_POST

from gonghui.core.orgs.models import Org
from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.panels import WORDS, Custom
from gonghui.core.screens.screens import Screens
from gonghui.kit.addresses import address
from gonghui.kit.errors import DomainError
from gonghui.kit.prepared import the_one
from gonghui.kit.rules import may, state_in

from .. import actions, api
from ..actions.cadence import change_cadence, words_of
from ..actions.items import add_item, span_of
from ..actions.passing import send_to
from ..actions.tasks import change_task, hand_over
from ..exchange import ITEMS
from ..filters import ItemFilters
from ..flow import TASK_LIFE
from ..forms.cadence import CadenceForm
from ..forms.owner import OwnerForm
from ..forms.passing import SendManyForm
from ..forms.tasks import ActualForm, BindForm, ItemForm, ProgressForm, TurnForm, place_named
from ..models import Item
from ..models.item import UNFINISHED
from ..queries.views import by_due, dressed, shown, whole, with_turns
from ..rules import ITEM_RULES, of_open_plan
from ..tables import ItemTable
from .task_panel import task_panel, to_report

WORDS |= {"count": "条数", "file": "文件", "units": "单位", "own_done": "本级任务同时办完"}


OWNERS = ("owner", "owner_org", "helpers", "helper_orgs")
_sends = ITEM_RULES["send"] & of_open_plan
_hands = ITEM_RULES["edit"] & state_in(*UNFINISHED)


class ItemScreens(Screens):
    """Tasks of the chosen place, of plans that are worked from unless others are asked for."""

    model = Item
    title = "任务"
    lead = "计划里要办的每一件事：谁办、什么时候办、办到哪一步。"
    table = ItemTable
    filterset = ItemFilters
    form = ItemForm
    rules = ITEM_RULES
    flow = TASK_LIFE
    create_capability = "plans.write"
    panels = (Custom("", "plans/panel_task.html", task_panel),)
    export = ITEMS
    steady = True
    bulk = (
        BulkAction("assign", "改负责人", _hands, hand_over, OwnerForm),
        BulkAction.of(TASK_LIFE, "put_off"),
        BulkAction.of(TASK_LIFE, "finish"),
        BulkAction("send_down", "下达给下级", _sends, send_to, SendManyForm),
    )
    acts = True

    def queryset(self) -> models.QuerySet[Any]:
        return dressed(Item.objects.select_related("org"))

    def listed(self) -> models.QuerySet[Any]:
        rows: Any = super().listed()
        return by_due(with_turns(rows.tasks()))

    def drawn(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return shown(rows)

    def detail(self, pk: int) -> HttpResponse:
        def asked(pk: int) -> models.QuerySet[Any]:
            rows = whole(self.visible(), self.actor)
            return TASK_LIFE.with_steps(rows, self.actor).filter(pk=pk)

        return self._detail(the_one(pk, ("task", self.actor.key), asked))

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if obj.plan.is_open and may("edit", self.rules, self.actor, obj):
            if obj.is_task:
                doors.append(("改周期", reverse("plans:item-cadence", args=[obj.pk])))
            if not obj.is_task:
                add = f"{self.url('create')}?under=item:{obj.pk}"
                doors.append(("在此添加任务", add))
            elif self.actor.can("plans.send", at=obj.org):
                doors.append(("下达给下级", reverse("plans:send-down", args=[obj.pk])))
        if directive := to_report(obj, self.actor):
            step = {"pk": directive.pk, "name": "report"}
            doors.append(("上报上级", reverse("plans:directive-transition", kwargs=step)))
        return doors

    def list(self) -> HttpResponse:
        response = super().list()
        context = getattr(response, "context_data", None)
        if context is not None:  # a page, neither a file nor the way to one
            context["tabs"] = SimpleLazyObject(partial(tabs, self.request, self.actor))
        return response

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        said = self.request.POST.get("under") or self.request.GET.get("under", "")
        return {"actor": self.actor, "org": self._org(said), "under": said}

    def _org(self, under: str) -> Org:
        """The body whose plans are offered: that of the heading one came from, else the place."""
        named = place_named(under, self.actor)
        org: Org = named[0].org if named else self.place.org or self.actor.person.org
        return org

    def write(self, form: Any) -> models.Model:
        said = dict(form.cleaned_data)
        owners = {name: said.pop(name) for name in OWNERS}
        if form.instance.pk:
            return change_task(form.instance, by=self.actor, **owners, **said)
        named = place_named(said.pop("under"), self.actor)
        if named is None:
            raise Http404
        plan, parent = named
        if said["due_on"] is None and said["months"]:
            said["starts_on"], said["due_on"] = span_of(plan, said["months"], None)
        helpers, helper_orgs = owners.pop("helpers"), owners.pop("helper_orgs")
        item = add_item(plan, by=self.actor, parent=parent, **owners, **said)
        item.helpers.set(helpers)
        item.helper_orgs.set(helper_orgs)
        return item

    def cadence(self, pk: int) -> HttpResponse:
        """Ask how often the task comes round, and make its open turns anew."""
        item = self.fetch(pk, "edit")
        posted = self.request.method == "POST"
        form = CadenceForm(self.request.POST if posted else None, item=item)
        if posted and form.is_valid():
            try:
                change_cadence(item, every=form.every, by=self.actor)
                messages.success(self.request, "周期已改，没有办的各期已重新排定。")
                return redirect(self.url("detail", item))
            except DomainError as error:
                form.add_error(None, error.sentence)
        done = item.occurrences.exclude(done_on=None).count()
        context = {"object": item, "form": form, "now": words_of(item.every), "done": done}
        status = 422 if posted else 200
        return self.page("cadence", status=status, cancel_url=self.url("detail", item), **context)

    # What is noted while one works

    def note(self, pk: int) -> HttpResponse:
        """Keep what was done, with its photos, which begins a task that was not begun.

        A wrong form comes back with what was typed.
        """
        item = self.fetch(pk, "work")
        form = ProgressForm(self.request.POST, self.request.FILES)
        if form.is_valid():
            try:
                api.report_progress(item, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                form.add_error(None, error.sentence)
        return self._noted(item, form, "progress")

    def keep(self, pk: int) -> HttpResponse:
        """Keep one turn of a task that repeats; the last one finishes the task."""
        item = self.fetch(pk, "work")
        form = TurnForm(self.request.POST, item=item)
        if form.is_valid():
            said = form.cleaned_data
            text = said["text"] or "按期完成。"
            try:
                is_last = api.report_turn(said["turn"], on=said["on"], text=text, by=self.actor)
                if is_last:
                    messages.success(self.request, "各期都记过了，这项任务已办完。")
            except DomainError as error:
                form.add_error(None, error.sentence)
        return self._noted(item, form, "turns")

    def measure(self, pk: int) -> HttpResponse:
        """Keep the figure reached of the target that is posted."""
        item = self.fetch(pk, "work")
        target = self._target(item)
        form = ActualForm(self.request.POST, self.request.FILES, prefix=f"target{target.pk}")
        if form.is_valid():
            try:
                actions.set_actual(target, by=self.actor, **form.cleaned_data)
            except DomainError as error:
                form.add_error(None, error.sentence)
        return self._noted(item, form, "targets")

    def bind(self, pk: int) -> HttpResponse:
        """Let an indicator count the target that is posted, or let it be written down again."""
        item = self.fetch(pk, "edit")
        target = self._target(item)
        form = BindForm(self.request.POST, target=target, prefix=f"bind{target.pk}")
        if form.is_valid():
            code, today = form.cleaned_data["code"], timezone.localdate()
            try:
                actions.bind_target(target, code=code, by=self.actor, today=today)
            except DomainError as error:
                form.add_error("code", error.sentence)
        return self._noted(item, form, "targets")

    def _target(self, item: Item) -> Any:
        said = self.request.POST.get("target", "")
        return get_object_or_404(item.targets, pk=int(said) if said.isdigit() else 0)

    def _noted(self, item: Item, form: Any, part: str) -> HttpResponse:
        if form.errors:
            self.request.wrong_forms = {form.prefix or part: form}
            return self._detail(item, status=422)
        messages.success(self.request, "已记下。")
        return redirect(f"{self.url('detail', item)}#{part}")


def tabs(request: HttpRequest, actor: Any) -> list[dict[str, Any]]:
    """The ways to look at the tasks of a place; whoever reads no plans has only their own."""
    reads = any(actor.can(name) for name in ("plans.view", "plans.write", "plans.review"))
    names = [("我的任务", "my-tasks", "user")]
    if reads:
        names += [
            ("全部", "item-list", "list-check"),
            ("逾期", "overdue", "alert-triangle"),
            ("按责任人", "by-owner", "users"),
            ("按方面", "by-area", "columns"),
            ("日历", "calendar", "calendar"),
        ]
    found = []
    for label, name, icon in names:
        url = address(f"plans:{name}")
        found.append({"label": label, "url": url, "icon": icon, "current": url == request.path})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def cadence(request: HttpRequest, pk: int) -> HttpResponse:
    return ItemScreens(request).cadence(pk)


def _door(role: str) -> Any:
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        response: HttpResponse = getattr(ItemScreens(request), role)(pk)
        return response

    return view


urlpatterns: list[URLPattern] = [
    *ItemScreens.urls(),
    path("item/<int:pk>/cadence/", cadence, name="item-cadence"),
    path("item/<int:pk>/progress/", _door("note"), name="item-progress"),
    path("item/<int:pk>/turn/", _door("keep"), name="item-turn"),
    path("item/<int:pk>/actual/", _door("measure"), name="item-actual"),
    path("item/<int:pk>/bind/", _door("bind"), name="item-bind"),
]
