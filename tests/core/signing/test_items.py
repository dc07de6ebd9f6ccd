"""One person has several items of a meet, each with its own places and its own line (R-346)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.activities.models import Activity
from gonghui.core.notices.models import Notice
from gonghui.core.signing.actions.choosing import choose
from gonghui.core.signing.actions.places import Share, set_places
from gonghui.core.signing.actions.signing import Signing, sign_up, withdraw
from gonghui.core.signing.actions.swapping import swap
from gonghui.core.signing.actions.teams import Place, form_team
from gonghui.core.signing.models import Quota, Registration
from gonghui.core.signing.queries.mine import standing_items
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import DelegationFactory, QuotaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meet(cast) -> Activity:
    return ActivityFactory(org=cast.company, state="open", title="运动会", items_allowed=2)


@pytest.fixture
def items(meet) -> tuple[Quota, Quota, Quota]:
    run, jump, throw = (QuotaFactory(activity=meet, name=n, capacity=1) for n in "跑跳投")
    return run, jump, throw


def sign(meet: Activity, person, *quotas: Quota) -> Registration:
    (made,) = sign_up(meet, [Signing(person, quotas=quotas)], by=SYSTEM)
    return made


def stands(meet: Activity) -> dict[str, list[str]]:
    """Who: the items, those waited for marked."""
    rows = meet.registrations.filter(status__in=("signed", "waiting")).order_by("pk")
    return {str(one): [one.status, *map(str, one.chosen.all())] for one in rows}


def taken(meet: Activity) -> tuple[int, list[int]]:
    meet.refresh_from_db()
    quotas = meet.quotas.order_by("pk").values_list("seats_taken", flat=True)
    return meet.seats_taken, list(quotas)


def test_one_person_has_two_items_and_takes_one_place_in_all(cast, meet, items):
    run, jump, _ = items
    sign(meet, cast.alice, run, jump)

    made = sign(meet, cast.bob, jump, items[2])

    assert stands(meet) == {
        "艾丽": ["signed", "跑", "跳"], "鲍博": ["signed", "跳（候补）", "投"],
    }  # fmt: skip
    assert taken(meet) == (2, [1, 1, 1])
    assert [(one.name, one.ahead) for one in standing_items(made)] == [("跳", 0), ("投", None)]


def test_more_than_the_organiser_allows_is_refused(cast, meet, items):
    with pytest.raises(DomainError, match="每人最多报 2 项"):
        sign(meet, cast.alice, *items)

    set_places(meet, None, by=SYSTEM, items_allowed=3)

    assert sign(meet, cast.alice, *items).status == "signed"


def test_who_withdraws_frees_every_item_and_each_line_moves(cast, meet, items):
    run, jump, throw = items
    place = sign(meet, cast.alice, run, jump)
    sign(meet, cast.bob, run, throw)
    sign(meet, cast.frank, jump)

    withdraw(place, by=SYSTEM)

    assert stands(meet) == {"鲍博": ["signed", "跑", "投"], "方兰": ["signed", "跳"]}
    assert taken(meet) == (2, [1, 1, 1])
    told = Notice.objects.filter(title="候补转正：运动会").values_list("person", "body")
    assert set(told) == {
        (cast.bob.pk, "有了空位，您已报上跑。"), (cast.frank.pk, "有了空位，您已报上跳。"),
    }  # fmt: skip


def test_place_in_all_binds_items_too(cast, meet, items):
    set_places(meet, 1, by=SYSTEM)
    place = sign(meet, cast.alice, items[0])

    waits = sign(meet, cast.bob, items[1], items[2])

    assert stands(meet)["鲍博"] == ["waiting", "跳（候补）", "投（候补）"]
    withdraw(place, by=SYSTEM)
    waits.refresh_from_db()
    assert stands(meet) == {"鲍博": ["signed", "跳", "投"]}
    assert taken(meet) == (1, [0, 1, 1])


def test_who_gives_up_the_only_item_held_waits_for_the_rest(cast, meet, items):
    run, jump, throw = items
    sign(meet, cast.alice, run)
    mine = sign(meet, cast.bob, run, jump)

    choose(mine, [run], by=Actor(cast.bob))

    assert stands(meet)["鲍博"] == ["waiting", "跑（候补）"]
    assert taken(meet) == (1, [1, 0, 0])
    choose(mine, [run, throw], by=Actor(cast.bob))
    assert stands(meet)["鲍博"] == ["signed", "跑（候补）", "投"]


def test_what_is_kept_keeps_its_place_and_its_turn(cast, meet, items):
    run, jump, _ = items
    holder = sign(meet, cast.alice, run)
    first, second = (sign(meet, PersonFactory(), run) for _ in range(2))

    choose(first, [run, jump], by=SYSTEM)
    withdraw(holder, by=SYSTEM)

    assert stands(meet)[str(first)] == ["signed", "跑", "跳"]
    assert stands(meet)[str(second)] == ["waiting", "跑（候补）"]


def test_items_change_as_long_as_one_may_sign_up_and_withdraw(cast, meet, items):
    run, jump, throw = items
    mine, alice = sign(meet, cast.alice, run), Actor(cast.alice)
    now = timezone.now()

    with pytest.raises(DomainError, match="请至少留一项"):
        choose(mine, [], by=alice)
    Activity.objects.filter(pk=meet.pk).update(withdraw_by=now - timedelta(hours=1))
    with pytest.raises(DomainError, match="退出的期限已过"):
        choose(mine, [jump], by=alice)
    choose(mine, [run, jump], by=alice)
    Activity.objects.filter(pk=meet.pk).update(closes_at=now - timedelta(hours=1))
    Activity.objects.filter(pk=meet.pk).update(withdraw_by=None)
    with pytest.raises(DomainError, match="报名已经截止"):
        choose(mine, [run, throw], by=alice)
    choose(mine, [jump], by=alice)

    choose(mine, [throw], by=cast.actor("frank"))  # who holds it is bound by neither
    assert stands(meet) == {"艾丽": ["signed", "投"]}


def test_all_items_go_to_who_comes_instead(cast, meet, items):
    run, jump, _ = items
    sign(meet, cast.frank, run)
    place = sign(meet, cast.alice, run, jump)

    swap(place, cast.bob, by=cast.actor("frank"))

    assert stands(meet)["鲍博"] == ["signed", "跑（候补）", "跳"]
    assert taken(meet) == (2, [1, 1, 0])


def test_team_names_several_items_for_each_of_its_people(cast, meet, items):
    run, jump, throw = items
    team = DelegationFactory(activity=meet, org=cast.branch)
    form = reverse("signing:team", args=[team.pk])
    rows = {
        "leader": "", "place-TOTAL_FORMS": 2, "place-INITIAL_FORMS": 0,
        "place-0-person": f"艾丽 #{cast.alice.pk}", "place-0-role": "participant",
        "place-0-items": [run.pk, jump.pk],
        "place-1-person": f"鲍博 #{cast.bob.pk}", "place-1-role": "participant",
        "place-1-items": [jump.pk, throw.pk],
    }  # fmt: skip

    cast.client("bob").post(form, rows)

    assert stands(meet) == {
        "艾丽": ["signed", "跑", "跳"], "鲍博": ["signed", "跳（候补）", "投"],
    }  # fmt: skip
    page = cast.client("bob").get(form)
    assert [row.initial.get("items") for row in page.context["rows"]][:2] == [
        [run.pk, jump.pk], [jump.pk, throw.pk],
    ]  # fmt: skip
    with pytest.raises(DomainError, match="每人最多报 2 项"):
        form_team(team, [Place(cast.alice, quotas=items)], by=SYSTEM)
    assert stands(meet)["艾丽"] == ["signed", "跑", "跳"]


def test_member_ticks_items_on_the_phone_and_changes_them(cast, meet, items):
    run, jump, throw = items
    sign(meet, cast.bob, jump)
    page_url = reverse("signing:portal-activity", args=[meet.pk])
    alice = cast.client("alice")
    assert "每人最多报 2 项" in alice.get(page_url).content.decode()

    alice.post(page_url, {"items": [run.pk, jump.pk]})

    assert stands(meet)["艾丽"] == ["signed", "跑", "跳（候补）"]
    page = alice.get(page_url).content.decode()
    assert "前面还有 0 人" in page
    alice.post(reverse("signing:portal-items", args=[meet.pk]), {"items": [run.pk, throw.pk]})
    assert stands(meet)["艾丽"] == ["signed", "跑", "投"]
    assert cast.client("grace").post(
        reverse("signing:portal-items", args=[meet.pk]), {"items": [run.pk]}
    ).status_code == 404  # fmt: skip


def test_organiser_changes_the_items_of_one_person(cast, meet, items):
    run, jump, _ = items
    mine = sign(meet, cast.alice, run)
    url = reverse("signing:items", args=[mine.pk])
    frank = cast.client("frank")
    assert "跑" in frank.get(url).content.decode()

    assert frank.post(url, {"items": [i.pk for i in items]}).status_code == 422
    frank.post(url, {"items": [jump.pk]})

    assert stands(meet) == {"艾丽": ["signed", "跳"]}
    assert "艾丽" in frank.get(reverse("signing:people", args=[meet.pk])).content.decode()
    assert cast.client("dave").get(url).status_code == 404


def test_item_somebody_has_stays(cast, meet, items):
    mine = sign(meet, cast.alice, items[0])
    shares = [Share(one.capacity, one.name, pk=one.pk) for one in items[1:]]

    with pytest.raises(DomainError, match="不能删去"):
        set_places(meet, None, by=SYSTEM, shares=shares)
    withdraw(mine, by=SYSTEM)
    set_places(meet, None, by=SYSTEM, shares=shares)

    assert meet.quotas.count() == 2
