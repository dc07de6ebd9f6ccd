"""The title of a code, and the paper of a title."""

from __future__ import annotations

from django.db.models import QuerySet

from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.core.records.engine.proofs import drawn, printed
from gonghui.kit.dates import full_day

from .models import Title

PAPER = "荣誉证书"


def dressed() -> QuerySet[Title]:
    """With all that a list or a paper names."""
    return Title.objects.select_related("org", "holder", "person", "before")


def title_by(code: str) -> Title | None:
    """Withdrawn ones too: whoever holds the paper is told so."""
    return dressed().filter(code=code).first()


def words_of(title: Title) -> str:
    """What the paper says; the public page says the same."""
    return f"经“{title.evaluation}”评定，授予“{title.title}”称号，有效期至{full_day(title.until)}。"


def write_paper(title: Title, address: str) -> bytes:
    """``address`` is the page where a stranger checks the code."""
    paper = {
        "title": PAPER,
        "name": title.name,
        "words": words_of(title),
        "org": title.org.name,
        "day": full_day(title.since),
        "code": printed(title.code),
        "address": address,
        "drawn": drawn(f"{address}?code={title.code}"),
    }
    return write_pdf("certificate", {"title": PAPER, "papers": [paper]})
