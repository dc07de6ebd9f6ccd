"""The screens of standards: all in force at a place, one with its history, an own value."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.regulations.changing import Paper, end_standard, set_standard
from gonghui.core.regulations.figures import Figure, areas, figures
from gonghui.core.regulations.models import Standard
from gonghui.core.regulations.queries import STATES, InForce, in_force, values_seen
from gonghui.core.regulations.standards import source_words, standard
from gonghui.core.screens.panels import WORDS
from gonghui.core.screens.place import place_of
from gonghui.kit.errors import DomainError
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

WORDS |= {"key": "标准", "value": "数值", "since": "自", "document": "依据文件", "days": "天数"}
LIST = "backoffice:standards"


class OwnValueForm(forms.Form):
    """An own value of one figure, from a day on, with the document it rests on."""

    org = LookupField(
        label="适用范围",
        names=("name", "short_name", "pinyin", "initials"),
        help_text=(
            "在这个组织和它的全部下级有效；下级自己另有规定的，以下级的为准。"
            "双重领导的单位，产业工会的规定先于地方工会的。"
        ),
    )
    value = forms.CharField(label="数值", max_length=1000)
    since = forms.DateField(label="自", widget=Day)
    document = forms.CharField(label="依据文件", max_length=100)
    number = forms.CharField(label="文号", max_length=60, required=False)
    clause = forms.CharField(label="条款", max_length=60, required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, *args: Any, figure: Figure, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Org.objects.filter(actor.reach("regulations.set", field=""), until=None)
        self.fields["org"].offer(bodies)  # type: ignore[attr-defined]  # our own field
        self.fields["value"] = _value_field(figure)
        self.figure = figure

    def clean_value(self) -> str:
        text: str = self.cleaned_data["value"]
        try:
            self.figure.parse(text)
        except DomainError as error:
            raise forms.ValidationError(error.sentence) from error
        return text


def _value_field(figure: Figure) -> forms.Field:
    if figure.choices:
        return forms.ChoiceField(label="数值", choices=figure.choices)
    unit = f"单位：{figure.unit}。" if figure.unit else ""
    area = forms.Textarea(attrs={"rows": 8}) if figure.kind == "bands" else forms.TextInput()
    help_text = f"{unit}{figure.hint}。"
    return forms.CharField(label="数值", max_length=1000, widget=area, help_text=help_text)


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """Every figure as it stands at the place today; ``area`` and ``state`` narrow the list."""
    asker: Any = request
    _check_may_see(asker.actor)
    place = place_of(request)
    area, state = request.GET.get("area", ""), request.GET.get("state", "")
    day = timezone.localdate()
    rows = in_force(place.org, day)
    shown = [row for row in rows if _fits(row, area, state)]
    by_area: dict[str, list[InForce]] = {}
    for row in shown:
        by_area.setdefault(row.figure.area, []).append(row)
    context = {
        "org": place.org,
        "groups": list(by_area.items()),
        "count": len(shown),
        "areas": _tabs("area", area, [(one, one) for one in areas()], {"state": state}),
        "states": _tabs("state", state, list(STATES.items()), {"area": area}, rows),
    }
    return TemplateResponse(request, "backoffice/standards.html", context)


def _fits(row: InForce, area: str, state: str) -> bool:
    return (not area or row.figure.area == area) and (not state or row.state == state)


def _tabs(
    name: str,
    chosen: str,
    choices: list[tuple[str, str]],
    kept: dict[str, str],
    rows: list[InForce] | None = None,
) -> list[dict[str, Any]]:
    """The choices of one filter as tabs that keep the other."""
    tabs = []
    for value, label in [("", "全部"), *choices]:
        query = {key: said for key, said in {**kept, name: value}.items() if said}
        url = f"{reverse(LIST)}?{urlencode(query)}" if query else reverse(LIST)
        count = sum(row.state == value for row in rows or ()) if value else 0
        tabs.append({"label": label, "url": url, "current": value == chosen, "count": count})
    return tabs


@require_safe
def standard_page(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: what holds here, where it comes from, and every value there was."""
    asker: Any = request
    _check_may_see(asker.actor)
    figure, org = _figure(key), place_of(request).org
    day = timezone.localdate()
    held = [
        {"row": row, "lines": figure.told(row.value).split("；"), "source": source_words(row)}
        for row in values_seen(key, org)
    ]
    own = Standard.objects.filter(key=key, org=org, until=None).first() if org else None
    may_set = asker.actor.can("regulations.set")
    context = {
        "figure": figure,
        "org": org,
        "now": next(one for one in in_force(org, day) if one.figure is figure),
        "held": held,
        "may_set": may_set,
        "own": own if org and asker.actor.can("regulations.set", at=org) else None,
        "today": day,
        "list_url": reverse(LIST),
    }
    return TemplateResponse(request, "backoffice/standard.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_value(request: HttpRequest, key: str) -> HttpResponse:
    """Set an own value for a body in reach and all below it."""
    asker: Any = request
    figure, org = _figure(key), place_of(request).org
    if not asker.actor.can("regulations.set"):
        raise Http404
    posted = request.method == "POST"
    today = timezone.localdate()
    now = standard(key, org=org, day=today)
    value = figure.written(now.kept) if now else ""
    initial = {"since": today, "org": org, "value": value}
    form = OwnValueForm(
        request.POST if posted else None, figure=figure, actor=asker.actor, initial=initial
    )
    if posted and form.is_valid() and (done := _set(form, figure, asker.actor)):
        return done
    context = {"form": form, "figure": figure, "cancel_url": _page(figure)}
    status = 422 if posted else 200
    return TemplateResponse(request, "backoffice/standard_form.html", context, status=status)


def _set(form: OwnValueForm, figure: Figure, actor: Actor) -> HttpResponseRedirect | None:
    said = form.cleaned_data
    paper = Paper(said["document"], said["number"], said["clause"], said["note"])
    try:
        set_standard(
            figure.key,
            org=said["org"],
            value=said["value"],
            since=said["since"],
            paper=paper,
            by=actor,
        )
    except DomainError as error:
        form.add_error(None, error.sentence)
        return None
    return redirect(f"{_page(figure)}?org={said['org'].pk}")


@require_POST
def end_value(request: HttpRequest, key: str) -> HttpResponse:
    """Let the place's own value end today; tomorrow that from above holds again."""
    asker: Any = request
    figure, org = _figure(key), place_of(request).org
    if org is None or not asker.actor.can("regulations.set", at=org):
        raise Http404
    try:
        end_standard(key, org=org, until=timezone.localdate(), by=asker.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"「{org}」的规定今天起停用，明天起按上级或全国的规定。")
    return redirect(f"{_page(figure)}?org={org.pk}")


def _figure(key: str) -> Figure:
    figure = figures.get(key)
    if figure is None:
        raise Http404
    return figure


def _page(figure: Figure) -> str:
    return reverse("backoffice:standard", args=[figure.key])


def _check_may_see(actor: Actor) -> None:
    if not (actor.can("organisation.view") or actor.can("regulations.set")):
        raise Http404
