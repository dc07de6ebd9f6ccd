"""What others may ask of evaluation: schemes begun from an example, graded, issued."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org

from ..actions import schemes as actions
from ..engine.shipped import TEMPLATES
from ..flow import SCHEME
from ..models import Scheme


def begin(code: str, org: Org, *, by: Actor) -> Scheme:
    """A draft from the shipped example of that name."""
    template = next(one for one in TEMPLATES if one.code == code)
    scheme = Scheme(org=org, title=template.title, target=template.target)
    return actions.keep_scheme(scheme, template, by=by)


def issue(scheme: Scheme, *, by: Actor) -> None:
    """Let it be in force; refused where it does not add up."""
    SCHEME.perform(scheme, "issue", by=by)


def draft_next(scheme: Scheme, *, by: Actor) -> Scheme:
    """The next version, as a draft."""
    return actions.new_version(Scheme.objects.get(pk=scheme.pk), by=by)


def grade(scheme: Scheme, bands: Iterable[tuple[str, int]], *, by: Actor) -> None:
    """Other grades than the example's: title and least total."""
    actions.set_bands(scheme, [(title, Decimal(least)) for title, least in bands], by=by)
