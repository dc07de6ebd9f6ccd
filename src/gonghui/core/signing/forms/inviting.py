"""Whom an organiser invites, and the team a unit's leader names."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.lookup import LookupField, SeveralLookupField

from ..actions.teams import Place
from ..models import Delegation, Quota, Registration
from ..queries.meant import meant

ROLES = [
    (role.value, role.label)
    for role in (
        Registration.Role.PARTICIPANT,
        Registration.Role.LEADER,
        Registration.Role.RESERVE,
        Registration.Role.OFFICIAL,
    )
]


class InviteForm(forms.Form):
    """People who are asked by name."""

    people = SeveralLookupField(
        label="邀请谁", names=PERSON_NAMES, beside="org",
        help_text="写姓名、拼音或首字母，几个人用“、”隔开；重名时选带编号的。",
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = meant(activity) | subtree(activity.org.path, field="org")
        near |= actor.reach("activities.write")
        fields: Any = self.fields
        fields["people"].offer(Person.objects.active().filter(near).select_related("org"))


class CallForm(forms.Form):
    """Units that are asked for a team."""

    orgs = SeveralLookupField(
        label="哪些单位",
        names=ORG_NAMES,
        help_text="几个单位用“、”隔开；各单位负责人会收到通知。",
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["orgs"].offer(bodies)


def bodies_for(activity: Activity, actor: Actor, *, all_of: bool) -> Any:
    """Units an organiser may call; a unit's leader enters only their own."""
    below = Org.objects.below(activity.org).filter(until=None)
    return below if all_of else below & reachable(actor, "activities.check")


class LeaderForm(forms.Form):
    """Who leads the team."""

    leader = LookupField(label="领队", names=PERSON_NAMES, beside="org", required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["leader"].offer(people)


class PlaceForm(forms.Form):
    """One member of the team; an empty row is left out."""

    person = LookupField(label="姓名", names=PERSON_NAMES, beside="org", required=False)
    role = forms.ChoiceField(label="身份", choices=ROLES)

    def __init__(
        self, *args: Any, people: Any, groups: dict[str, Quota], most: int = 1, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        fields: Any = self.fields
        fields["person"].offer(people)
        offered = [(pk, str(one)) for pk, one in groups.items()]
        if groups and most == 1:
            fields["items"] = forms.ChoiceField(
                label="组别或项目", required=False, choices=[("", "不分组"), *offered]
            )
        elif groups:
            fields["items"] = forms.MultipleChoiceField(
                label=f"组别或项目（最多 {most} 个）",
                required=False,
                choices=offered,
                widget=forms.CheckboxSelectMultiple,
            )

    def place(self) -> Place | None:
        said = self.cleaned_data
        if not said.get("person") or said.get("DELETE"):
            return None
        items = said.get("items") or ()
        named = (items,) if isinstance(items, str) else items
        return Place(said["person"], said["role"], tuple(self.groups[one] for one in named))


PlaceRows = forms.formset_factory(
    PlaceForm, extra=5, can_delete=True, can_delete_extra=False, max_num=200
)


def team_people(delegation: Delegation) -> Any:
    """Those the team may be made of."""
    inside = subtree(delegation.org.path, field="org")
    return Person.objects.active().filter(inside).select_related("org")


def _items(one: Registration, *, several: bool) -> Any:
    items = [choice.quota_id for choice in one.chosen.all()]
    return items if several else next(iter(items), None)


def place_rows(delegation: Delegation, team: list[Registration], data: Any = None) -> Any:
    """The team as it is, with empty rows below."""
    activity = delegation.activity
    most = activity.items_allowed
    offered = {
        "people": team_people(delegation),
        "groups": {str(one.pk): one for one in activity.quotas.exclude(name="")},
        "most": most,
    }
    initial = [
        {"person": one.person, "role": one.role, "items": _items(one, several=most > 1)}
        for one in team
    ]
    return PlaceRows(data, initial=initial, prefix="place", form_kwargs=offered)
