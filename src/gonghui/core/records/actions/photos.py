"""Photos of an activity are kept with the consent of those shown, and taken down again."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.base import ContentFile, File
from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import OVER, Activity, State
from gonghui.core.files.store import attach, attachments_of, drop
from gonghui.core.history.trail import VERBS, record
from gonghui.kit.errors import DomainError
from gonghui.kit.pictures import NoPicture, Picture, read_picture

from ..models import Photo

VERBS |= {"photos": "添加照片", "take_down": "撤下照片"}
LARGEST = 5 * 2**20  # bytes; shrunk on the phone a photo has a tenth of that
MOST = 60  # photos of one activity
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


@transaction.atomic
def keep_photos(
    activity: Activity, pictures: Sequence[File[bytes]], *, words: str, agreed: bool, by: Actor
) -> list[Photo]:
    """Keep pictures of what took place; without the consent of those shown none is kept.

    All or none: a file that is no picture is refused with its name, and the rest with it.
    """
    kept = Activity.objects.select_for_update().get(pk=activity.pk)
    if kept.state not in OVER:
        raise DomainError("活动举办以后才能添加照片。")
    if kept.state == State.FILED:
        raise DomainError("活动已经归档，不能再添加照片。")
    if not agreed:
        raise DomainError("照片里认得出的人要先同意；请问过以后勾选，再上传。")
    if kept.photos.count() + len(pictures) > MOST:
        raise DomainError(f"一次活动最多保留 {MOST} 张照片，请挑选后再传。")
    made = [_keep(kept, file, words, by) for file in pictures]
    if made:
        record(kept, "photos", by=by, changes={"count": len(made)})
    return made


def _keep(activity: Activity, file: File[bytes], words: str, by: Actor) -> Photo:
    name = file.name or "照片"
    picture = _picture(file, name)
    photo = Photo.objects.create(
        activity=activity,
        words=words,
        agreed_by=by.person,
        width=picture.width,
        height=picture.height,
    )
    # Named by us: what the phone calls a photo often tells when it was taken, or of whom it is.
    shown = f"照片{photo.pk}.{ENDINGS[picture.kind]}"
    content = ContentFile(picture.content, name=shown)
    attach(photo, content, name=shown, by=by, role="photo", largest=LARGEST)
    return photo


def _picture(file: File[bytes], name: str) -> Picture:
    if file.size > LARGEST:
        raise DomainError(f"「{name}」超过 {LARGEST // 2**20} MB，请用手机缩小后再传。")
    try:
        return read_picture(file.read())
    except NoPicture:
        raise DomainError(
            f"「{name}」不是照片，或者没有传完。请用 JPG 或 PNG 格式的照片。"
        ) from None


@transaction.atomic
def take_down(photo: Photo, *, reason: str, by: Actor) -> None:
    """Somebody shown changed their mind, or it should not be there: the file goes with it."""
    activity = photo.activity
    if not reason.strip():
        raise DomainError("请写明为什么撤下。")
    for paper in attachments_of(photo):
        drop(paper)
    record(activity, "take_down", by=by, changes={"photo": str(photo), "reason": reason})
    photo.delete()
