"""What happens to what is issued: registered with its file, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.files.store import attach, attach_all
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError

from .models import PAPERS, Publication
from .queries import draft_of, lacks_words, twin_of


@transaction.atomic
def keep(publication: Publication, files: Iterable[File[Any]], *, by: Actor) -> Publication:
    """Save it with the file that was sent; the screen leaves the history entry.

    Two that register the same number at once take their turn: the union's row is locked.
    """
    Org.objects.select_for_update().get(pk=publication.org_id)
    if twin := twin_of(publication):
        if publication.paper_id and twin.paper_id == publication.paper_id:
            raise DomainError(f"这份草稿已经登记为“{twin}”。")
        raise DomainError(f"{twin.get_kind_display()}{twin.numbered}已经登记过：{twin.title}。")
    is_new = publication.pk is None
    chosen = list(files)
    if is_new and not chosen and publication.paper_id is None and publication.kind in PAPERS:
        raise DomainError("请上传印发的文件。")
    publication.save()
    attach_all(publication, chosen, by=by, role="issued")
    if is_new and not chosen:
        _keep_draft(publication, by=by)
    return publication


def _keep_draft(publication: Publication, *, by: Actor) -> None:
    """It went out as it was drafted: the draft's file is what members read."""
    draft = draft_of(publication.paper) if publication.paper else None
    if draft is None or lacks_words(draft):
        return
    with draft.file.open() as content:
        attach(publication, content, name=draft.name, by=by, role="issued")


def withdraw(publication: Publication, *, reason: str, by: Actor) -> None:
    """Only the state changes; the reason is in the history, and the number is free again."""
