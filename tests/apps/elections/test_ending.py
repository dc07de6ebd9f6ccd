"""A union that is dissolved or merged into another elects nobody any more (工会法 §13)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gonghui.apps.elections.flow import DEPARTURE, LIFE
from gonghui.apps.elections.models import Departure, Election
from gonghui.apps.organisation.actions.closing import close_org
from gonghui.apps.organisation.actions.merging import merge_org
from gonghui.core.access.actor import SYSTEM
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Kind
from tests.factories.elections import DepartureFactory, ElectionFactory, TermFactory
from tests.factories.organisation import OrgFactory, PostFactory

FINISHED = ("confirmed", "archived", "cancelled")
UNDER_WAY = [state for state, _ in LIFE.states if state not in FINISHED]


def of_the_company(cast, state: str) -> Election:
    election = ElectionFactory(org=cast.company)
    Election.objects.filter(pk=election.pk).update(state=state)
    election.refresh_from_db()
    return election


def state_of(obj) -> str:
    return type(obj).objects.get(pk=obj.pk).state


def close(cast, by=None) -> None:
    close_org(cast.company, by=by or cast.actor("carol"), ground="单位终止", reason="文")


@pytest.mark.parametrize("state", UNDER_WAY)
def test_what_is_under_way_ends_with_the_union(cast, state):
    election = of_the_company(cast, state)

    close(cast)

    assert state_of(election) == "cancelled"
    entry = history_of(election)[0]
    assert (entry.verb, entry.by) == ("end", cast.people["carol"])


@pytest.mark.parametrize("state", FINISHED)
def test_what_was_finished_stays_as_it_was(cast, state):
    election = of_the_company(cast, state)

    close(cast)

    assert state_of(election) == state


def test_a_merged_union_elects_nobody_and_its_taker_goes_on(cast):
    taker = OrgFactory(name="安澜纺织公司工会", kind=Kind.GRASSROOTS, parent=cast.city)
    gone, own = of_the_company(cast, "published"), ElectionFactory(org=taker)

    merge_org(cast.company, taker, by=cast.actor("carol"), reason="文")

    assert (state_of(gone), state_of(own)) == ("cancelled", "draft")


@pytest.mark.parametrize("state", ["proposed", "decided", "submitted"])
def test_a_departure_under_way_ends_with_the_union(cast, state):
    post = PostFactory(person=cast.frank, title="主席", since=date(2024, 1, 1), org=cast.company)
    departure = DepartureFactory(post=post, org=cast.company)
    Departure.objects.filter(pk=departure.pk).update(state=state)

    close(cast)

    assert state_of(departure) == "refused"


def test_what_was_left_open_can_only_be_ended(cast):
    """As where a union was dissolved by nobody in particular, or before this was looked after."""
    election = of_the_company(cast, "reported")
    close(cast, by=SYSTEM)

    page = cast.client("carol").get(reverse("elections:election-detail", args=[election.pk]))

    assert state_of(election) == "reported"
    assert "工会已经撤销或者并入别的工会，这次选举不能再办下去" in page.content.decode()
    assert [step.name for step in LIFE.open_to(cast.actor("carol"), election)] == ["end"]
    said = {"on": date(2026, 3, 25), "paper": "安工〔2026〕9号"}
    with pytest.raises(Refused):
        LIFE.perform(election, "confirm", by=cast.actor("carol"), **said)
    with pytest.raises(Refused):
        LIFE.perform(election, "end", by=cast.actor("dave"))
    assert LIFE.perform(election, "end", by=cast.actor("carol")).state == "cancelled"


def test_nothing_ends_this_way_while_the_union_stands(cast):
    election = of_the_company(cast, "published")

    with pytest.raises(Refused):
        LIFE.perform(election, "end", by=cast.actor("carol"))
    departure = DepartureFactory(post=PostFactory(person=cast.frank, title="主席"))
    assert "end" not in {step.name for step in DEPARTURE.open_to(cast.actor("carol"), departure)}


@pytest.mark.parametrize(("step", "said"), [("close", {"ground": "单位终止"}), ("merge", {})])
def test_the_preview_says_so_of_a_union(cast, step, said):
    taker = OrgFactory(name="安澜纺织公司工会", kind=Kind.GRASSROOTS, parent=cast.city)
    address = reverse(f"organisation:org-{step}", args=[cast.company.pk])

    page = cast.client("carol").post(address, {"reason": "文", "into": taker.name} | said)

    assert "正在办的换届选举和主席离任到此为止" in page.content.decode()


def test_the_page_of_a_closed_union_says_of_no_term_that_it_is_due(cast):
    TermFactory(org=cast.company, due_on=date(2024, 5, 10))
    address = reverse("organisation:org-detail", args=[cast.company.pk]) + "?part=seats"
    assert "随工会终止" not in cast.client("carol").get(address).content.decode()

    close(cast)

    assert "随工会终止" in cast.client("carol").get(address).content.decode()
