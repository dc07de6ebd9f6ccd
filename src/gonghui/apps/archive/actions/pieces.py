"""A piece is begun, written, shown to more or fewer people, and given its papers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.credits.settling import Earned, settle
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attach, attachments_of
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError
from gonghui.kit.pictures import NoPicture, read_picture

from ..engine.merging import Copy, Meeting, beside, clears, met
from ..engine.sorts import SORTS
from ..models import Piece, Shown, State
from ..queries.pieces import last_shown, union_of
from ..rules import PIECE_RULES

VERBS |= {
    "show": "改给谁看",
    "attach_paper": "添加材料",
    "drop_paper": "撤下材料",
    "settle_aside": "处理另存的内容",
}
MOST_PAPERS = 12
LARGEST_PICTURE = 5 * 2**20  # bytes; shrunk on the phone a photo has a tenth of that
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


@transaction.atomic
def begin_piece(kind: str, *, by: Actor, **facts: Any) -> Piece:
    """Open a draft; one of the same sort that is still blank is taken instead of another.

    What counts when it is written is of today unless one says otherwise; of a degree or an award
    the day stands on its paper and is asked for.
    """
    person = by.person
    if person is None or kind not in SORTS:
        raise DomainError("请选一类再记。")
    if not facts:
        blank = Piece.objects.filter(
            person=person, kind=kind, state=State.DRAFT, title="", text="", author=""
        ).first()
        if blank is not None:
            return blank
    today = None if SORTS[kind].confirmed else timezone.localdate()
    given = {"on": today, "shown_to": last_shown(by, kind)} | facts
    piece = Piece(org=union_of(person), person=person, kind=kind, **given)
    piece.full_clean(exclude=["org", "person"])
    piece.save()
    record(piece, "create", by=by, is_new=True)
    return piece


def new_pen() -> str:
    """A pen for a page that is opened to write."""
    return uuid.uuid4().hex


@transaction.atomic
def keep_draft(
    piece: Piece, came: Copy, *, facts: Mapping[str, Any] | None = None, by: Actor
) -> Meeting:
    """Keep what somebody is writing; what was written elsewhere since is never overwritten.

    Called every few seconds while they type, so it leaves no entry in the history: the entry is
    left when the piece is written or handed in. ``facts`` are the other fields, already checked.
    A copy that comes when the piece is written already is kept aside: it is not lost either.
    """
    kept = Piece.objects.select_for_update().get(pk=piece.pk)
    if by.person is None or kept.person_id != by.person.pk or kept.state == State.DISCARDED:
        raise DomainError("只能写自己的档案。")
    meeting = met(kept.copy, came)
    if meeting is Meeting.TAKEN and not kept.is_changing:
        meeting = Meeting.ASIDE
    changed = ["kept_at"]
    if meeting is Meeting.ASIDE:
        kept.aside, changed = beside(kept.aside, came.text), [*changed, "aside"]
    elif meeting is Meeting.TAKEN:
        if clears(kept.copy, came):
            kept.aside, changed = beside(kept.aside, kept.text), [*changed, "aside"]
        kept.title, kept.text = came.title.strip(), came.text
        kept.version, kept.pen, kept.stroke = kept.version + 1, came.pen, came.stroke
        changed += ["title", "text", "version", "pen", "stroke"]
    if meeting is not Meeting.ASIDE and kept.is_changing:
        for name, value in (facts or {}).items():
            setattr(kept, name, value)
            changed.append(name)
    kept.kept_at = timezone.now()
    kept.save(update_fields=changed)
    return meeting


@transaction.atomic
def settle_aside(piece: Piece, choice: str, *, by: Actor) -> Piece:
    """What was kept aside: taken instead, put below, or thrown away; the person says which."""
    kept = _open(piece, by)
    if choice == "take":
        kept.text, kept.aside = kept.aside, kept.text
    elif choice == "join":
        kept.text = f"{kept.text}\n\n{kept.aside}".strip()
    if choice != "take" or not kept.aside.strip():
        kept.aside = ""
    kept.version, kept.pen, kept.stroke = kept.version + 1, "", 0
    kept.save(update_fields=["text", "aside", "version", "pen", "stroke"])
    record(kept, "settle_aside", by=by)
    return kept


@transaction.atomic
def show_to(piece: Piece, shown: str, *, by: Actor) -> Piece:
    """Show it to more or to fewer people, at once; what it earned is named accordingly."""
    if shown not in Shown.values:
        raise DomainError("请选给谁看。")
    kept = Piece.objects.select_for_update().get(pk=piece.pk)
    if not PIECE_RULES["show"].allows(by, kept):
        raise DomainError("只能改自己的、已经记入的内容给谁看。")
    before, kept.shown_to = kept.get_shown_to_display(), shown
    kept.save(update_fields=["shown_to"])
    changes = {"shown_to": [before, kept.get_shown_to_display()]}
    record(kept, "show", by=by, changes=changes)
    settle(kept, kept.org, [earned_by(kept)], by=by)
    return kept


def earned_by(piece: Piece) -> Earned:
    """What it earns its person; what is shown to nobody is not named either."""
    sort = piece.sort
    named = piece.shown_to != Shown.ME
    return Earned(
        person_id=piece.person_id,
        kind=sort.credit,
        role=sort.role,
        amount=piece.amount or Decimal(1),
        on=piece.day,
        words=str(piece) if named else sort.label,
        category="outside" if piece.outside else "",
    )


@transaction.atomic
def add_papers(piece: Piece, files: Sequence[File[bytes]], *, by: Actor) -> list[Attachment]:
    """Photos of the page and papers that prove it; photos lose what the phone wrote into them."""
    kept = _open(piece, by)
    if attachments_of(kept).count() + len(files) > MOST_PAPERS:
        raise DomainError(f"一条最多放 {MOST_PAPERS} 份材料，请挑选后再传。")
    made = [_keep_paper(kept, file, by) for file in files]
    if made:
        record(kept, "attach_paper", by=by, changes={"count": len(made)})
    return made


@transaction.atomic
def drop_paper(piece: Piece, paper: Attachment, *, by: Actor) -> None:
    """Take a paper out of a draft; the file goes with it."""
    kept = _open(piece, by)
    stored, name = paper.file, paper.name
    paper.delete()
    transaction.on_commit(lambda: stored.delete(save=False))
    record(kept, "drop_paper", by=by, changes={"file": name})


def _keep_paper(piece: Piece, file: File[bytes], by: Actor) -> Attachment:
    name = file.name or "材料"
    if not name.lower().endswith((".jpg", ".jpeg", ".png")):
        return attach(piece, file, name=name, by=by)
    if file.size > LARGEST_PICTURE:
        raise DomainError(f"「{name}」超过 {LARGEST_PICTURE // 2**20} MB，请用手机缩小后再传。")
    try:
        picture = read_picture(file.read())
    except NoPicture:
        raise DomainError(f"「{name}」不是照片，或者没有传完。请重新拍一张。") from None
    shown = f"照片{attachments_of(piece).count() + 1}.{ENDINGS[picture.kind]}"
    content = ContentFile(picture.content, name=shown)
    return attach(piece, content, name=shown, by=by, role="photo", largest=LARGEST_PICTURE)


def _open(piece: Piece, by: Actor) -> Piece:
    """The row, locked, as long as its person may still change it."""
    kept = Piece.objects.select_for_update().get(pk=piece.pk)
    if not PIECE_RULES["edit"].allows(by, kept):
        raise DomainError("这一条已经记入或提交，要改请先按“继续修改”。")
    return kept
