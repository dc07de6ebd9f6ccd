"""A year of an archive is frozen as a PDF with a code; nothing written later touches it."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attach, attachments_of, drop
from gonghui.core.flow import events
from gonghui.core.history.trail import VERBS, record
from gonghui.core.people.models import Person
from gonghui.core.records.engine.proofs import drawn, printed
from gonghui.kit.dates import full_day
from gonghui.kit.errors import DomainError

from ..models import Volume
from ..queries.pieces import union_of
from ..queries.volumes import FIRST_YEAR, Content, content_of, newest_edition

VERBS |= {"freeze": "封存"}
ROLE = "volume"


@transaction.atomic
def freeze(person: Person, year: int, *, address: str, by: Actor) -> Volume | None:
    """The volume of a year; the last one where nothing changed since, none of an empty year.

    ``address`` is the page where a stranger checks a code. Titles shown to nobody are in it only
    where the person froze it themselves.
    """
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year:
        raise DomainError("只能封存已经开始的年度。")
    locked = Person.objects.select_for_update().select_related("org").get(pk=person.pk)
    whole = by.person is not None and by.person.pk == person.pk
    content = content_of(locked, year, whole=whole)
    if not content.lines:
        return None
    last, same = newest_edition(locked, year), newest_edition(locked, year, is_whole=whole)
    if same is not None and same.content == content.digest:
        return same
    union = union_of(locked)
    made = Volume(
        org=union,
        person=locked,
        year=year,
        edition=last.edition + 1 if last else 1,
        name=locked.name,
        union=union.name,
        sums=content.sums,
        content=content.digest,
        is_whole=whole,
        by=by.person,
        on=today,
    )
    made.save()
    kept = _write(made, content, address, by)
    made.digest = kept.digest
    made.save(update_fields=["digest"])
    record(made, "freeze", by=by, changes={"year": year, "code": printed(made.code)}, is_new=True)
    events.emit(made, "freeze", by=by)
    return made


def file_of(volume: Volume) -> Attachment | None:
    return attachments_of(volume, ROLE).first()


def forget_volumes(person: Person) -> None:
    """Name and file of somebody's volumes go; code, sums and digest prove the copy they have."""
    for volume in Volume.objects.filter(person=person):
        for kept in attachments_of(volume, ROLE):
            drop(kept)
    Volume.objects.filter(person=person).update(name=person.name)


def is_untouched(volume: Volume) -> bool:
    """Whether the file that is kept is still the one that was frozen."""
    kept = file_of(volume)
    if kept is None:
        return False
    with kept.file.open() as stored:
        return digest_of(stored.read()) == volume.digest


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(volume: Volume, content: Content, address: str, by: Actor) -> Attachment:
    is_over = volume.year < volume.on.year
    until = "全年" if is_over else f"截至{full_day(volume.on)}"
    paper = write_pdf(
        "volume",
        {
            "title": f"{volume.year} 年学习档案",
            "name": volume.name,
            "union": volume.union,
            "until": until,
            "day": full_day(volume.on),
            "edition": f"第 {volume.edition} 版" if volume.edition > 1 else "",
            "code": printed(volume.code),
            "address": address,
            "drawn": drawn(f"{address}?code={volume.code}"),
            "sums": content.sums,
            "lines": content.lines,
        },
    )
    name = f"{volume}{volume.edition if volume.edition > 1 else ''}.pdf"
    file = ContentFile(paper, name=PurePath(name).name)
    return attach(volume, file, name=name, by=by, role=ROLE)
