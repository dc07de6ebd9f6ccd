"""The numbers a union's briefs have come to, and what was issued from a draft."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from gonghui.core.orgs.models import Org
from gonghui.core.reports.models import Paper

from .models import Kind, Publication

# Which drafts are issued as what; summaries and monthly reports are handed in, not issued.
KIND_OF_DRAFT = {"brief": Kind.BRIEF, "month": Kind.BRIEF, "experience": Kind.EXPERIENCE}


def dressed() -> QuerySet[Publication]:
    """With all that a list or a page names."""
    return Publication.objects.select_related("org", "paper")


def last_number(org: Org, kind: str, year: int) -> int:
    """The highest number of the year that stands as issued; 0 where there is none."""
    rows = Publication.objects.issued().filter(org=org, kind=kind, year=year)
    return rows.aggregate(last=Max("number"))["last"] or 0


def standing_of(paper: Paper) -> Publication | None:
    """What was issued from a draft and not withdrawn."""
    return Publication.objects.issued().filter(paper=paper).first()


def twin_of(publication: Publication) -> Publication | None:
    """Another that bears the same number, or was issued from the same draft."""
    rows = Publication.objects.issued().exclude(pk=publication.pk)
    if publication.paper_id and (found := rows.filter(paper=publication.paper_id).first()):
        return found
    if publication.number is None:
        return None
    same = {name: getattr(publication, name) for name in ("org_id", "kind", "year", "number")}
    return rows.filter(**same).first()
