"""The lists, pages and forms of posts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from gonghui.core.people.models import Person, Post
from gonghui.core.screens.panels import Custom, Facts, plug
from gonghui.core.screens.screens import Screens
from gonghui.kit.prepared import about

from ..exchange import POSTS
from ..filters import PostFilters
from ..forms.bodies import PostForm
from ..rules import POST_RULES
from ..tables import PostTable


def posts(person: Person, request: Any) -> dict[str, Any]:
    """Every post, those held now first."""

    def asked(pk: int) -> models.QuerySet[Post]:
        all_of_them = Post.objects.filter(person=pk).select_related("org", "person")
        rows = POST_RULES["view"].narrow(all_of_them, request.actor)
        return rows.order_by(models.F("until").desc(nulls_first=True), "-since")

    held_first = list(about(person.pk, ("posts", request.actor.key, timezone.localdate()), asked))
    writes = person.left_on is None and request.actor.can("organisation.write")
    add = reverse("organisation:post-create") + f"?person={person.pk}"
    return {
        "rows": held_first,
        "count": len(held_first),
        "sort": "own_post",
        "add_url": add if writes else "",
    }


plug("people.person", Custom("任职", "organisation/panel_rows.html", posts))


class PostScreens(Screens):
    """Posts: who holds what in which body, from when to when."""

    model = Post
    namespace = "organisation"
    lead = "谁在哪个组织任什么职务，从哪天到哪天。"
    table = PostTable
    filterset = PostFilters
    form = PostForm
    rules = POST_RULES
    create_capability = "organisation.write"
    export = POSTS
    personal = True
    panels = (
        Facts(
            "person", "org", "title", "since", "until", "full_time", "way", "duty", "approval",
            "approved_on", "contract_until",
        ),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        if obj.pk:
            return {"actor": self.actor}
        given = {key: int(v) for key in ("person", "org") if (v := self._said(key)).isdigit()}
        given.setdefault("org", getattr(self.place.org, "pk", 0))
        return {"actor": self.actor, "initial": {"since": timezone.localdate(), **given}}

    def _said(self, key: str) -> str:
        return str(self.request.GET.get(key, ""))
