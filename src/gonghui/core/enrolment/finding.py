"""Finds whom the rows of a list mean, a chunk at a time, and says why somebody is not found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.exchange.kinds import Row
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Document, Identity, Person, Post
from gonghui.core.people.models.identity import number_key
from gonghui.core.signing.queries.meant import meant
from gonghui.kit.identity import tidy
from gonghui.kit.sealed_fields import blind_of

CAPABILITY = "activities.check"
AS_GUEST = "不在名册的来宾，请在「来宾」一列填「是」。"


class Lookup:
    """Who is meant by the rows of one chunk: people of one body whom the activity is for."""

    def __init__(self, activity: Activity, org: Org, by: Actor) -> None:
        self.activity, self.org, self.by = activity, org, by
        self.named: dict[str, list[Person]] = {}
        self.numbered: dict[str, Person] = {}
        self.welcome: set[int] = set()
        self.posted = _posted(org) if by.can(CAPABILITY, at=org) else set()

    def meet(self, rows: Sequence[Row]) -> None:
        """Ask for everybody the rows may mean, in three queries."""
        values = [row.values for row in rows]
        inside = subtree(self.org.path, field="org") & self.by.reach(CAPABILITY)
        inside |= Q(pk__in=self.posted)
        names = {one["name"] for one in values}
        people = Person.objects.filter(inside, name__in=names).select_related("org")
        named = defaultdict(list)
        for person in people.order_by("org__path", "pk"):
            named[person.name].append(person)
        self.named = dict(named)
        self.numbered = _owners(one["number"] for one in values if one.get("number"))
        known = {one.pk for group in self.named.values() for one in group}
        known |= {one.pk for one in self.numbered.values()}
        welcome = Person.objects.filter(meant(self.activity), pk__in=known)
        self.welcome = set(welcome.values_list("pk", flat=True))

    def candidates(self, row: Row) -> tuple[list[Person], str]:
        """Those who may be meant, or a sentence why nobody is."""
        if number := row.values.get("number"):
            found, why = self._by_number(row.values["name"], number)
        else:
            found, why = self._by_name(row.values["name"], row.values.get("unit", ""))
        welcome = [one for one in found if one.pk in self.welcome]
        if found and not welcome:
            return [], f"这个活动不面向{found[0].org}，没有替「{found[0]}」报名。"
        return welcome, why

    def _by_number(self, name: str, number: str) -> tuple[list[Person], str]:
        owner = self.numbered.get(tidy(number))
        if owner is None:
            return [], f"名册里没有这个证件号码。请核对，或先把「{name}」登记到花名册。{AS_GUEST}"
        if not self._is_own(owner):
            return [], "这个人不归您报名，请由所在单位报名。"
        if owner.name != name:
            return [], "证件号码是名册里另一个人的，姓名不同，请核对。"
        return self._present([owner])

    def _by_name(self, name: str, unit: str) -> tuple[list[Person], str]:
        found = self.named.get(name, [])
        if not found:
            return [], f"{self.org}的名册里没有「{name}」。请核对姓名，或先登记到花名册。{AS_GUEST}"
        if unit:
            there = [one for one in found if unit in (one.org.name, one.org.short_name)]
            if not there:
                return [], f"「{name}」不在「{unit}」，名册上在{found[0].org}，请核对。"
            found = there
        return self._present(found)

    def _present(self, found: list[Person]) -> tuple[list[Person], str]:
        present = [one for one in found if one.left_on is None]
        if not present:
            return [], f"「{found[0]}」已于 {found[0].left_on} 离开，不能报名。"
        return present, ""

    def _is_own(self, person: Person) -> bool:
        if person.pk in self.posted:
            return True
        path = person.org.path
        spans = self.by.spans.get(CAPABILITY, ())
        return path.startswith(self.org.path) and any(path.startswith(one) for one in spans)


def _posted(org: Org) -> set[int]:
    """The members of an association have a post in it and belong elsewhere (R-016)."""
    held = Post.objects.held(timezone.localdate()).filter(org=org)
    return set(held.order_by().values_list("person_id", flat=True))


def _owners(numbers: Iterable[str]) -> dict[str, Person]:
    """Whose documents these are; nothing sealed is opened."""
    blind = {
        blind_of(Identity, "number_index", number_key(Document.ID_CARD, number)): tidy(number)
        for number in numbers
    }
    rows = Identity.objects.filter(Q(number_index__in=list(blind))).select_related("person__org")
    return {blind[bytes(one.number_index)]: one.person for one in rows if one.number_index}
