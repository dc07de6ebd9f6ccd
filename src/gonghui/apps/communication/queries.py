"""The numbers a union's briefs have come to, what came of a draft, and what members read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.documents.inbound import Unreadable, read_upload
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attachments_of
from gonghui.core.orgs.models import Org
from gonghui.core.reports.codes import DRAFT
from gonghui.core.reports.models import Paper
from gonghui.kit.blocks import Furniture, Paragraph, Table

from .models import Kind, Publication
from .rules import PUBLICATION_RULES

# Which drafts are issued as what; summaries and monthly reports are handed in, not issued.
KIND_OF_DRAFT = {"brief": Kind.BRIEF, "month": Kind.BRIEF, "experience": Kind.EXPERIENCE}

# What is read on a screen; a PDF is laid out for paper and is handed over as it is.
READ = (".docx", ".txt")
BLANK = "【"  # opens what a draft leaves to be filled in


@dataclass(frozen=True)
class Part:
    """A paragraph of what was issued, a heading, or a table under the name in ``words``.

    A cell of ``rows`` stands beside the head of its column: on a phone a row becomes a card.
    """

    words: str = ""
    heading: bool = False
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()


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


def issued_to(actor: Actor) -> QuerySet[Publication]:
    """What a person's own unions issued and did not take back, the newest first."""
    return PUBLICATION_RULES["read"].narrow(Publication.objects.select_related("org"), actor)


def files_of(publication: Publication) -> list[Attachment]:
    return list(attachments_of(publication, "issued"))


def draft_of(paper: Paper) -> Attachment | None:
    """The file of a draft as it was written out; none of papers older than its keeping."""
    return attachments_of(paper, DRAFT).first()


def lacks_words(draft: Attachment) -> bool:
    """Whether something is still to be filled in, or nobody can read it: so it was not issued."""
    parts = _read(draft)
    said = (words for part in parts for words in (part.words, *_cells(part)))
    return not parts or any(BLANK in words for words in said)


def _cells(part: Part) -> Iterator[str]:
    yield from part.heads
    for row in part.rows:
        yield from (cell for _, cell in row)


def words_of(publication: Publication, files: list[Attachment]) -> list[Part]:
    """The words of the first file that gives any below the title; none of one nobody can read."""
    for one in files:
        if one.name.lower().endswith(READ) and (found := _read(one)):
            return [part for part in found if part.words != publication.title]
    return []


def _read(file: Attachment) -> list[Part]:
    try:
        with file.file.open() as content:
            return list(_parts(read_upload(content, file.name).blocks))  # type: ignore[arg-type]  # a file of bytes
    except Unreadable:
        return []


def _parts(blocks: tuple[Paragraph | Table | Furniture, ...]) -> Iterator[Part]:
    tables = 0
    for block in blocks:
        if isinstance(block, Table) and block.rows:
            tables += 1
            yield _table(block, f"表 {tables}")
        elif isinstance(block, Paragraph) and block.text.strip():
            yield Part(f"{block.label}{block.text}", block.heading is not None)


def _table(table: Table, name: str) -> Part:
    heads, *rows = (tuple(cell.text for cell in row) for row in table.rows)
    paired = (tuple(zip(heads, row, strict=False)) for row in rows)
    return Part(name, heads=heads, rows=tuple(paired))
