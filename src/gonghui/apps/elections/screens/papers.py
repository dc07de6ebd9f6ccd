"""Writes the papers of an election as Word files, filled from its record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from gonghui.core.documents.outbound.docx import OfficialPaper
from gonghui.kit.downloads import download

from ..models import Election
from ..queries.drafting import BLANK, SAMPLE, Paper
from ..queries.papers import PAPERS
from ..rules import ELECTION_RULES


@require_safe
def paper_of(request: Any, pk: int, paper: str) -> HttpResponse:
    """One paper of an election the reader may see."""
    rows = ELECTION_RULES["view"].narrow(
        Election.objects.select_related("org__parent"), request.actor
    )
    election = get_object_or_404(rows, pk=pk)
    if paper not in PAPERS:
        raise Http404
    label, make = PAPERS[paper]
    return download(written(make(election)), f"{election} {label}", "docx")


def written(paper: Paper) -> bytes:
    """The paper in the official layout; it says of itself that it is a sample."""
    word = OfficialPaper(paper.title)
    if paper.addressee:
        word.addressee(paper.addressee)
    for text in paper.paragraphs:
        word.paragraph(text)
    for sheet in paper.sheets:
        word.heading(sheet.title, 1)
        word.table(sheet.head, sheet.rows)
    if paper.day:
        word.signature(paper.signer, paper.day)
    else:
        word.paragraph(f"{paper.signer}\n成文日期{BLANK}")
    word.paragraph(f"（{SAMPLE}）")
    return word.to_bytes()
