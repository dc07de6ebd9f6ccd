"""Honours: entered, revoked with a reason, and the words they put beside a name."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.apps.honours.models import Honour
from gonghui.apps.membership.queries.own import own_data
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.people.tags import words_on
from tests.factories.honours import HonourFactory
from tests.factories.titles import TitleFactory

DAY = date(2026, 6, 1)
SAID = {
    "title": "全国劳动模范",
    "sort": "model_worker",
    "level": "national",
    "granted_by": "中共中央、国务院",
    "granted_on": "2020-11-24",
    "document": "中发〔2020〕1号",
}


def words(cast, name, day=DAY, by="frank"):
    return words_on(cast.person(name), day, cast.actor(by))


def test_chair_enters_an_honour_with_its_paper(cast):
    chair = cast.client("frank")

    paper = SimpleUploadedFile("证书.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")

    response = chair.post(
        reverse("honours:honour-create"),
        {"person": f"艾丽 #{cast.alice.pk}", **SAID, "papers": paper},
    )

    honour = Honour.objects.get()
    assert response.url == reverse("honours:honour-detail", args=[honour.pk])
    assert (honour.person, honour.org, honour.level) == (cast.alice, cast.branch, "national")
    assert "create" in {entry.verb for entry in history_of(honour)}
    assert attachments_of(honour).get().name == "证书.pdf"
    assert words(cast, "alice") == ["劳模"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2020, 4, 27), []),
        (date(2020, 4, 28), ["劳模"]),
        (date(2025, 9, 30), ["劳模"]),
        (date(2025, 10, 1), []),
    ],
)
def test_word_holds_from_the_grant_until_the_day_it_is_revoked(cast, day, found):
    HonourFactory(
        person=cast.alice, revoked_on=date(2025, 10, 1), revoked_for="违法，安政〔2025〕9号"
    )

    assert words(cast, "alice", day) == found


def test_medal_and_title_have_words_of_their_own_and_other_honours_none(cast):
    HonourFactory(person=cast.alice, sort="medal", title="五一劳动奖章")
    HonourFactory(person=cast.bob, sort="other", title="技术能手")
    TitleFactory(
        org=cast.company, person=cast.alice, since=date(2026, 1, 1), until=date(2026, 12, 31)
    )

    assert sorted(words(cast, "alice")) == ["五一奖章", "现有称号"]
    assert words(cast, "alice", date(2027, 1, 1)) == ["五一奖章"]
    assert words(cast, "bob") == []


def test_revoking_wants_its_reason(cast):
    honour = HonourFactory(person=cast.alice)
    url = reverse("honours:honour-update", args=[honour.pk])
    chair = cast.client("frank")

    refused = chair.post(url, {**SAID, "revoked_on": "2026-01-05"})
    kept = chair.post(url, {**SAID, "revoked_on": "2026-01-05", "revoked_for": "国发〔2026〕1号"})

    assert refused.status_code == 422
    assert "撤销要同时写日期和原因" in refused.content.decode()
    assert kept.status_code == 302
    honour.refresh_from_db()
    assert honour.revoked_on == date(2026, 1, 5)


def test_same_honour_is_refused_in_words_also_when_edited(cast):
    HonourFactory(person=cast.alice, title=SAID["title"], granted_on=date(2020, 11, 24))
    second = HonourFactory(person=cast.alice)

    response = cast.client("frank").post(reverse("honours:honour-update", args=[second.pk]), SAID)

    assert response.status_code == 422
    assert "已经登记过" in response.content.decode()


def test_empty_form_says_once_beside_each_box_what_to_do(cast):
    response = cast.client("frank").post(reverse("honours:honour-create"), {})

    said = response.context["form"].errors
    assert response.status_code == 422
    assert (said["person"], said["sort"]) == (["请填写这一项。"], ["请选择一项。"])
    assert '<option value="" selected>请选择</option>' in response.content.decode()
    assert "null" not in str(said)


def test_list_is_sorted_and_filtered_by_kind_at_once(cast):
    HonourFactory(person=cast.alice, sort="medal", title="五一劳动奖章")
    HonourFactory(person=cast.bob, sort="other", title="技术能手")
    url = f"{reverse('honours:honour-list')}?org={cast.company.pk}&scope=below"

    both = cast.client("frank").get(f"{url}&sort=-title")
    one = cast.client("frank").get(f"{url}&sort=-title&kind=medal")

    assert len(both.context["table"].rows) == 2
    assert not both.context["filterset"].form.errors
    assert [row.record.person for row in one.context["table"].rows] == [cast.alice]


def test_nobody_enters_their_own_revocation(cast):
    honour = HonourFactory(person=cast.frank)

    response = cast.client("frank").get(reverse("honours:honour-update", args=[honour.pk]))

    assert response.status_code == 404


def test_own_data_tells_of_honours_and_leaves_empty_parts_out(cast):
    HonourFactory(person=cast.alice)

    hers = own_data(cast.alice, cast.actor("alice"))
    assert hers["荣誉"] == [("安澜市劳动模范", "2020-04-28 安澜市人民政府授予")]
    assert "荣誉" not in own_data(cast.bob, cast.actor("bob"))
    assert "困难职工档案" not in hers
