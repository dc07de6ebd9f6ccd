"""How Django draws our forms: each field with its label, help and errors, in Python.

A filter bar is on every list. Django's own templates take three files for one box of it, which
made the bar dearer than the list below; widgets that are not named here still go by them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from .drawing import attributes

DASHES = BLANK_CHOICE_DASH[0][1]  # what Django writes where nothing is chosen
Drawn = Callable[[dict[str, Any]], str]


def _given(widget: dict[str, Any]) -> str:
    """A widget's attributes; like Django's template, only False leaves one out."""
    return attributes({k: str(v) if v is None else v for k, v in widget["attrs"].items()})


def _input(context: dict[str, Any]) -> str:
    widget = context["widget"]
    value = widget["value"]
    said = "" if value is None else f' value="{conditional_escape(str(value))}"'
    name = conditional_escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{said}{_given(widget)}>'


def _textarea(context: dict[str, Any]) -> str:
    widget = context["widget"]
    name, said = conditional_escape(widget["name"]), conditional_escape(widget["value"] or "")
    return f'<textarea name="{name}"{_given(widget)}>\n{said}</textarea>'


def _select(context: dict[str, Any]) -> str:
    widget = context["widget"]
    drawn = [f'<select name="{conditional_escape(widget["name"])}"{_given(widget)}>']
    said = {DASHES: "请选择" if widget["required"] else "不选"}
    for group, options, _ in widget["optgroups"]:
        rows = [
            f'<option value="{conditional_escape(str(option["value"]))}"{_given(option)}>'
            f"{conditional_escape(said.get(option['label'], option['label']))}</option>"
            for option in options
        ]
        if group:
            rows = [f'<optgroup label="{conditional_escape(group)}">', *rows, "</optgroup>"]
        drawn += rows
    return "\n".join([*drawn, "</select>"])


def _errors(context: dict[str, Any]) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    own = f' id="{conditional_escape(errors.field_id)}_error"' if errors.field_id else ""
    rows = "".join(f"<li>{conditional_escape(error)}</li>" for error in errors)
    return f'<ul class="{conditional_escape(context["error_class"])}"{own}>{rows}</ul>'


def _field(context: dict[str, Any]) -> str:
    bound: BoundField = context["field"]
    draw = _group if bound.use_fieldset else _labelled
    return draw(bound, " wrong" if bound.errors else "")


def _group(bound: BoundField, wrong: str) -> str:
    """Several boxes under one name."""
    by = bound.aria_describedby
    described = format_html(' aria-describedby="{}"', by) if by else ""
    legend = f"<legend>{conditional_escape(bound.label)}{_optional(bound)}</legend>"
    inside = f"{legend}{bound}{bound.errors}{_help(bound)}"
    return f'<fieldset class="field choices{wrong}"{described}>{inside}</fieldset>'


def _labelled(bound: BoundField, wrong: str) -> str:
    kind = getattr(bound.field.widget, "input_type", "")
    own, label = conditional_escape(bound.id_for_label), conditional_escape(bound.label)
    after = f"{bound.errors}{_help(bound)}</div>"
    if kind == "checkbox":
        ticked = f'<label for="{own}">{bound}<span>{label}</span></label>'
        return f'<div class="field check{wrong}">{ticked}{after}'
    drop, data = (" drop", " data-drop") if kind == "file" else ("", "")
    named = f'<label for="{own}">{label}{_optional(bound)}</label>'
    return f'<div class="field{drop}{wrong}"{data}>{named}{bound}{after}'


def _optional(bound: BoundField) -> str:
    return "" if bound.field.required else '<span class="optional">选填</span>'


def _help(bound: BoundField) -> str:
    if not bound.help_text:
        return ""
    own = f' id="{conditional_escape(bound.auto_id)}_helptext"' if bound.auto_id else ""
    return f'<p class="help"{own}>{bound.help_text}</p>'  # written by us, and may hold a link


_BOXES = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time")
FIELD = "field"  # no file: the name by which Django asks for it
DRAWN: dict[str, Drawn] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in (*_BOXES, "checkbox", "file")},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/errors/list/default.html": _errors,
    FIELD: _field,
}


class FormRenderer(DjangoTemplates):
    """Our fields and Django's simple widgets in Python, the rest by its templates."""

    form_template_name = "ui/fields.html"
    field_template_name = FIELD

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> SafeString:
        draw = DRAWN.get(template_name)
        if draw is None:
            return SafeString(super().render(template_name, context, request))
        return SafeString(draw(context))  # every part was escaped where it was drawn
