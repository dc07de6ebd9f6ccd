"""The pages that are measured, each with the bare page it is held against."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gonghui.apps.plans.models import Item, Plan
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Account, Person

from .data import FORMER_UNIT, LONG_PLAN, OFFICER

RECORD, LIST = 6.0, 2.0  # times the bare page, at the most
CITY = "city"  # an officer of the federation, who reaches the whole tree
_LINKS = {"plans.item": r"/plans/item/(\d+)/", "people.person": r"/membership/person/(\d+)/"}


@dataclass
class Page:
    """A page as somebody opens it; ``rows`` names what it lists, empty for a single record."""

    subject: str
    name: str
    username: str
    path: str
    rows: str = ""
    count: int = 0
    queries: int = 0
    bare_queries: int = 0
    bare_path: str = "/bare/record/"
    times: list[float] = field(default_factory=list)
    bare_times: list[float] = field(default_factory=list)

    @property
    def most(self) -> float:
        return LIST if self.rows else RECORD


def all_pages() -> list[Page]:
    plan = Plan.objects.get(title=LONG_PLAN)
    task = Item.objects.tasks().filter(plan=plan)[40]
    return [*_plan_pages(plan, task), *_people_pages(plan), *_finding_pages(plan)]


def _plan_pages(plan: Plan, task: Item) -> list[Page]:
    here = f"?org={plan.org_id}"
    tasks = "plans.item"
    return [
        Page("pages", "home", OFFICER, "/"),
        Page("pages", "home of the city", CITY, "/?scope=below"),
        Page("pages", "one task", OFFICER, reverse("plans:item-detail", args=[task.pk])),
        Page("pages", "plan tree, 300 tasks", OFFICER,
             reverse("plans:plan-detail", args=[plan.pk]), tasks),
        Page("pages", "month calendar", OFFICER,
             reverse("plans:plan-month", args=[plan.pk]), tasks),
        Page("pages", "calendar of the place", OFFICER, reverse("plans:calendar") + here, tasks),
        Page("pages", "task list", OFFICER, reverse("plans:item-list") + here, tasks),
        Page("pages", "task list of the city", CITY,
             reverse("plans:item-list") + "?scope=below", tasks),
    ]  # fmt: skip


def _people_pages(plan: Plan) -> list[Page]:
    people = reverse("membership:person-list")
    search = reverse("search")
    person = "people.person"
    one = Account.objects.get(username=OFFICER).person_id
    return [
        Page("people", "people of a union", OFFICER, f"{people}?org={plan.org_id}&scope=below",
             person),
        Page("people", "people of the city", CITY, f"{people}?scope=below", person),
        Page("people", "one person", OFFICER,
             reverse("membership:person-detail", args=[one])),
        Page("people", "search 周正", CITY, f"{search}?q=周正", person),
        Page("people", "search zhouzheng", CITY, f"{search}?q=zhouzheng", person),
        Page("people", "search zzp", CITY, f"{search}?q=zzp", person),
        Page("people", "search 练兵", CITY, f"{search}?q=练兵", person),
    ]  # fmt: skip


def _finding_pages(plan: Plan) -> list[Page]:
    """Every way to find a person, as an officer of one union and as one of the whole tree."""
    search, person = reverse("search"), "people.person"
    inside = Org.objects.below(plan.org).order_by().values("pk")
    member = Person.objects.filter(org__in=inside).select_related("identity").latest("pk")
    number = member.identity.number.reveal()
    words = {
        "name": member.name,
        "pinyin": member.pinyin,
        "initials": member.initials,
        "former unit": FORMER_UNIT[-3:],
        "ID tail": number[-4:],
        "mobile tail": member.identity.mobile.reveal()[-4:],
        "whole ID number": number,
    }
    return [
        Page("finding", f"{way}, {whose}", username, f"{search}?q={word}", person)
        for whose, username in (("a union's officer", OFFICER), ("the city's", CITY))
        for way, word in words.items()
    ]


class Visit:
    """Opens pages as the people who use them, in turn with the bare ones."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.clients: dict[str, Client] = {}
        for page in pages:
            if page.username not in self.clients:
                client = self.clients[page.username] = Client()
                client.force_login(Account.objects.get(username=page.username))

    def learn(self) -> None:
        """Open each once, which counts its rows and queries and warms what there is to warm."""
        for page in self.pages:
            client = self.clients[page.username]
            self._fetch(client, page.path)
            page.queries, text = self._counted(client, page.path)
            if page.rows:
                page.count = max(1, len(set(re.findall(_LINKS[page.rows], text))))
                page.bare_path = f"/bare/{page.rows}/{page.count}/"
            self._fetch(client, page.bare_path)
            page.bare_queries, _ = self._counted(client, page.bare_path)

    def round(self) -> None:
        """Open each page and its bare one once more, and keep the times.

        In another order each time: Python's full collection comes every so many objects, and
        would fall on the same page in every round.
        """
        for page in random.sample(self.pages, len(self.pages)):
            client = self.clients[page.username]
            page.bare_times.append(self._timed(client, page.bare_path))
            page.times.append(self._timed(client, page.path))

    def _timed(self, client: Client, path: str) -> float:
        before = time.perf_counter()
        self._fetch(client, path)
        return (time.perf_counter() - before) * 1000

    def _counted(self, client: Client, path: str) -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            text = self._fetch(client, path)
        return len(queries), text

    def _fetch(self, client: Client, path: str) -> str:
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
        return response.content.decode()
