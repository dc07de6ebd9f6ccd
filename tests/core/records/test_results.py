"""Results item by item: who entered two has one for each, told to those it was for."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import history_of
from gonghui.core.records.actions.recording import Given, Result, set_contributions, set_results
from gonghui.core.records.models import Contribution
from gonghui.core.records.papers.record import record_paper
from gonghui.core.records.queries.shares import gifts_of
from gonghui.core.signing.actions.places import Share, set_places
from gonghui.core.signing.models import Quota, Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.records import ContributionFactory
from tests.factories.signing import ChoiceFactory, QuotaFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meet(cast) -> Activity:
    """Over 100 metres run Alice and Bob, Bob jumps as well; Grace is a reserve."""
    meet = ActivityFactory(org=cast.company, kind="sport", state="held", title="职工运动会")
    SessionFactory(activity=meet)
    for name in ("100 米", "跳远"):
        QuotaFactory(activity=meet, name=name)
    return meet


@pytest.fixture
def items(meet) -> dict[str, Quota]:
    return {one.name: one for one in meet.quotas.all()}


@pytest.fixture
def people(cast, meet, items) -> dict[str, Registration]:
    entered = {"alice": ["100 米"], "bob": ["100 米", "跳远"], "grace": []}
    found = {}
    for name, wanted in entered.items():
        found[name] = RegistrationFactory(activity=meet, person=cast.person(name))
        for item in wanted:
            ChoiceFactory(registration=found[name], quota=items[item])
    return found


def page(meet: Activity, item: Quota | None = None) -> str:
    url = reverse("records:results", args=[meet.pk])
    return f"{url}?item={item.pk}" if item else url


def test_officer_writes_results_item_by_item(cast, meet, items, people):
    frank, run, jump = cast.client("frank"), items["100 米"], items["跳远"]
    shown = frank.get(page(meet)).content.decode()
    assert (cast.alice.name in shown, cast.bob.name in shown) == (True, True)
    alice, bob = (f"p{people[name].pk}" for name in ("alice", "bob"))
    ran = {f"{alice}-rank": 2, f"{bob}-rank": 1, f"{bob}-words": "12.3 秒"}
    jumped = {
        f"{bob}-rank": 3, "more-who": f"#{people['grace'].pk}", "more-rank": 1,
        "more-words": "4.10 米",
    }  # fmt: skip

    assert frank.post(page(meet, run), ran).status_code == 302
    assert frank.post(page(meet, jump), jumped).status_code == 302

    rows = Contribution.objects.order_by("quota", "rank")
    assert [(one.registration.person, one.said) for one in rows] == [
        (cast.bob, "100 米 第 1 名 12.3 秒"), (cast.alice, "100 米 第 2 名"),
        (cast.grace, "跳远 第 1 名 4.10 米"), (cast.bob, "跳远 第 3 名"),
    ]  # fmt: skip
    again = frank.get(page(meet, jump)).content.decode()
    assert again.index(cast.grace.name) < again.index(cast.bob.name)
    frank.post(page(meet, run), {f"{bob}-rank": 1})
    assert Contribution.objects.filter(quota=run).count() == 1
    assert history_of(meet).filter(verb="results").count() == 3


def test_who_was_placed_is_read_item_by_item(cast, meet, items, people):
    frank = cast.actor("frank")
    set_results(meet, items["跳远"], [Result(people["bob"], 3)], by=frank)
    ran = [Result(people["alice"], None, "犯规"), Result(people["bob"], 1, "12.3 秒")]
    set_results(meet, items["100 米"], ran, by=frank)
    Activity.objects.filter(pk=meet.pk).update(state="recorded")

    shown = cast.client("alice").get(reverse("signing:portal-activity", args=[meet.pk]))
    results = shown.content.decode().split('id="results"')[1]

    order = ["100 米", "12.3 秒", "犯规", "跳远", "第 3 名"]
    assert sorted(order, key=results.index) == order
    (gift,) = [one for one in gifts_of(meet) if one.person == cast.bob.pk]
    assert (gift.kind, gift.times) == ("contest", 2)
    assert gift.words == "名次 跳远 第 3 名；名次 100 米 第 1 名 12.3 秒"
    book = pypdf.PdfReader(io.BytesIO(record_paper(meet)))
    assert "100米第1名12.3秒" in "".join(book.pages[0].extract_text().split())


def test_other_contributions_and_results_leave_each_other_alone(cast, meet, items, people):
    frank = cast.actor("frank")
    set_results(meet, items["跳远"], [Result(people["bob"], 3)], by=frank)

    set_contributions(meet, [Given(people["alice"], "helped", "司线")], by=frank)
    set_results(meet, items["跳远"], [Result(people["bob"], 2)], by=frank)

    said = sorted(one.said for one in meet.contributions.all())
    assert said == ["司线", "跳远 第 2 名"]
    record = cast.client("frank").get(reverse("records:record", args=[meet.pk])).content.decode()
    assert ("司线" in record, "第 2 名" in record) == (True, False)


def test_bad_results_are_refused_with_a_sentence(cast, meet, items, people):
    frank, run = cast.actor("frank"), items["100 米"]
    stranger = RegistrationFactory()
    with pytest.raises(DomainError, match="没有参加这个活动"):
        set_results(meet, run, [Result(stranger, 1)], by=frank)
    with pytest.raises(DomainError, match="写了两行"):
        set_results(meet, run, [Result(people["bob"], 1), Result(people["bob"], 2)], by=frank)
    with pytest.raises(DomainError, match="没有这一项"):
        set_results(meet, QuotaFactory(), [], by=frank)
    bob = f"p{people['bob'].pk}"
    assert cast.client("frank").post(page(meet, run), {f"{bob}-rank": "0"}).status_code == 422
    nobody = cast.client("frank").post(page(meet, run), {"more-rank": "1"})
    assert "请写明是谁" in nobody.content.decode()
    Activity.objects.filter(pk=meet.pk).update(state="recorded")
    with pytest.raises(DomainError, match="继续补记"):
        set_results(meet, run, [Result(people["bob"], 1)], by=frank)


def test_database_keeps_one_result_an_item_and_a_rank_only_of_an_item(meet, items, people):
    ContributionFactory(
        activity=meet, registration=people["bob"], kind="placed", quota=items["跳远"], rank=1
    )
    for wrong in (
        {"kind": "placed", "quota": items["跳远"]},
        {"kind": "spoke", "quota": items["100 米"]},
        {"kind": "placed", "rank": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ContributionFactory(activity=meet, registration=people["bob"], **wrong)


def test_item_in_which_only_a_reserve_did_something_stays(cast, meet, items, people):
    frank = cast.actor("frank")
    set_results(meet, items["跳远"], [Result(people["grace"], 1)], by=frank)
    people["bob"].chosen.filter(quota=items["跳远"]).delete()
    run = Share(8, "100 米", pk=items["100 米"].pk)

    with pytest.raises(DomainError, match="「跳远」已记了成绩"):
        set_places(meet, None, shares=[run], by=frank)


@pytest.mark.parametrize("who", ["alice", "bob", "dave", "mallory"])
def test_nobody_else_writes_results(cast, meet, items, people, who):
    assert cast.client(who).get(page(meet)).status_code == 404
    assert cast.client(who).post(page(meet), {}).status_code == 404


def test_gathering_without_items_has_no_results_page(cast, meet):
    frank = cast.client("frank")
    detail = reverse("activities:activity-detail", args=[meet.pk])
    assert page(meet) in frank.get(detail).content.decode()
    assert frank.get(f"{page(meet)}?item=0").status_code == 404

    Activity.objects.filter(pk=meet.pk).update(kind="volunteer")  # its groups are shifts

    assert frank.get(page(meet)).status_code == 404
    assert page(meet) not in frank.get(detail).content.decode()
