"""How Django draws our forms: every field by `ui/field.html`, every form by `ui/fields.html`."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """Django's own widgets inside our field and form templates."""

    form_template_name = "ui/fields.html"
    field_template_name = "ui/field.html"
