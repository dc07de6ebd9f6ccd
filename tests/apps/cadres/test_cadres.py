"""Rules come into force version by version; cadres are entitled and rated."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gonghui.apps.cadres import actions
from gonghui.apps.cadres.models import Entitlement, Rating, Regulation, RegulationVersion
from gonghui.apps.cadres.models.ability import ABILITIES
from gonghui.apps.cadres.queries import in_force
from gonghui.core.files.models import Attachment
from gonghui.core.history.trail import history_of
from gonghui.kit.errors import DomainError
from tests.factories.cadres import RatingFactory, RegulationFactory, RegulationVersionFactory

MEETING = {"decided_by": "第二届第五次工委会", "decided_on": date(2026, 2, 1)}
POINTS = {"negotiation": 4, "mediation": 3, "guiding": 5, "incidents": 2}


def text(response) -> str:
    return response.content.decode()


def test_a_new_version_ends_the_one_before(cast):
    rule = RegulationFactory(org=cast.company)
    old = RegulationVersionFactory(regulation=rule)

    actions.add_version(rule, since=date(2026, 3, 1), by=cast.actor("frank"), **MEETING)

    old.refresh_from_db()
    assert old.until == date(2026, 2, 28)
    assert in_force(rule, date(2026, 2, 28)) == old
    assert in_force(rule, date(2026, 3, 1)).decided_by == "第二届第五次工委会"
    assert history_of(rule)[0].changes["meeting"] == "第二届第五次工委会"


def test_versions_follow_each_other_and_their_meeting(cast):
    rule = RegulationFactory(org=cast.company)
    RegulationVersionFactory(regulation=rule)
    frank = cast.actor("frank")

    with pytest.raises(DomainError, match="不能早于通过日期"):
        actions.add_version(rule, since=date(2026, 1, 31), by=frank, **MEETING)
    early = {"decided_by": "会", "decided_on": date(2023, 1, 1)}
    with pytest.raises(DomainError, match="须晚于 2024-01-01"):
        actions.add_version(rule, since=date(2024, 1, 1), by=frank, **early)


def test_a_repealed_rule_has_no_version_in_force(cast):
    rule = RegulationFactory(org=cast.company)
    RegulationVersionFactory(regulation=rule)
    frank = cast.actor("frank")
    with pytest.raises(DomainError, match="不能早于施行日期"):
        actions.repeal(rule, until=date(2023, 1, 1), reason="并入新制度", by=frank)

    actions.repeal(rule, until=date(2026, 2, 1), reason="并入新制度", by=frank)

    assert in_force(rule, date(2026, 2, 2)) is None
    with pytest.raises(DomainError, match="没有现行的版本"):
        actions.repeal(rule, until=date(2026, 2, 1), reason="再废", by=frank)


def test_a_version_that_follows_ends_one_that_was_to_run_longer(cast):
    rule = RegulationFactory(org=cast.company)
    first = RegulationVersionFactory(regulation=rule)
    frank = cast.actor("frank")
    actions.repeal(rule, until=date(2026, 12, 31), reason="年底停用", by=frank)

    said = {"decided_by": "工委会", "decided_on": date(2026, 5, 20)}
    second = actions.add_version(rule, since=date(2026, 6, 1), by=frank, **said)

    first.refresh_from_db()
    assert first.until == date(2026, 5, 31)
    on = rule.versions.on(date(2026, 6, 1))
    assert list(on) == [second]


def test_the_library_is_kept_on_its_pages_and_read_by_members(cast):
    frank = cast.client("frank")
    said = {"title": "工会会议制度", "subject": "office", "org": f"#{cast.company.pk}"}
    assert frank.post("/cadres/regulation/new/", said).status_code == 302
    rule = Regulation.objects.get()
    at = f"/cadres/regulation/{rule.pk}"
    paper = SimpleUploadedFile("会议制度.txt", "第一条".encode())
    given = {"decided_by": "第二届第五次工委会", "decided_on": "2026-02-01", "since": "2026-03-01"}

    assert frank.post(f"{at}/version/", given | {"since": "2026-01-01"}).status_code == 422
    assert frank.post(f"{at}/version/", given | {"texts": paper}).status_code == 302

    page = text(cast.client("alice").get(f"{at}/"))
    assert "现行" in page
    assert "第二届第五次工委会" in page
    file = Attachment.objects.get()
    assert file.subject == RegulationVersion.objects.get()
    sent = cast.client("alice").get(f"/files/{file.pk}/")
    assert b"".join(sent.streaming_content) == "第一条".encode()
    assert cast.client("dave").get(f"/files/{file.pk}/").status_code == 404
    assert cast.client("alice").get(f"{at}/version/").status_code == 404
    frank.post(f"{at}/repeal/", {"until": "2026-04-01", "reason": "停用"})
    assert RegulationVersion.objects.get().until == date(2026, 4, 1)


def test_the_library_is_asked_as_of_a_day(cast):
    frank = cast.actor("frank")
    rule = RegulationFactory(org=cast.company, title="会议制度")
    other = RegulationFactory(org=cast.company, title="选举办法")
    paper = {"decided_by": "第五次工委会", "by": frank}
    for since in (date(2024, 3, 1), date(2026, 3, 1)):
        actions.add_version(rule, since=since, decided_on=since, **paper)
    actions.add_version(other, since=date(2026, 1, 1), decided_on=date(2026, 1, 1), **paper)
    actions.repeal(other, until=date(2026, 2, 1), reason="停用", by=frank)

    def listed(day):
        page = cast.client("frank").get(f"/cadres/regulation/?as_of={day}&scope=below")
        return {str(one.record): one.record.in_force for one in page.context["table"].rows}

    assert listed("2024-02-29") == {}
    assert listed("2026-01-31") == {
        "《会议制度》": date(2024, 3, 1),
        "《选举办法》": date(2026, 1, 1),
    }
    assert listed("2026-03-01") == {"《会议制度》": date(2026, 3, 1)}


def test_an_entitlement_lies_with_the_body_of_the_cadre(cast):
    said = {"person": "鲍博", "kind": "political", "what": "列席党委会", "basis": "上级文件"}

    assert cast.client("frank").post("/cadres/entitlement/new/", said).status_code == 302

    held = Entitlement.objects.get()
    assert (held.org, held.person) == (cast.branch, cast.bob)
    open_ones = cast.client("frank").get(
        f"/cadres/entitlement/?state=open&org={cast.company.pk}&scope=below"
    )
    assert "未落实" in text(open_ones)
    cast.client("frank").post(
        f"/cadres/entitlement/{held.pk}/edit/",
        {"kind": "political", "what": "列席党委会", "done_on": "2026-03-01"},
    )
    held.refresh_from_db()
    assert held.done_on == date(2026, 3, 1)
    assert "列席党委会" in text(cast.client("bob").get(f"/cadres/entitlement/{held.pk}/"))
    assert cast.client("alice").get(f"/cadres/entitlement/{held.pk}/").status_code == 404


def test_a_rating_gives_points_to_the_abilities_of_its_profile(cast):
    frank = cast.client("frank")
    said = {"person": "鲍博", "profile": "county", "on": "2026-03-01"}

    first = frank.post("/cadres/rating/new/", said)
    assert (first.status_code, "请为下面各项能力打分" in text(first)) == (422, True)
    assert "协商谈判能力" in text(first)
    assert "理论思维能力" not in text(first)
    missing = frank.post("/cadres/rating/new/", said | POINTS | {"guiding": ""})
    assert (missing.status_code, "请填写这一项的分值" in text(missing)) == (422, True)
    assert frank.post("/cadres/rating/new/", said | POINTS).status_code == 302

    rating = Rating.objects.get()
    assert (rating.by, rating.org) == (cast.frank, cast.branch)
    assert {one.ability: one.points for one in rating.scores.all()} == POINTS
    assert [entry.verb for entry in history_of(rating)] == ["create"]
    edit = f"/cadres/rating/{rating.pk}/edit/"
    asked = frank.get(edit).context["form"]
    assert {one: asked.initial[one] for one in POINTS} == POINTS
    unsaid = frank.post(edit, {"note": "善于协商"} | POINTS | {"guiding": ""})
    assert (unsaid.status_code, "请填写这一项的分值" in text(unsaid)) == (422, True)
    better = POINTS | {"guiding": 2}
    assert frank.post(edit, {"note": "善于协商"} | better).status_code == 302
    assert {one.ability: one.points for one in rating.scores.all()} == better
    entry = history_of(rating).first()
    assert (entry.verb, entry.changes) == (
        "update",
        {"note": ["", "善于协商"], "思想疏导能力": [POINTS["guiding"], 2]},
    )
    frank.post(edit, {"note": "善于协商"} | better)
    assert [entry.verb for entry in history_of(rating)] == ["update", "create"]
    assert "善于协商" in text(cast.client("bob").get(f"/cadres/rating/{rating.pk}/"))
    assert cast.client("alice").get(f"/cadres/rating/{rating.pk}/").status_code == 404
    assert "能力评定" in text(frank.get(f"/membership/person/{cast.bob.pk}/"))


def test_who_was_rated_changes_nothing_of_it(cast):
    """Frank keeps the ratings of his union and reads his own."""
    facts = {"org": cast.company, "profile": "county", "on": date(2026, 3, 1), "points": POINTS}
    rating = actions.rate(cast.frank, by=cast.actor("carol"), **facts)
    edit = f"/cadres/rating/{rating.pk}/edit/"

    assert cast.client("frank").get(f"/cadres/rating/{rating.pk}/").status_code == 200
    assert cast.client("frank").post(edit, POINTS | {"guiding": 1}).status_code == 404
    assert cast.client("carol").get(edit).status_code == 200
    assert rating.scores.get(ability="guiding").points == POINTS["guiding"]


def test_a_rating_is_shown_beside_the_one_before(cast):
    frank = cast.actor("frank")
    facts = {"org": cast.branch, "profile": "county", "by": frank}
    actions.rate(cast.bob, on=date(2025, 3, 1), points=POINTS, **facts)
    later = actions.rate(cast.bob, on=date(2026, 3, 1), points=POINTS | {"guiding": 1}, **facts)
    RatingFactory(person=cast.alice)

    page = text(cast.client("frank").get(f"/cadres/rating/{later.pk}/"))

    assert "与 2025-03-01 的评定比较" in page
    assert "上次 5 分" in page


def test_nobody_rates_themselves_or_twice_a_day(cast):
    facts = {"org": cast.branch, "profile": "county", "on": date(2026, 3, 1), "points": POINTS}

    with pytest.raises(DomainError, match="不能给自己评定"):
        actions.rate(cast.bob, by=cast.actor("bob"), **facts)
    actions.rate(cast.bob, by=cast.actor("frank"), **facts)
    with pytest.raises(DomainError, match="已经填过"):
        actions.rate(cast.bob, by=cast.actor("frank"), **facts)


def test_the_profiles_are_those_of_the_founding_documents():
    assert {name: len(abilities) for name, abilities in ABILITIES.items()} == {
        "county": 4,
        "enterprise": 4,
    }
