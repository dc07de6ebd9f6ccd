"""A form of a record that belongs to a body: the body is chosen once, among those one keeps."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField


class OwnedForm(forms.ModelForm):  # type: ignore[type-arg]
    """``org`` is offered where one keeps learning; a record stays where it was made."""

    org = LookupField(label="哪个组织", names=ORG_NAMES)

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if self.instance.pk:
            del self.fields["org"]
            return
        field: Any = self.fields["org"]
        field.label = (self._meta.labels or {}).get("org", field.label)
        may_keep = reachable(actor, "learning.write")
        field.offer(may_keep)
        if org is not None and may_keep.filter(pk=org.pk).exists():
            self.initial["org"] = field.choice(org)

    def offer(self, name: str, rows: Any) -> None:
        """Say what a lookup may find; what stands there already is shown as a choice."""
        field: Any = self.fields[name]
        found = getattr(self.instance, name, None) if self.instance.pk else None
        if found is not None:  # it stays, though it would not be offered any more
            rows |= type(found)._base_manager.filter(pk=found.pk)
            self.initial[name] = found
        field.offer(rows)
