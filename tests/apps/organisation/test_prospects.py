"""A unit without a union: registered, surveyed, prepared, approved; and what else is kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gonghui.apps.organisation.actions import associations, prospects
from gonghui.apps.organisation.flow import FOUNDING
from gonghui.apps.organisation.models import AssociationReview, Contact, Exchange, Prospect
from gonghui.core.flow.life import Refused
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Kind, Org
from gonghui.kit.errors import DomainError
from tests.factories.bodies import ContactFactory, ProspectFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory

FOUNDED = {
    "full_name": "新设公司工会", "kind": Kind.GRASSROOTS, "since": date(2026, 3, 1),
    "approval": "安工〔2026〕11号", "approved_on": date(2026, 3, 1),
}  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def perform(prospect, name, by, **said):
    return FOUNDING.perform(Prospect.objects.get(pk=prospect.pk), name, by=by, **said)


def test_a_unit_becomes_a_union_of_the_tree(cast):
    carol = cast.actor("carol")
    unit = ProspectFactory(org=cast.city, unit="新设公司", workers=80, code="91350100M000100Y43")
    perform(unit, "start", carol)
    perform(unit, "submit", carol, on=date(2026, 2, 20), paper="")

    done = perform(unit, "found", carol, **FOUNDED)

    union = Org.objects.get(name="新设公司工会")
    assert (done.state, done.union, union.parent, union.since) == (
        "founded",
        union,
        cast.city,
        date(2026, 3, 1),
    )
    record = union.record
    assert (record.employer, record.employer_code, record.approval, record.approved_on) == (
        "新设公司",
        "91350100M000100Y43",
        "安工〔2026〕11号",
        date(2026, 3, 1),
    )
    assert union.headcounts.get().workers == 80
    assert history_of(union)[1].verb == "create"


def test_an_unknown_headcount_stays_unknown(cast):
    unit = ProspectFactory(org=cast.city, state="submitted")

    done = perform(unit, "found", cast.actor("carol"), **FOUNDED)

    assert done.union.headcounts.count() == 0


def test_approval_comes_after_the_register_and_steps_in_order(cast):
    carol = cast.actor("carol")
    unit = ProspectFactory(org=cast.city, found_on=date(2026, 3, 2))
    with pytest.raises(Refused):
        perform(unit, "found", carol, **FOUNDED)
    perform(unit, "start", carol)
    perform(unit, "submit", carol)

    with pytest.raises(DomainError, match="不能早于登记日期"):
        perform(unit, "found", carol, **FOUNDED)
    perform(unit, "return", carol, reason="材料不全")
    perform(unit, "pause", carol, reason="单位搬迁")
    assert perform(unit, "resume", carol).state == "waiting"


def test_the_register_is_kept_on_its_pages(cast):
    carol = cast.client("carol")
    said = {
        "unit": "新设公司",
        "org": "安澜市总工会",
        "found_on": "2026-02-01",
        "code": "91350100M000100Y44",
    }

    wrong = carol.post("/organisation/prospect/new/", said)
    assert (wrong.status_code, "校验码" in text(wrong)) == (422, True)
    assert carol.post("/organisation/prospect/new/", said | {"code": ""}).status_code == 302
    unit = Prospect.objects.get()
    at = f"/organisation/prospect/{unit.pk}"
    carol.post(f"{at}/survey/", {"on": "2026-02-10", "text": "职工三百余人"})
    assert "职工三百余人" in text(carol.get(f"{at}/"))
    carol.post(f"{at}/do/start/")
    carol.post(f"{at}/do/submit/", {"on": "2026-02-20"})
    form = carol.get(f"{at}/do/found/")
    assert "新设公司工会" in text(form)
    founded = {"full_name": "新设公司工会", "kind": "grassroots", "since": "2026-03-01",
               "approval": "安工〔2026〕11号", "approved_on": "2026-03-01"}  # fmt: skip
    assert carol.post(f"{at}/do/found/", founded).status_code == 302
    listed = text(carol.get(f"/organisation/prospect/?org={cast.city.pk}"))
    assert "新设公司" not in listed
    assert "新设公司" in text(carol.get(f"/organisation/prospect/?org={cast.city.pk}&state=all"))
    assert cast.client("dave").get(f"{at}/").status_code == 404


def test_a_survey_says_who_and_when(cast):
    unit = ProspectFactory(org=cast.city)

    note = prospects.note_survey(unit, on=date(2026, 2, 3), text="支持", by=cast.actor("carol"))

    assert (note.by, history_of(unit)[0].verb) == (cast.carol, "survey")


def test_a_review_counts_who_came_and_went_since_the_last(cast):
    club = OrgFactory(name="摄影协会", kind=Kind.ASSOCIATION, parent=cast.company)
    frank = cast.actor("frank")
    first = PostFactory(org=club, person=cast.alice, title="会长", since=date(2024, 1, 1))
    PostFactory(
        org=club, person=cast.bob, title="成员", since=date(2024, 1, 1), until=date(2025, 6, 1)
    )
    early = associations.review_association(club, on=date(2025, 1, 10), verdict="good", by=frank)
    newcomer = PersonFactory(org=cast.company)
    PostFactory(org=club, person=newcomer, title="成员", since=date(2025, 9, 1))

    made = cast.client("frank").post(
        "/organisation/associationreview/new/",
        {"org": "摄影协会", "on": "2026-01-10", "verdict": "fair", "findings": "每周一次"},
    )

    late = AssociationReview.objects.get(on=date(2026, 1, 10))
    assert made.url == f"/organisation/associationreview/{late.pk}/"
    assert (early.members, early.joined, early.left) == (2, None, None)
    assert (late.members, late.joined, late.left) == (2, 1, 1)
    assert first.until is None
    assert [e.verb for e in history_of(late)] == ["create"]
    page = text(cast.client("frank").get(f"/organisation/org/{club.pk}/"))
    assert "成员 2 人，新加入 1 人，退出 1 人" in page
    with pytest.raises(DomainError, match="已经填过"):
        associations.review_association(club, on=date(2026, 1, 10), verdict="good", by=frank)
    changed = {"on": "2026-01-10", "verdict": "good"}
    cast.client("frank").post(f"/organisation/associationreview/{late.pk}/edit/", changed)
    assert [e.verb for e in history_of(late)] == ["update", "create"]


def test_a_review_of_another_day_is_counted_anew_and_so_is_the_next(cast):
    """A member came in May: before the early review was moved it was the late one that saw it."""
    club = OrgFactory(name="摄影协会", kind=Kind.ASSOCIATION, parent=cast.company)
    frank = cast.actor("frank")
    PostFactory(org=club, person=cast.alice, title="会长", since=date(2024, 1, 1))
    PostFactory(org=club, person=cast.bob, title="成员", since=date(2025, 5, 1))
    said = {"verdict": "good", "by": frank}
    for day in (date(2024, 6, 1), date(2025, 1, 10), date(2026, 1, 10)):
        associations.review_association(club, on=day, **said)
    early, late = AssociationReview.objects.order_by("on")[1:]
    edit = f"/organisation/associationreview/{early.pk}/edit/"

    taken = cast.client("frank").post(edit, {"on": "2026-01-10", "verdict": "good"})
    moved = cast.client("frank").post(edit, {"on": "2025-06-10", "verdict": "good"})

    assert (taken.status_code, moved.status_code) == (422, 302)
    assert "这一天的评估已经填过" in text(taken)
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.members, early.joined, early.left) == (2, 1, 0)
    assert (late.members, late.joined, late.left) == (2, 0, 0)
    changes = history_of(early)[0].changes
    assert (changes["members"], changes["joined"]) == ([1, 2], [0, 1])
    assert history_of(late)[0].changes == {"joined": [1, 0]}
    first = AssociationReview.objects.order_by("on").first()
    assert [entry.verb for entry in history_of(first)] == ["create"]


def test_an_old_record_is_not_renamed_to_what_another_is_called(cast):
    """The form of an old one does not ask for its union, with which a name must be alone."""
    for name in ("外省邮电工会", "外省电力工会"):
        ContactFactory(org=cast.company, name=name)
    last = Contact.objects.latest("pk")
    edit = f"/organisation/contact/{last.pk}/edit/"

    taken = cast.client("frank").post(edit, {"name": "外省邮电工会", "sort": "advanced"})
    free = cast.client("frank").post(edit, {"name": "外省铁路工会", "sort": "advanced"})

    assert (taken.status_code, "这个单位已经登记过。" in text(taken)) == (422, True)
    assert (free.status_code, Contact.objects.get(pk=last.pk).name) == (302, "外省铁路工会")


def test_who_one_was_in_touch_with_is_asked_as_of_a_day(cast):
    ContactFactory(org=cast.company, name="一直联系的工会")
    ended = ContactFactory(org=cast.company, name="联系过的工会", since=date(2020, 1, 1))
    frank = cast.client("frank")
    edit = f"/organisation/contact/{ended.pk}/edit/"
    said = {"name": ended.name, "sort": "advanced", "since": "2020-01-01"}

    def listed(**asked):
        url = f"/organisation/contact/?org={cast.company.pk}"
        page = frank.get(url + "".join(f"&{name}={value}" for name, value in asked.items()))
        return {row.record.name[:2] for row in page.context["table"].rows}

    assert "联系结束的日期不能早于" in text(frank.post(edit, said | {"until": "2019-12-31"}))
    assert listed() == {"一直", "联系"}
    assert frank.post(edit, said | {"until": "2024-06-30"}).status_code == 302

    assert listed() == {"一直"}
    assert listed(as_of="2024-06-30") == {"一直", "联系"}
    assert listed(as_of="2024-07-01") == listed(as_of="2019-12-31") == {"一直"}
    assert (listed(state="ended"), listed(state="all")) == ({"联系"}, {"一直", "联系"})


def test_an_outside_union_and_the_exchanges_with_it(cast):
    frank = cast.client("frank")
    said = {
        "name": "外省邮电工会",
        "sort": "advanced",
        "org": f"#{cast.company.pk}",
        "place": "外省",
    }

    assert frank.post("/organisation/contact/new/", said).status_code == 302
    contact = Contact.objects.get()
    frank.post(
        f"/organisation/contact/{contact.pk}/exchange/",
        {"on": "2026-03-05", "subject": "学习交流", "people": 6},
    )

    assert Exchange.objects.get().contact == contact
    page = text(frank.get(f"/organisation/contact/{contact.pk}/"))
    assert "学习交流" in page
    assert "6 人参加" in page
    assert (
        frank.post(f"/organisation/contact/{contact.pk}/exchange/", {"on": ""}).status_code == 422
    )
    other = ContactFactory(org=cast.other_company)
    assert frank.get(f"/organisation/contact/{other.pk}/exchange/").status_code == 404


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        ("2026-01-31", []),
        ("2026-02-01", ["新设公司", "另一公司"]),
        ("2026-02-28", ["新设公司", "另一公司"]),
        ("2026-03-01", ["另一公司"]),
    ],
)
def test_units_without_a_union_are_asked_as_of_a_day(cast, day, listed):
    """On record from its registration, without a union until the day the union begins."""
    union = OrgFactory(parent=cast.city, since=date(2026, 3, 1))
    ProspectFactory(org=cast.city, unit="新设公司", state="founded", union=union)
    ProspectFactory(org=cast.city, unit="另一公司", state="paused")

    page = cast.client("carol").get(
        "/organisation/prospect/", {"as_of": day, "org": cast.city.pk, "scope": "below"}
    )

    assert sorted(row.record.unit for row in page.context["table"].page) == sorted(listed)


def test_a_new_record_fills_in_today_and_an_old_one_keeps_its_day(cast):
    carol, today = cast.client("carol"), timezone.localdate()
    unit = ProspectFactory(org=cast.city, found_on=date(2026, 1, 5))

    def day(url: str) -> object:
        return carol.get(f"/organisation/{url}").context["form"]["found_on"].value()

    assert day("prospect/new/") == today
    assert day(f"prospect/{unit.pk}/edit/") == date(2026, 1, 5)
    said = {"unit": "新设公司", "org": f"#{cast.city.pk}", "found_on": ""}
    sent = carol.post("/organisation/prospect/new/", said)
    assert (sent.status_code, sent.context["form"]["found_on"].value()) == (422, "")


@pytest.mark.parametrize("url", ["post", "prospect", "contact"])
def test_whom_one_speaks_with_and_who_holds_what_is_written_out_for_a_purpose(cast, url):
    PostFactory(org=cast.company)
    ProspectFactory(org=cast.city, contact="马主任", phone="0591-8000001")
    ContactFactory(org=cast.company, person="林主席", phone="0591-8000002")
    listed = f"/organisation/{url}/?org={cast.city.pk}&scope=below&state=&export=xlsx"
    carol = cast.client("carol")

    assert "purpose" in carol.get(listed).context["form"].fields
    assert carol.post(listed, {"purpose": ""}).status_code == 422
    assert carol.post(listed, {"purpose": "报省总核对名单"}).status_code == 302


def test_what_is_no_union_is_offered_no_second_leader_and_no_people(cast):
    """Who sits in an association or a committee is on the books of their union."""
    club = OrgFactory(parent=cast.company, kind=Kind.ASSOCIATION, name="书画协会")
    erin = cast.client("erin")

    page = text(erin.get(f"/organisation/org/{club.pk}/"))
    union = text(erin.get(f"/organisation/org/{cast.company.pk}/"))

    assert "撤销" in page
    assert "第二上级" not in page
    assert f"/membership/person/new/?org={club.pk}" not in page
    assert "第二上级" in union
    assert f"/membership/person/new/?org={cast.company.pk}" in union
