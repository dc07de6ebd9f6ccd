"""What others may ask of statistics: a form begun from an example and issued."""

from __future__ import annotations

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org

from .actions import forms
from .engine.shipped import TEMPLATES
from .flow import FORM
from .models import Form


def begin(code: str, org: Org, *, by: Actor) -> Form:
    """A draft from the shipped example of that name."""
    template = next(one for one in TEMPLATES if one.code == code)
    form = Form(org=org, title=template.title, cadence=template.cadence)
    return forms.keep_form(form, template, by=by)


def issue(form: Form, *, by: Actor) -> None:
    """Let it be sent down; refused where it does not add up."""
    FORM.perform(form, "issue", by=by)
