"""Takes files in: sniffs what they are, caps their size, stores them under a key of their own."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from pathlib import PurePath

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.db import models, transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError

from .models import Attachment

VERBS |= {"discard": "移除附件"}
LARGEST = 20 * 1024 * 1024

# The first bytes of what may be attached, with its type and the endings it may carry.
SIGNATURES: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"\xff\xd8\xff", "image/jpeg", frozenset({"jpg", "jpeg"})),
    (b"\x89PNG\r\n\x1a\n", "image/png", frozenset({"png"})),
    (b"RIFF", "image/webp", frozenset({"webp"})),
    (b"%PDF-", "application/pdf", frozenset({"pdf"})),
    (b"PK\x03\x04", "application/zip", frozenset({"docx", "xlsx", "pptx"})),
    (
        b"\xd0\xcf\x11\xe0",
        "application/x-ole-storage",
        frozenset({"doc", "xls", "ppt", "wps", "et"}),
    ),
)


def sniff(file: File[bytes], name: str) -> str:
    """The type of a file by its first bytes, which must agree with its ending."""
    head = file.read(16)
    file.seek(0)
    ending = PurePath(name).suffix.lower().lstrip(".")
    for signature, kind, endings in SIGNATURES:
        if head.startswith(signature) and ending in endings:
            return kind
        if head.startswith(signature) and any(ending in other for _, _, other in SIGNATURES):
            own = "、".join(f".{one}" for one in sorted(endings))
            raise DomainError(
                f"「{name}」的内容不是 .{ending} 文件，文件名和内容对不上。"
                f"请把文件名改成原来的扩展名（{own}）后再上传。"
            )
    if ending == "txt" and b"\x00" not in head:
        return "text/plain"
    raise DomainError(f"「{name}」不是可以上传的文件。可用图片、PDF、Word、Excel、PPT 或文本文件。")


@transaction.atomic
def attach(
    subject: models.Model,
    file: File[bytes],
    *,
    name: str,
    by: Actor,
    role: str = "evidence",
    largest: int = LARGEST,
) -> Attachment:
    """Keep a file with a record; the name is shown and never used as a path."""
    shown = PurePath(name.replace("\\", "/")).name[-200:] or "文件"
    if not file.size:
        raise DomainError(f"「{shown}」是空文件，请重新选择。")
    if file.size > largest:
        raise DomainError(f"「{shown}」超过 {largest // 2**20} MB，请压缩或拆分后再传。")
    kind = sniff(file, shown)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    kept = Attachment(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        role=role,
        name=shown,
        kind=kind,
        size=file.size,
        digest=digest.hexdigest(),
        by=by.person,
    )
    # A name of our own: nothing of the sender's reaches the disk.
    kept.file.save(uuid.uuid4().hex, file, save=False)
    kept.save()
    return kept


def attach_all(
    subject: models.Model, files: Iterable[File[bytes]], *, by: Actor, role: str = "evidence"
) -> None:
    """Keep files under the names they came with."""
    for file in files:
        attach(subject, file, name=file.name or "", by=by, role=role)


@transaction.atomic
def drop(found: Attachment) -> None:
    """Take a file away, from the disk too once this is certain; who calls it notes why."""
    stored = found.file
    found.delete()
    transaction.on_commit(lambda: stored.delete(save=False))


@transaction.atomic
def discard(found: Attachment, subject: models.Model, *, reason: str, by: Actor) -> None:
    """A file should not be with its record; the history keeps its name and why."""
    record(subject, "discard", by=by, changes={"file": found.name, "reason": reason})
    drop(found)


def attachments_of(subject: models.Model, *roles: str) -> models.QuerySet[Attachment]:
    """What is attached to a record, in some roles only where they are named."""
    kind = ContentType.objects.get_for_model(subject)
    found = Attachment.objects.filter(content_type=kind, object_id=subject.pk).select_related("by")
    return found.filter(role__in=roles) if roles else found
