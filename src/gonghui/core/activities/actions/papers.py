"""The papers of a notice: its documents, and the picture that heads it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.base import ContentFile, File
from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach, attach_all, attachments_of, drop
from gonghui.core.history.trail import VERBS, record
from gonghui.core.screens.panels import WORDS
from gonghui.kit.errors import DomainError
from gonghui.kit.pictures import NoPicture, read_picture

from ..models import Activity

VERBS |= {"papers": "添加文件"}
WORDS |= {"papers": "文件", "picture": "图片"}
PAPER, PICTURE = "paper", "picture"
LARGEST = 5 * 2**20  # bytes of a picture: it is looked at on phones
MOST = 20  # documents of one notice
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


@transaction.atomic
def keep_papers(
    activity: Activity, papers: Sequence[File[bytes]], *, by: Actor, picture: File[bytes] | None
) -> None:
    """Add documents; a new picture takes the place of the one before."""
    if len(papers) + attachments_of(activity, PAPER).count() > MOST:
        raise DomainError(f"一个活动最多附 {MOST} 个文件，请合并或挑选后再传。")
    attach_all(activity, papers, by=by, role=PAPER)
    changes = {"papers": "、".join(str(file.name) for file in papers)} if papers else {}
    if picture is not None:
        _hang(activity, picture, by)
        changes["picture"] = str(picture.name)
    if changes:
        record(activity, "papers", by=by, changes=changes)


def _hang(activity: Activity, file: File[bytes], by: Actor) -> None:
    """Only what draws the picture is kept, nothing of where and when it was taken."""
    try:
        picture = read_picture(file.read())
    except NoPicture:
        raise DomainError(f"「{file.name}」不是图片，或者没有传完。请用 JPG 或 PNG。") from None
    shown = f"图片.{ENDINGS[picture.kind]}"
    content = ContentFile(picture.content, name=shown)
    for old in attachments_of(activity, PICTURE):
        drop(old)
    attach(activity, content, name=shown, by=by, role=PICTURE, largest=LARGEST)
