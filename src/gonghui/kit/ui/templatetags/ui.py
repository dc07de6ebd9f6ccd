"""The vocabulary of screens as template tags; `/ui/` shows every one with every variant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template import Context, Library
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_filters import FilterSet
from django_tables2 import Table

from gonghui.kit import dates
from gonghui.kit.ui import drawing
from gonghui.kit.ui.chips import chips_of, is_filtered
from gonghui.kit.ui.drawing import tone_of
from gonghui.kit.ui.rows import rows_of

register = Library()

_ICON_OF_TONE = {
    "plain": "info-circle",
    "doing": "info-circle",
    "done": "circle-check",
    "late": "alert-triangle",
    "wait": "clock",
}


def _block(context: Context, template: str, values: Mapping[str, Any]) -> SafeString:
    """Render a block tag's template with its own values only (and the request's, for links)."""
    engine = context.template.engine  # type: ignore[union-attr]  # set while a template renders
    own = Context({"request": context.get("request"), **values}, autoescape=context.autoescape)
    return engine.get_template(template).render(own)


@register.simple_block_tag(takes_context=True)
def page_head(
    context: Context,
    content: str,
    title: object,
    lead: object = "",
    breadcrumbs: Sequence[tuple[str, str]] = (),
) -> SafeString:
    """Title, one sentence what the page is for, its actions inside; breadcrumbs: (label, url)."""
    values = {"title": title, "lead": lead, "breadcrumbs": breadcrumbs, "content": content}
    return _block(context, "ui/page_head.html", values)


@register.simple_block_tag(takes_context=True)
def card(
    context: Context,
    content: str,
    title: object = "",
    action: str = "",
    url: str = "",
    flush: bool = False,
    id: str = "",  # the HTML attribute's own name
) -> SafeString:
    """A titled sheet; ``flush`` leaves out the padding for rows and tables."""
    values = {"title": title, "action": action, "url": url, "flush": flush, "id": id}
    return _block(context, "ui/card.html", {**values, "content": content})


@register.simple_block_tag(takes_context=True)
def dialog(
    context: Context,
    content: str,
    id: str,  # the HTML attribute's own name
    title: object,
    wide: bool = False,
) -> SafeString:
    """A dialog opened by any element with ``data-dialog="id"`` (give that element a real link)."""
    return _block(
        context, "ui/dialog.html", {"id": id, "title": title, "wide": wide, "content": content}
    )


@register.simple_block_tag(takes_context=True)
def details(context: Context, content: str, summary: object, open: bool = False) -> SafeString:
    """Something folded away under one line; works without a script."""
    return _block(
        context, "ui/details.html", {"summary": summary, "open": open, "content": content}
    )


@register.inclusion_tag("ui/form.html", takes_context=True)
def form(
    context: Context,
    form: BaseForm,
    submit_label: str = "保存",
    cancel_url: str = "",
    action: str = "",
    draft: str = "",
    kind: str = "primary",
) -> dict[str, Any]:
    """A whole POST form with its errors; ``draft`` names the copy kept in the browser."""
    return {
        "form": form,
        "submit_label": submit_label,
        "cancel_url": cancel_url,
        "action": action,
        "draft": draft,
        "kind": kind,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with its label, help and errors, as every form draws it."""
    return bound.as_field_group()


@register.simple_tag
def button(
    label: str,
    url: str = "",
    kind: str = "",
    icon: str = "",
    small: bool = False,
    **attributes: Any,
) -> SafeString:
    """A link where ``url`` is given, else a submit button; kinds: primary, danger, quiet, none.

    Further names become attributes: ``hx_get`` → hx-get; ``dialog``, ``confirm``, ``print`` →
    data-…; an empty one is left out.
    """
    if kind not in {"", "primary", "danger", "quiet"}:
        raise ValueError(f"Unknown kind of button {kind!r}.")
    look = ["button", kind, "small" if small else "", attributes.pop("class", "")]
    given = {_attribute(name): value for name, value in attributes.items() if value != ""}
    name, address = ("a", f' href="{conditional_escape(url)}"') if url else ("button", "")
    head = f'<{name} class="{conditional_escape(" ".join(filter(None, look)))}"{address}'
    sign = drawing.icon(icon) if icon else ""
    drawn = f"{head}{flatatt(given)}>{sign}{conditional_escape(label)}</{name}>"
    return mark_safe(drawn)  # every part was escaped above


@register.simple_tag(takes_context=True)
def table(context: Context, table: Table) -> SafeString:
    """A django-tables2 table by ``ui/table.html``; on a phone its rows become cards.

    Not by the library's own tag: that one runs every context processor once more for each table.
    """
    table.context = context  # a TemplateColumn looks for it here
    table.before_render(context["request"])
    shown = tuple(column.name for column in table.columns)
    values = {"table": table, "rows": rows_of(table), "shown": shown}
    return _block(context, "ui/table.html", {**values, "list_key": context.get("list_key")})


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], param: str = "page", target: str = "#rows") -> Any:
    """Where one is among the pages, and the pages near by; keeps the rest of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page,
        "numbers": [
            {"number": n, "url": _replaced(context, param, n) if isinstance(n, int) else ""}
            for n in numbers
        ],
        "previous": _replaced(context, param, page.number - 1),
        "next": _replaced(context, param, page.number + 1),
        "target": target,
    }


@register.inclusion_tag("ui/filter_bar.html", takes_context=True)
def filter_bar(context: Context, filterset: FilterSet, target: str = "#rows") -> dict[str, Any]:
    """The filters as a GET form that answers as one types; without a script by its button."""
    kept = [
        (name, value)
        for name in ("sort", "per_page", "view", "columns")
        for value in context["request"].GET.getlist(name)
    ]
    return {
        "form": filterset.form,
        "kept": kept,
        "target": target,
        "filtered": is_filtered(filterset),
    }


register.filter("is_filtered", is_filtered)


@register.inclusion_tag("ui/chips.html", takes_context=True)
def chips(context: Context, filterset: FilterSet) -> dict[str, Any]:
    """What is filtered, each with the link that takes it away; place it inside the rows."""
    found = chips_of(filterset, context["request"].GET)
    return {"chips": found, "path": context["request"].path}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Iterable[Mapping[str, Any]], label: str = "视图") -> dict[str, Any]:
    """Views of the same thing; items: label, url, current, count."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/facts.html")
def facts(pairs: Iterable[tuple[str, Any]], blank: str = "待填") -> dict[str, Any]:
    """Label and value, one under the other; a value that is missing says so and is never 0."""
    return {
        "pairs": [(label, value, value in (None, "")) for label, value in pairs],
        "blank": blank,
    }


register.simple_tag(drawing.state_badge)
register.simple_tag(drawing.icon)


@register.inclusion_tag("ui/alert.html")
def alert(tone: str, text: object, title: str = "") -> dict[str, Any]:
    """A sentence the person must not miss."""
    tone = tone_of(tone)
    return {"tone": tone, "text": text, "title": title, "icon": _ICON_OF_TONE[tone]}


@register.inclusion_tag("ui/empty.html")
def empty(
    title: str, text: str = "", action: str = "", url: str = "", level: int = 2
) -> dict[str, Any]:
    """An empty screen that teaches: what belongs here and the first step; ``level`` of its head.

    Never directly inside ``{% for %}``: there Django takes the word for its own. Use ``{% if %}``.
    """
    return {"title": title, "text": text, "action": action, "url": url, "level": level}


@register.inclusion_tag("ui/person.html")
def person(person: object, note: str = "", url: str = "") -> dict[str, Any]:
    """A person by name, with the surname in a disc; nobody is said, not left out."""
    name = str(person) if person else ""
    return {"name": name, "initial": name[:1], "note": note, "url": url}


@register.inclusion_tag("ui/org_path.html")
def org_path(orgs: object) -> dict[str, Any]:
    """Where a body stands, from above down; takes the bodies in order, or one alone."""
    if isinstance(orgs, Iterable) and not isinstance(orgs, str):
        return {"orgs": list(orgs)}
    return {"orgs": [orgs]}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first; entries: label, by, at, changes (label, before, after), note."""
    return {"entries": entries}


@register.inclusion_tag("ui/bar.html")
def bar(share: float | None, label: str = "完成") -> dict[str, Any]:
    """A share between 0 and 1 as a bar; unknown stays unknown and is not drawn as 0."""
    return {"percent": _percent(share), "label": label}


@register.inclusion_tag("ui/ring.html")
def ring(share: float | None, title: str, note: str = "") -> dict[str, Any]:
    """A share as a ring with its words beneath; for the phone."""
    percent = _percent(share)
    return {"percent": percent, "full": percent == 100, "title": title, "note": note}


@register.inclusion_tag("ui/figure.html")
def figure(
    label: str,
    number: object,
    unit: str = "",
    note: str = "",
    url: str = "",
    tone: str = "plain",
) -> dict[str, Any]:
    """A number that is a door: click it and see the records it counts."""
    return {
        "label": label,
        "number": number,
        "missing": number in (None, ""),
        "unit": unit,
        "note": note,
        "url": url,
        "tone": tone_of(tone),
    }


@register.filter
def crumb(label: object, url: str) -> list[tuple[object, str]]:
    """A single breadcrumb, for a page one level below its list."""
    return [(label, url)]


@register.filter
def tone(level: str) -> str:
    """The tone of a Django message level."""
    return tone_of(level)


@register.filter
def speak_date(value: date | datetime | None) -> str:
    """A moment as 今天 14:00, a day that is due as 3 天后到期; the full date on hover."""
    return _spoken(value, due=True)


@register.filter
def speak_day(value: date | datetime | None) -> str:
    """As `speak_date`, but a day that is merely a day: 昨天, 周四, 11 月 25 日."""
    return _spoken(value, due=False)


def _spoken(value: date | datetime | None, *, due: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        moment = timezone.localtime(value)
        words = dates.speak_moment(moment, timezone.localtime())
        return _time(moment.isoformat(), f"{_long(moment.date())} {moment:%H:%M}", words)
    phrase = dates.speak_due if due else dates.speak_day
    return _time(value.isoformat(), _long(value), phrase(value, timezone.localdate()))


def _long(day: date) -> str:
    return f"{dates.full_day(day)} {dates.full_weekday(day)}"


def _time(machine: str, full: str, words: str) -> SafeString:
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, full, words)


def _attribute(name: str) -> str:
    name = name.replace("_", "-")
    return f"data-{name}" if name in {"dialog", "confirm", "print"} else name


def _percent(share: float | None) -> int | None:
    return None if share is None else max(0, min(100, round(share * 100)))


def _replaced(context: Context, param: str, value: object) -> str:
    query = context["request"].GET.copy()
    query[param] = str(value)
    return f"?{query.urlencode()}"
