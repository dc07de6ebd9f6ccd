"""Photos of an activity with their files."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from gonghui.core.activities.models import Activity
from gonghui.core.files.models import Attachment

from ..models import Photo


@dataclass(frozen=True)
class Shot:
    """A photo and the file that draws it."""

    photo: Photo
    file: Attachment


def photos_of(activity: Activity) -> list[Shot]:
    """In the order in which they came, in two queries."""
    photos = {one.pk: one for one in activity.photos.select_related("agreed_by")}
    kind = ContentType.objects.get_for_model(Photo)
    files = Attachment.objects.filter(content_type=kind, object_id__in=list(photos)).order_by("pk")
    return [Shot(photos[one.object_id], one) for one in files]
