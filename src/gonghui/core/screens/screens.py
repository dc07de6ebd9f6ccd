"""One declaration per model gives its list, detail, create, edit and transition screens."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property, partial
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from gonghui.core.flow.life import Flow, Transition
from gonghui.core.history.trail import record
from gonghui.kit.addresses import address, numbered
from gonghui.kit.errors import DomainError
from gonghui.kit.keeping import Kept
from gonghui.kit.registry import Registry
from gonghui.kit.rules import Rule, may, with_rights

from .bulk import BulkAction, flags_of, offered, taken
from .changes import changes_of, phrased, snapshot
from .columns import TICK, Columns
from .exports import Export, export_links, exported, names_people
from .meanwhile import FIELD, news, opened
from .paging import Pages, asked_rows
from .panels import Panel, in_part, plugged, timeline
from .place import Place, place_of
from .saved import views_of

registry: Registry[type[Screens]] = Registry("screens")
kept_rows: Kept[models.QuerySet[Any]] = Kept(512)  # never asked themselves, only refined
Doors = list[tuple[str, str]]  # outside the class, whose own ``list`` is a screen
Steps = list[dict[str, Any]]
Routes = list[URLPattern]


class Screens:
    """Declare the parts; override a hook before a handler, and a handler only for a real reason.

    ``rules`` needs ``view``, ``edit`` and ``place``: who sees a row, who changes it, and where a
    new or changed row may lie.
    """

    model: ClassVar[type[models.Model]]
    lead: ClassVar[str] = ""
    table: ClassVar[type[tables.Table]]
    filterset: ClassVar[type[django_filters.FilterSet] | None] = None
    form: ClassVar[type[forms.ModelForm] | None] = None
    rules: ClassVar[dict[str, Rule]]
    flow: ClassVar[Flow | None] = None
    create_capability: ClassVar[str] = ""
    panels: ClassVar[tuple[Panel, ...]] = ()
    parts: ClassVar[dict[str, str]] = {}  # of a long page, each a tab: as panels name it, its label
    org_field: ClassVar[str] = "org"  # narrows lists to the chosen place; "" for lists that are not
    export: ClassVar[Export | None] = None  # where a sheet should hold more than the list shows
    personal: ClassVar[bool] = False  # an export tells of people: it needs a purpose and is logged
    bulk: ClassVar[tuple[BulkAction, ...]] = ()
    # The rows, and what the filters offer, follow from who looks, from where, on which day and at
    # which address alone: then they are worked out once (``kit/prepared.py``).
    steady: ClassVar[bool] = False
    page_size: ClassVar[int] = 25
    namespace: ClassVar[str] = ""  # of routes and templates, where it is not the model's own app
    acts: ClassVar[bool] = False  # ``write`` calls an action, which leaves its own history entry

    def __init_subclass__(cls) -> None:
        if "model" not in cls.__dict__:
            return
        registry.add(cls.model._meta.label_lower, cls)
        if cls.export is None and names_people(cls.model):
            cls.personal = True

    def __init__(self, request: HttpRequest) -> None:
        asker: Any = request  # the middleware has put the actor on it
        self.request = asker
        self.actor = asker.actor

    # Look-up

    def queryset(self) -> models.QuerySet[Any]:
        return self.model._default_manager.all()

    def visible(self, action: str = "view") -> models.QuerySet[Any]:
        return self.rules[action].narrow(self.queryset(), self.actor)

    def fetch(self, pk: int, action: str = "view") -> Any:
        """An object the actor may not touch does not exist for them."""
        return get_object_or_404(self.visible(action), pk=pk)

    @property
    def place(self) -> Place:
        return place_of(self.request)

    @cached_property
    def columns(self) -> Columns:
        return Columns(self)

    def may_create(self) -> bool:
        return self.creates() and self.actor.can(self.create_capability)

    @classmethod
    def creates(cls) -> bool:
        """Whether there is a door at all; records of some models come from other acts."""
        return bool(cls.form and cls.create_capability)

    # Hooks

    def new(self) -> models.Model:
        return self.model()

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {}

    def listed(self) -> models.QuerySet[Any]:
        """The rows of the list before its filters: what the actor sees at the chosen place."""
        if not self.org_field:
            return self.visible()
        return self.place.seen(self.queryset(), self.rules["view"], self.org_field)

    def written(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows with no more than their columns tell, also those one chooses; so to export."""
        return rows

    def drawn(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows with no more than the table itself draws, where nobody chose the columns."""
        return self.written(rows)

    def saved(self, obj: models.Model) -> None:
        """What follows a save, inside its transaction."""

    def waiting(self, obj: models.Model) -> str:
        """Who holds the record and until when, in a sentence, for all who see it."""
        return ""

    def actions(self, obj: models.Model) -> Doors:
        """Further doors on a record's page: (label, address)."""
        return []

    # Handlers

    def list(self) -> HttpResponse:
        if kind := self.request.GET.get("export"):
            return exported(self, kind)
        if self.request.method == "POST":
            return taken(self)
        views = views_of(self.request)
        if not self.request.GET and views.default:
            return redirect(f"{self.request.path}?{views.default.query or 'view=all'}")
        key = self._key()
        rows = self._flagged() if key is None else kept_rows.get(key, self._flagged)
        shown = asked_rows(rows, self.request.GET, self.page_size, key)
        table = self.columns.table(shown, ticks=bool(self.bulk))
        pages = {"per_page": self.page_size, "paginator_class": Pages}
        tables.RequestConfig(self.request, paginate=pages).configure(table)
        bulk = offered(self, table)
        if self.bulk and not bulk:
            table.columns.hide(TICK)
        response = self.page(
            "list",
            fragment="#rows" if self.request.htmx and not self.request.htmx.boosted else "",
            table=table,
            filterset=SimpleLazyObject(lambda: self.found[0]) if self.filterset else None,
            list_key=key,
            may_create=self.may_create(),
            create_url=self.url("create") if self.creates() else "",
            exports=SimpleLazyObject(partial(export_links, self.request)),
            exact_url=SimpleLazyObject(partial(self._address, count="all")),
            views=views,
            bulk=bulk,
        )
        patch_vary_headers(response, ["HX-Request"])
        return response

    def detail(self, pk: int) -> HttpResponse:
        rows = self.visible()
        if self.flow:
            rows = self.flow.with_steps(rows, self.actor)
        return self._detail(get_object_or_404(rows, pk=pk))

    def create(self) -> HttpResponse:
        if not self.may_create():
            raise Http404
        return self._edit(self.new(), "create")

    def update(self, pk: int) -> HttpResponse:
        """A save holds the record from the look at it to the end: nobody else saves between."""
        if self.request.method != "POST":
            return self._edit(self.fetch(pk, "edit"), "update")
        with transaction.atomic():
            self.model._base_manager.select_for_update().filter(pk=pk).values_list("pk").first()
            return self._edit(self.fetch(pk, "edit"), "update")

    def transition(self, pk: int, name: str) -> HttpResponse:
        """GET shows what the step asks for; POST takes it."""
        obj = self.fetch(pk)
        step = self.flow.by_name.get(name) if self.flow else None
        if self.flow is None or step is None:
            raise Http404
        posted = self.request.method == "POST"
        form = _step_form(self, step, obj, posted=posted)
        if not posted or (form and not form.is_valid()):
            asks = {"form": form, "said": step.said_before(obj, timezone.localdate())}
            status = 422 if posted else 200
            return self.page("transition", status=status, object=obj, transition=step, **asks)
        try:
            with transaction.atomic():
                self.flow.perform(obj, name, by=self.actor, **(form.cleaned_data if form else {}))
        except DomainError as error:
            messages.error(self.request, error.sentence)
        return redirect(self.url("detail", obj))

    # Parts of the handlers

    def _address(self, **asked: str) -> str:
        """This very address, asking for something more."""
        query = self.request.GET.copy()
        query.update(asked)
        return f"?{query.urlencode()}"

    def _key(self) -> Hashable:
        """All that a steady list depends on; None where it is asked for anew each time."""
        said = self.request.GET
        if not self.steady or said.get("q"):
            return None  # a word that is sought hardly comes again
        seen = (self.actor.key, self.place.key, timezone.localdate())
        return (type(self), self.bulk, *seen, self.request.path, said.urlencode())

    def _flagged(self) -> models.QuerySet[Any]:
        """The rows of the list, with what the person may do to each."""
        rows = (self.written if self.columns.wanted else self.drawn)(self.found[1])
        return with_rights(rows, self.actor, {"edit": self.rules["edit"]} | flags_of(self))

    @cached_property
    def found(self) -> tuple[Any, models.QuerySet[Any]]:
        """The filters of the list, where it has any, and the rows they let through."""
        rows = self.listed()
        if self.filterset is None:
            return None, rows
        filterset = self.filterset(self.request.GET, queryset=rows, request=self.request)
        return filterset, filterset.qs

    def _detail(self, obj: Any, status: int = 200) -> HttpResponse:
        edit = self.form is not None and may("edit", self.rules, self.actor, obj)
        asked = self.request.GET.get("part", "")
        panels, tabs = in_part(self.all_panels(), self.parts_of(obj), asked)
        return self.page(
            "detail",
            status=status,
            object=obj,
            panels=[panel.fill(obj, self.request) for panel in panels],
            tabs=tabs,
            transitions=self.open_steps(obj),
            waiting=self.waiting(obj),
            may_edit=edit,
            edit_url=self.url("update", obj) if self.form else "",
            history=timeline(obj, self.actor),
            doors=self.actions(obj),
        )

    def parts_of(self, obj: Any) -> dict[str, str]:
        """The parts of this record's page; all on one page where there are none."""
        return self.parts

    def all_panels(self) -> tuple[Panel, ...]:
        """Its own, and what other apps plug into its page."""
        return (*self.panels, *plugged.get(self.model._meta.label_lower, ()))

    def open_steps(self, obj: models.Model) -> Steps:
        """The buttons of this person on this record now; what a step waits for keeps it shut."""
        steps = self.flow.open_to(self.actor, obj) if self.flow else ()
        return _told_once(
            [_button(step, obj, self.url("transition", obj, name=step.name)) for step in steps]
        )

    def _edit(self, obj: Any, verb: str) -> HttpResponse:
        if self.form is None:
            raise Http404
        posted = self.request.method == "POST"
        before = snapshot(obj) if obj.pk else {}
        data = (self.request.POST, self.request.FILES) if posted else (None, None)
        form: Any = self.form(*data, **{"instance": obj} | self.form_kwargs(obj))
        form.opened = opened(form, before)
        if said := news(form, before, self.request.POST.get(FIELD, "")):
            form.add_error(None, said)
        if posted and form.is_valid():
            try:
                with phrased(form.instance):
                    return redirect(self.url("detail", self.save(form, verb, before)))
            except DomainError as error:
                form.add_error(None, error.sentence)
        cancel = self.url("detail", obj) if obj.pk else self.url("list")
        status = 422 if posted else 200
        return self.page(
            "form", status=status, object=obj, form=form, cancel_url=cancel, submit_label="保存"
        )

    @transaction.atomic
    def save(self, form: forms.ModelForm, verb: str, before: dict[str, Any]) -> models.Model:
        """Save, then prove the record lies where the actor may put it; otherwise undo it."""
        obj = self.write(form)
        if not self.rules["place"].allows(self.actor, obj):
            raise Http404
        self.saved(obj)
        if not self.acts:
            record(obj, verb, by=self.actor, changes=changes_of(before, snapshot(obj)))
        return obj

    def write(self, form: forms.ModelForm) -> models.Model:
        """Put the form's record into the database."""
        saved: models.Model = form.save()
        return saved

    # Rendering and addresses

    def page(
        self, screen: str, fragment: str = "", status: int = 200, **context: Any
    ) -> TemplateResponse:
        meta = self.model._meta
        own = self.namespace or meta.app_label
        names = [f"{own}/{meta.model_name}_{screen}.html", f"screens/{screen}.html"]
        context |= {"screens": self, "meta": meta, "list_url": self.url("list")}
        templates = [name + fragment for name in names]
        return TemplateResponse(self.request, templates, context, status=status)

    @classmethod
    def url(cls, role: str, obj: Any = None, **kwargs: Any) -> str:
        meta = cls.model._meta
        name = f"{cls.namespace or meta.app_label}:{meta.model_name}-{role}"
        if kwargs:
            return reverse(name, kwargs=({"pk": obj.pk} if obj is not None else {}) | kwargs)
        return address(name) if obj is None else numbered(name)(obj.pk)

    @classmethod
    def urls(cls) -> Routes:
        """The routes of this model, under its own name."""
        return _routes(cls)


def _routes(screens: type[Screens]) -> Routes:
    """Those of what the declaration has; a page that nothing writes to is only read."""
    base = screens.model._meta.model_name
    writes = require_http_methods(["GET", "HEAD", "POST"])
    reads = require_http_methods(["GET", "HEAD"])
    lists = writes if screens.bulk or screens.personal or screens.export else reads
    routes: Any = [("", "list", lists), ("<int:pk>/", "detail", reads)]
    if screens.creates():
        routes.append(("new/", "create", writes))
    if screens.form is not None:
        routes.append(("<int:pk>/edit/", "update", writes))
    if screens.flow is not None:
        routes.append(("<int:pk>/do/<slug:name>/", "transition", writes))

    def at(route: str, role: str, methods: Any) -> Any:
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = getattr(screens(request), role)(**kwargs)
            return response

        return path(f"{base}/{route}", methods(view), name=f"{base}-{role}")

    return [at(*route) for route in routes]


def _button(step: Transition, obj: models.Model, url: str) -> dict[str, Any]:
    """A step as it is drawn on the page of a record."""
    return {
        "name": step.name,
        "label": step.label,
        "url": url,
        "confirm": step.confirm or step.warns is not None,
        "form": step.form is not None,  # a template would call the class
        "is_main": step.is_main,
        "waits": step.kept_by(obj, timezone.localdate()),
    }


def _told_once(buttons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps that wait for the same are described by one sentence, beside the first of them."""
    first: dict[str, str] = {}
    for one in buttons:
        one["described"] = first.setdefault(one["waits"], one["name"])
    return buttons


def _step_form(screens: Screens, step: Transition, obj: Any, *, posted: bool) -> Any:
    """What a step asks for; a form that says so is told of the record and of who asks."""
    if step.form is None:
        return None
    data = (screens.request.POST, screens.request.FILES) if posted else (None, None)
    told = hasattr(step.form, "takes_subject")
    return step.form(*data, **({"subject": obj, "actor": screens.actor} if told else {}))
