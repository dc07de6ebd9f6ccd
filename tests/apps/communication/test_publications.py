"""Briefs and news registered as issued: once, with their number, file and whom they went to."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from gonghui.apps.communication.api import register, take_back
from gonghui.apps.communication.models import Publication
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.indicators.counting import figures, split_by
from gonghui.core.indicators.registry import indicators
from gonghui.core.reports.codes import write_out
from gonghui.core.reports.composing import Composition
from gonghui.core.reports.writing import compose
from gonghui.core.search.finding import find
from gonghui.kit.dates import Period
from gonghui.kit.errors import DomainError
from tests.cast import Cast
from tests.factories.communication import PublicationFactory
from tests.factories.reports import PaperFactory

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2026)
LIST = reverse("communication:publication-list")
NEW = reverse("communication:publication-create")


@pytest.fixture(autouse=True)
def _in_june(time_machine):
    time_machine.move_to("2026-06-10T10:00:00+08:00", tick=False)


def word(name: str = "第一期.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 issued")


def said(**more) -> dict[str, object]:
    facts = {
        "kind": "brief", "title": "创争活动简报", "year": 2026, "number": 1,
        "issued_on": "2026-06-01", "sent_to": "报市总工会，发各分会",
    }  # fmt: skip
    return facts | more


def detail(one: Publication, role: str = "detail") -> str:
    return reverse(f"communication:publication-{role}", args=[one.pk])


def test_a_brief_is_registered_by_hand_with_its_file(cast: Cast) -> None:
    frank = cast.client("frank")

    answer = frank.post(NEW, said(org=f"{cast.company} #{cast.company.pk}", papers=word()))

    made = Publication.objects.get()
    assert answer.status_code == 302
    assert (made.org, made.numbered, made.state) == (cast.company, "2026年第1期", "issued")
    assert [(one.name, one.role) for one in attachments_of(made)] == [("第一期.pdf", "issued")]
    assert [one.verb for one in history_of(made)] == ["create"]
    page = frank.get(detail(made)).content.decode()
    assert "报市总工会，发各分会" in page
    assert "第一期.pdf" in page


def test_without_its_file_nothing_is_registered(cast: Cast) -> None:
    answer = cast.client("frank").post(NEW, said(org=f"#{cast.company.pk}"))

    assert answer.status_code == 422
    assert "请上传印发的文件" in answer.content.decode()
    assert not Publication.objects.exists()


def test_the_next_number_is_proposed_and_said_to_be_so(cast: Cast) -> None:
    PublicationFactory(org=cast.company, number=3)
    PublicationFactory(org=cast.company, number=9, state="withdrawn")
    PublicationFactory(org=cast.company, number=40, year=2025)
    PublicationFactory(org=cast.city, number=21)

    page = cast.client("frank").get(NEW).content.decode()

    assert 'name="number" value="4"' in page
    assert "2026年登记到第 3 期，这里建议第 4 期，请对照印发件核对" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": ""}, "简报要写期号"),
        ({"number": "1"}, "简报2026年第1期已经登记过：工会工作简报"),
        ({"number": "2", "issued_on": "2026-06-11"}, "印发日期不能晚于今天"),
        ({"number": "2", "adopted_on": "2026-06-05"}, "请写明被哪里采用"),
        (
            {"number": "2", "adopted_on": "2026-05-31", "adopted_by": "省总工会"},
            "采用日期不能早于印发日期",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast: Cast, wrong, sentence) -> None:
    PublicationFactory(org=cast.company, number=1)

    answer = cast.client("frank").post(NEW, said(org=f"#{cast.company.pk}", papers=word(), **wrong))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Publication.objects.count() == 1


def test_the_same_number_is_free_for_another_year_kind_and_union(cast: Cast) -> None:
    PublicationFactory(org=cast.company, number=1)

    PublicationFactory(org=cast.company, number=1, year=2025)
    PublicationFactory(org=cast.company, number=1, kind="news")
    PublicationFactory(org=cast.branch, number=1)
    PublicationFactory(org=cast.company, number=1, state="withdrawn")
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationFactory(org=cast.company, number=1)


def test_news_needs_no_number_and_its_adoption_is_added_later(cast: Cast) -> None:
    frank = cast.client("frank")
    frank.post(NEW, said(org=f"#{cast.company.pk}", kind="news", number="", papers=word()))
    made = Publication.objects.get()

    frank.post(
        detail(made, "update"),
        said(kind="news", number="", adopted_by="市总工会", adopted_on="2026-06-09"),
    )

    made.refresh_from_db()
    assert (made.numbered, made.adopted_by) == ("", "市总工会")
    assert attachments_of(made).count() == 1
    assert [one.verb for one in history_of(made)] == ["update", "create"]


def test_a_draft_is_registered_once_from_its_own_page(cast: Cast) -> None:
    paper = PaperFactory(org=cast.company, sort="brief", title="安澜机械公司工会2026年5月工作简报")
    frank = cast.client("frank")
    page = reverse("reports:paper-detail", args=[paper.pk])
    door = f"{NEW}?paper={paper.pk}"

    before = frank.get(page).content.decode()
    form = frank.get(door).content.decode()
    frank.post(door, said(title=paper.title))
    after = frank.get(page).content.decode()
    again = frank.post(door, said(number=2))

    made = Publication.objects.get()
    assert door in before
    assert paper.title in form
    assert "id_org" not in form
    assert (made.paper, made.org) == (paper, cast.company)
    assert detail(made) in after
    assert door not in after
    assert again.status_code == 422
    assert "已经登记为" in again.content.decode()


def test_leaflets_and_banners_are_registered_by_how_many_there_were(cast: Cast) -> None:
    frank = cast.client("frank")
    org = f"{cast.company} #{cast.company.pk}"
    leaflet = said(org=org, kind="leaflet", title="创争活动宣传单", number="")

    bare = frank.post(NEW, leaflet)
    frank.post(NEW, leaflet | {"copies": 3000})
    frank.post(NEW, leaflet | {"copies": 500})
    frank.post(NEW, leaflet | {"kind": "banner", "title": "过街横幅", "copies": 12})
    wrong = frank.post(NEW, said(org=org, copies=3, papers=word()))

    assert (bare.status_code, wrong.status_code) == (422, 422)
    assert "写明发了多少份" in bare.content.decode()
    assert "只有宣传单、横幅填数量" in wrong.content.decode()
    assert value("communication.leaflets", cast.company) == 3500
    assert value("communication.banners", cast.city) == 12
    assert value("communication.issued", cast.company) == 0
    others = [cast.client(name).post(NEW, leaflet).status_code for name in ("alice", "mallory")]
    assert others == [404, 404]


def test_members_are_not_sent_to_read_what_there_is_only_a_number_of(cast: Cast) -> None:
    made = PublicationFactory(org=cast.company, kind="banner", number=None, copies=4)
    at = reverse("communication:publication-read", args=[made.pk])

    assert cast.client("alice").get(at).status_code == 404
    assert cast.client("frank").get(detail(made)).status_code == 200


@pytest.mark.parametrize(("kind", "copies"), [("banner", None), ("news", 3)])
def test_only_what_is_counted_has_a_number_of_copies(cast: Cast, kind, copies) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationFactory(org=cast.company, kind=kind, number=None, copies=copies)


def drafted(cast: Cast, *words: str):
    """A draft of the company's as its officer wrote it out."""
    found = Composition("安澜机械公司工会\n工作简报")
    for one in words:
        found.paragraph(one)
    found.table(("数字", "本期"), [("参加人数", "36人")])
    by = cast.actor("frank")
    return write_out(found, sort="brief", org=cast.company, period=YEAR, by=by)[0]


def test_a_draft_that_went_out_as_it_was_keeps_its_words_for_members(cast: Cast) -> None:
    paper, frank = drafted(cast, "班组学习日坚持三年不断线。"), cast.client("frank")
    door = f"{NEW}?paper={paper.pk}"

    form = frank.get(door).content.decode()
    frank.post(door, said(title=paper.title))

    made = Publication.objects.get()
    page = reverse("communication:publication-read", args=[made.pk])
    read = cast.client("alice").get(page).content.decode()
    assert "就把草稿原文存为印发的文件" in form
    assert "班组学习日坚持三年不断线。" in read
    assert '<td data-label="本期">36人</td>' in read
    assert cast.client("mallory").get(page).status_code == 404


def test_the_file_that_was_sent_goes_before_the_draft(cast: Cast) -> None:
    paper, frank = drafted(cast, "草稿的话"), cast.client("frank")

    frank.post(f"{NEW}?paper={paper.pk}", said(title=paper.title, papers=word("改定.pdf")))

    assert [one.name for one in attachments_of(Publication.objects.get())] == ["改定.pdf"]


def test_a_draft_with_something_left_open_is_not_shown_as_issued(cast: Cast) -> None:
    paper, frank = drafted(cast, "会员【暂无】。"), cast.client("frank")
    door = f"{NEW}?paper={paper.pk}"

    form = frank.get(door).content.decode()
    frank.post(door, said(title=paper.title))

    made = Publication.objects.get()
    read = cast.client("alice").get(reverse("communication:publication-read", args=[made.pk]))
    assert "草稿里还有没填的【】" in form
    assert not attachments_of(made).exists()
    assert "暂无】" not in read.content.decode()


def test_the_file_of_a_draft_stays_with_who_may_read_the_draft(cast: Cast) -> None:
    paper = drafted(cast, "草稿的话")
    file = reverse("attachment", args=[attachments_of(paper).get().pk])
    page = reverse("reports:paper-detail", args=[paper.pk])

    assert file in cast.client("frank").get(page).content.decode()
    answers = {name: cast.client(name).get(file) for name in ("frank", "alice", "mallory")}
    assert b"".join(answers.pop("frank").streaming_content).startswith(b"PK")
    assert {name: one.status_code for name, one in answers.items()} == {
        "alice": 404, "mallory": 404,
    }  # fmt: skip


@pytest.mark.parametrize("sort", ["summary", "monthly", "plan"])
def test_what_is_handed_in_is_not_issued(cast: Cast, sort) -> None:
    paper = PaperFactory(org=cast.company, sort=sort)
    frank = cast.client("frank")

    assert (
        "登记为已印发"
        not in frank.get(reverse("reports:paper-detail", args=[paper.pk])).content.decode()
    )
    assert frank.get(f"{NEW}?paper={paper.pk}").status_code == 404


@pytest.mark.parametrize("said_paper", ["x", "99999999", ""])
def test_a_draft_that_is_not_there_is_not_found(cast: Cast, said_paper) -> None:
    assert cast.client("frank").get(f"{NEW}?paper={said_paper}").status_code == 404


def test_another_citys_draft_is_not_found(cast: Cast) -> None:
    paper = PaperFactory(org=cast.company, sort="brief")

    assert cast.client("dave").get(f"{NEW}?paper={paper.pk}").status_code == 404
    assert cast.client("grace").get(f"{NEW}?paper={paper.pk}").status_code == 404


def test_a_withdrawn_one_counts_no_more_and_says_why(cast: Cast) -> None:
    one, two = (PublicationFactory(org=cast.company, number=n) for n in (1, 2))

    cast.client("frank").post(
        reverse("communication:publication-transition", args=[two.pk, "withdraw"]),
        {"reason": "登记重了"},
    )

    page = cast.client("frank").get(detail(two)).content.decode()
    assert "登记重了" in page
    assert value("communication.briefs", cast.company) == 1
    assert cast.client("frank").get(detail(two, "update")).status_code == 404
    assert cast.client("frank").get(detail(one, "update")).status_code == 200


def value(code: str, org) -> object:
    return figures([indicators[code]], org, YEAR)[code].value


def test_what_was_issued_is_counted_by_kind_and_up_the_tree(cast: Cast) -> None:
    for number in (1, 2):
        PublicationFactory(org=cast.company, number=number)
    PublicationFactory(org=cast.branch, kind="news", number=None, adopted_by="市总工会")
    PublicationFactory(org=cast.branch, kind="experience", number=None)
    PublicationFactory(org=cast.city, issued_on=date(2025, 12, 31), year=2025)
    PublicationFactory(org=cast.other_company)
    whole = indicators["communication.issued"]

    found = {
        code: value(code, cast.city)
        for code, _ in indicators.items()
        if code.startswith("communication")
    }
    parts = split_by(whole, whole.source.splits[0], cast.city, YEAR)

    assert found == {
        "communication.briefs": 2,
        "communication.news": 1,
        "communication.experiences": 1,
        "communication.issued": 4,
        "communication.adopted": 1,
        "communication.leaflets": None,
        "communication.banners": None,
    }
    assert [(one.word, one.figure.value) for one in parts] == [
        ("简报", 2), ("信息", 1), ("经验材料", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("sort", ["monthly", "summary"])
def test_reports_say_how_many_were_issued(cast: Cast, sort) -> None:
    PublicationFactory(org=cast.company, number=1)

    paper = compose(sort, cast.company, YEAR, cast.actor("frank"), date(2026, 6, 10))

    assert any("印发简报1期" in one.text for one in paper.blocks)


def test_readers_read_and_only_keepers_write(cast: Cast) -> None:
    one = PublicationFactory(org=cast.company)
    pages = {name: cast.client(name).get(detail(one)).status_code for name in cast.names}

    writers = {name for name in cast.names if cast.client(name).get(NEW).status_code == 200}

    assert {name for name, status in pages.items() if status == 200} == {
        "carol", "erin", "frank", "grace",
    }  # fmt: skip
    assert writers == {"bob", "carol", "dave", "erin", "frank"}


def test_the_api_registers_and_takes_back(cast: Cast) -> None:
    by = cast.actor("frank")

    made = register(
        cast.company, kind="brief", title="第一期", year=2026, number=1,
        issued_on=date(2026, 6, 1), files=[word()], by=by,
    )  # fmt: skip
    take_back(made, reason="重复", by=by)

    assert Publication.objects.issued().count() == 0
    with pytest.raises(DomainError):
        register(
            cast.company, kind="brief", title="第二期", year=2026, number=2,
            issued_on=date(2026, 6, 1), by=by,
        )  # fmt: skip


def test_the_list_is_filtered_by_what_was_taken_up(cast: Cast) -> None:
    taken = PublicationFactory(org=cast.company, adopted_by="市总工会")
    left = PublicationFactory(org=cast.company)
    frank = cast.client("frank")

    found = {
        said: {one.record.pk for one in frank.get(LIST, {"adopted": said}).context["table"].page}
        for said in ("true", "false", "")
    }

    assert found == {"true": {taken.pk}, "false": {left.pk}, "": {taken.pk, left.pk}}


def test_what_was_issued_is_found_and_what_was_withdrawn_is_not(cast: Cast) -> None:
    kept, gone = (
        register(
            cast.company, kind="brief", title=title, year=2026, number=number,
            issued_on=date(2026, 6, 1), files=[word()], by=cast.actor("frank"),
        )
        for number, title in ((1, "创争活动开局"), (2, "创争活动误印"))
    )  # fmt: skip
    take_back(gone, reason="印错了", by=cast.actor("frank"))

    groups = find(cast.actor("frank"), "创争活动")

    assert [hit.title for group in groups for hit in group.hits] == [str(kept)]
    assert find(cast.actor("alice"), "创争活动") == []


def test_a_banner_is_hung_and_leaflets_are_given_out(cast):
    words = {
        kind: PublicationFactory.build(kind=kind, state=state).get_state_display()
        for kind, state in (
            ("brief", "issued"), ("leaflet", "issued"), ("banner", "issued"), ("news", "withdrawn"),
        )
    }  # fmt: skip

    assert words == {"brief": "已印发", "leaflet": "已发放", "banner": "已悬挂", "news": "已撤回"}
    PublicationFactory(org=cast.company, kind="banner", number=None, copies=3)
    assert "已悬挂" in cast.client("frank").get("/communication/publication/").content.decode()
