"""What is sealed is seen with a reason and on record; what a person may ask is done."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from docx import Document

from gonghui.apps.elections.models import Candidate
from gonghui.apps.membership.actions.anonymising import anonymise
from gonghui.apps.membership.actions.merging import merge_people
from gonghui.apps.membership.actions.privacy import (
    ask_correction,
    give_consent,
    reveal,
    withdraw_consent,
)
from gonghui.apps.membership.flow import CORRECTING
from gonghui.apps.membership.models import Application
from gonghui.apps.membership.queries.own import own_data
from gonghui.apps.membership.queries.privacy import removal_of
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Role
from gonghui.core.feeds.models import Feed
from gonghui.core.files.store import attach
from gonghui.core.flow.life import Refused
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import broken_link, history_of
from gonghui.core.notices.models import Notice
from gonghui.core.people.consents import has_agreed
from gonghui.core.people.models import (
    Account,
    Consent,
    Correction,
    Identity,
    Membership,
    Person,
    Reveal,
)
from gonghui.core.regulations.changing import Paper, set_standard
from gonghui.core.search.models import SearchCard
from gonghui.kit.errors import DomainError
from tests.factories.attendance import AttendanceFactory
from tests.factories.cadres import EntitlementFactory
from tests.factories.credits import CreditFactory
from tests.factories.elections import CandidateFactory
from tests.factories.evaluation import ContenderFactory
from tests.factories.feeds import FeedFactory
from tests.factories.membership import ApplicationFactory
from tests.factories.mentoring import LessonFactory, PairFactory
from tests.factories.organisation import GrantFactory, PersonFactory, PostFactory
from tests.factories.record import IdentityFactory, ParticularsFactory
from tests.factories.records import CertificateFactory
from tests.factories.signing import RegistrationFactory

pytestmark = pytest.mark.slow

NUMBER, MOBILE, CARD = "11010519491231002X", "13812345678", "4111111111111111"
PLAIN = (NUMBER, MOBILE, CARD)


def text(response) -> str:
    return response.content.decode()


def at(name, *args):
    return reverse(f"membership:{name}", args=args)


@pytest.fixture
def identity(cast):
    return IdentityFactory(
        person=cast.alice, number=NUMBER, mobile=MOBILE, bank_card=CARD, marital="20"
    )


def test_looking_needs_a_reason_and_is_on_record(cast, identity):
    client = cast.client("frank")
    url = at("person-reveal", cast.alice.pk) + "?field=number"

    asked = client.get(url)
    refused = client.post(url, {"reason": "看看"})
    shown = client.post(url, {"reason": "办理互助保障核对证件"})

    assert NUMBER not in text(asked) + text(refused)
    assert (asked.status_code, refused.status_code) == (200, 422)
    assert NUMBER in text(shown)
    assert "no-store" in shown["Cache-Control"]
    look = Reveal.objects.get()
    assert (look.person, look.by, look.field) == (cast.alice, cast.frank, "number")
    assert look.reason == "办理互助保障核对证件"


def test_a_field_that_is_not_there_is_not_looked_at(cast, identity):
    identity.bank_card = None
    identity.save()

    for name, why in (("bank_card", "还没有登记"), ("name", "没有这一项")):
        with pytest.raises(DomainError, match=why):
            reveal(cast.alice, name, reason="办理互助保障", by=cast.actor("frank"))
    url = at("person-reveal", cast.alice.pk) + "?field=name"
    assert cast.client("frank").get(url).status_code == 302
    assert not Reveal.objects.exists()


def test_marital_status_is_told_in_words(cast, identity):
    assert reveal(cast.alice, "marital", reason="结婚慰问核对", by=cast.actor("frank")) == "已婚"


@pytest.mark.parametrize("who", ["alice", "bob", "grace", "dave", "mallory"])
def test_nobody_else_may_look(cast, identity, who):
    for name in ("person-reveal", "person-anonymise"):
        url = at(name, cast.alice.pk) + "?field=number"
        assert cast.client(who).get(url).status_code == 404
        assert cast.client(who).post(url, {"reason": "我想看看"}).status_code == 404
    assert not Reveal.objects.exists()


def pages_of(person) -> list[str]:
    return [
        at("person-detail", person.pk),
        at("person-update", person.pk),
        at("person-record", person.pk),
        at("person-account", person.pk),
        at("person-list") + "?scope=below",
        at("person-list") + "?scope=below&q=5678",
        at("birthdays") + "?month=12&scope=below",
        at("person-reveal", person.pk) + "?field=number",
        at("reveal-list"),
        at("correction-list"),
        at("own"),
        reverse("search") + "?q=002X",
        reverse("search") + "?q=艾丽",
        reverse("backoffice:entry-list"),
    ]


@pytest.mark.parametrize(
    "who", ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "mallory"]
)
def test_no_page_of_a_person_shows_a_plain_number(cast, identity, who):
    ask_correction(
        cast.alice, "mobile", wanted="13900001111", reason="换了手机号", by=cast.actor("alice")
    )
    client = cast.client(who)
    wish = Correction.objects.get()

    for url in [*pages_of(cast.alice), at("correction-detail", wish.pk)]:
        page = text(client.get(url, follow=True))
        for plain in (*PLAIN, "13900001111"):
            assert plain not in page, url


def test_no_history_no_card_and_no_export_holds_a_plain_number(cast, identity):
    client = cast.client("frank")
    client.post(
        at("person-record", cast.alice.pk),
        {"kind": "1", "number": "", "mobile": "13911112222", "department": "质检科"},
    )

    kept = "".join(str(entry.changes) for entry in Entry.objects.all())
    cards = "".join(f"{card.folded}{card.grams}" for card in SearchCard.objects.all())

    assert "139****2222" in kept
    for plain in (*PLAIN, "13911112222"):
        assert plain not in kept + cards


def test_the_person_sees_who_looked_and_the_audit_committee_too(cast, identity):
    reveal(cast.alice, "mobile", reason="联系参加活动", by=cast.actor("frank"))
    GrantFactory(person=cast.grace, role=Role.objects.get(name="经审委员"), org=cast.company)

    mine = text(cast.client("alice").get(at("own")))
    audit = text(cast.client("grace").get(at("reveal-list") + "?scope=below"))

    assert "方兰" in mine
    assert "联系参加活动" in mine
    assert "联系参加活动" in audit
    assert "手机号" in audit
    assert "联系参加活动" not in text(cast.client("bob").get(at("reveal-list") + "?scope=below"))
    assert "联系参加活动" not in text(cast.client("dave").get(at("reveal-list") + "?scope=below"))


def test_who_looked_at_my_second_record_is_told_me_as_well(cast):
    twice = PersonFactory(name="艾丽", org=cast.branch)
    Identity.objects.create(person=twice, mobile="13900001111")
    reveal(twice, "mobile", reason="核对重复登记", by=cast.actor("frank"))
    merge_people(cast.alice, twice, by=cast.actor("frank"))

    client = cast.client("alice")

    assert "核对重复登记" in text(client.get(at("own")))
    assert client.get(at("reveal-detail", Reveal.objects.get().pk)).status_code == 200
    assert "核对重复登记" not in text(cast.client("bob").get(at("own")))


def test_my_record_is_masked_until_i_ask(cast, identity):
    client = cast.client("alice")

    first, opened = client.get(at("own")), client.post(at("own"))

    assert "138****5678" in text(first)
    assert MOBILE not in text(first)
    assert all(plain in text(opened) for plain in PLAIN)
    assert "已婚" in text(opened)
    assert "no-store" in opened["Cache-Control"]
    assert not Reveal.objects.exists()


def test_my_data_go_with_me(cast, identity):
    PostFactory(person=cast.alice, title="组长")
    client = cast.client("alice")

    data = json.loads(client.post(at("own-download", "json")).content)
    book = openpyxl.load_workbook(BytesIO(client.post(at("own-download", "xlsx")).content))

    assert ["居民身份证号码", NUMBER] in data["身份信息"]
    assert data["任职"] == [["一分会 组长", "2024-01-01 起"]]
    assert MOBILE in [row[2].value for row in book.active.iter_rows()]
    paper = Document(BytesIO(client.post(at("own-download", "docx")).content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert NUMBER in cells
    assert "一分会 组长" in cells
    assert "身份信息" in [part.text for part in paper.paragraphs]
    assert client.post(at("own-download", "pdf")).status_code == 404
    assert history_of(cast.alice)[0].verb == "download"


def test_every_record_in_my_name_goes_with_me_whatever_app_keeps_it(cast):
    """个人信息保护法 §45: what a new app keeps of a person is theirs without being thought of."""
    alice, bob = cast.alice, cast.bob
    came = AttendanceFactory(registration=RegistrationFactory(person=alice))
    CreditFactory(person=alice, words="书法讲座")
    CreditFactory(person=bob, words="消防讲座")
    ApplicationFactory(person=alice, org=cast.branch, words="愿意为大家做事")
    EntitlementFactory(person=bob, what="列席党委会")

    mine = json.loads(cast.client("alice").post(at("own-download", "json")).content)
    his = own_data(bob, cast.actor("bob"))

    assert mine["出勤"] == [[str(came), f"场次：{came.session}；出勤：到场"]]
    assert "事项：书法讲座" in mine["学时记录"][0][1]
    assert "申请说明：愿意为大家做事" in mine["入会申请"][0][1]
    assert mine["账号"][0] == ["用户名", "alice"]
    assert [said for _, said in his["干部待遇"] if "列席党委会" in said]
    assert "消防讲座" not in json.dumps(mine, ensure_ascii=False)
    assert "书法讲座" not in str(his)


def test_no_more_goes_with_me_than_my_pages_tell_and_no_secret(cast, identity):
    """A mark is shown when the round shows it; a password, an address of a feed are no record."""
    FeedFactory(person=cast.alice)
    ContenderFactory(person=cast.alice, org=cast.branch, marks=Decimal("81.5"), place=3)

    mine = own_data(cast.alice, cast.actor("alice"))

    told = mine["参评对象"][0][1]
    assert "评估轮次" in told
    assert "81.5" not in told
    said = json.dumps(mine, ensure_ascii=False, default=str)
    assert Account.objects.get(person=cast.alice).password not in said
    assert Feed.objects.get().token not in said
    assert not {"通知", "视图", "日历订阅", "人员详情"} & set(mine)


def test_what_is_part_of_my_records_and_their_files_go_with_me(cast):
    """Lessons of a pair, certificates of a registration; others' records and files do not."""
    alice, bob = cast.alice, cast.bob
    LessonFactory(pair=PairFactory(mentor=bob, apprentice=alice), what="听轴承的声音")
    LessonFactory(pair=PairFactory(mentor=bob, apprentice=cast.people["frank"]), what="换油")
    CertificateFactory(registration=RegistrationFactory(person=alice), title="插花")
    for person, name in ((alice, "艾丽的申请.pdf"), (bob, "鲍博的申请.pdf")):
        asked = ApplicationFactory(person=person, org=cast.branch)
        attach(asked, ContentFile(b"%PDF-1.7 x", name="a.pdf"), name=name, by=SYSTEM)

    mine = json.loads(cast.client("alice").post(at("own-download", "json")).content)
    sent = cast.client("alice").post(at("own-download", "zip"))

    assert "听轴承的声音" in str(mine["带教记录"])
    assert "插花" in str(mine["证明"])
    assert "换油" not in str(mine)
    assert [name for name, _ in mine["附件"]] == ["艾丽的申请.pdf"]
    with ZipFile(BytesIO(b"".join(sent.streaming_content))) as box:
        assert box.namelist() == ["我的资料.docx", "我的资料.json", "附件/001-艾丽的申请.pdf"]
        assert box.read("附件/001-艾丽的申请.pdf") == b"%PDF-1.7 x"
    assert history_of(alice)[0].changes == {"kind": "zip"}


def test_consent_is_to_a_version_and_can_be_taken_back(cast, monkeypatch):
    client = cast.client("alice")
    url = at("own-consent", "record")

    client.post(url, {"act": "give"})
    client.post(url, {"act": "give"})
    assert "已同意" in text(client.get(at("own")))
    given = Consent.objects.get()
    assert (given.version, len(given.text_hash)) == ("2026-1", 64)

    Consent.objects.update(text_hash="0" * 64)
    assert not has_agreed(cast.alice, "record")
    assert "内容有更新" in text(client.get(at("own")))

    client.post(url, {"act": "withdraw"})
    assert Consent.objects.get().withdrawn_at
    assert "没有同意过" in text(client.post(url, {"act": "withdraw"}, follow=True))
    assert client.get(at("own-consent", "nothing")).status_code == 404


def test_taking_back_the_sensitive_consent_deletes_at_once(cast, identity):
    give_consent(cast.alice, "sensitive", by=cast.actor("alice"))

    withdraw_consent(cast.alice, "sensitive", by=cast.actor("alice"))

    kept = Identity.objects.get()
    assert (kept.bank_card, kept.marital) == (None, None)
    assert kept.number.reveal() == NUMBER


def test_nobody_consents_for_another(cast):
    with pytest.raises(DomainError, match="只能由本人"):
        give_consent(cast.alice, "record", by=cast.actor("frank"))


def test_a_correction_is_asked_approved_and_made(cast, identity):
    client = cast.client("alice")
    url = at("own-correct") + "?field=mobile"
    assert client.get(url).status_code == 200

    client.post(url, {"wanted": "13900001111", "reason": "换了手机号"})
    again = client.post(url, {"wanted": "13900002222", "reason": "换了手机号"})
    wish = Correction.objects.get()
    page = text(cast.client("frank").get(at("correction-detail", wish.pk)))
    CORRECTING.perform(wish, "approve", by=cast.actor("frank"), answer="已核实")

    assert "还没有答复" in text(again)
    assert "139****1111" in page
    assert Identity.objects.get().mobile.reveal() == "13900001111"
    assert Correction.objects.get().answer == "已核实"
    assert "已更正" in text(client.get(at("own")))
    told = list(Notice.objects.order_by("pk").values_list("person__name", "title"))
    assert told == [("方兰", "更正申请：艾丽"), ("艾丽", "您申请的更正已办好")]


@pytest.mark.parametrize(
    ("name", "wanted", "kept"),
    [
        ("birth_date", "1990-05-02", date(1990, 5, 2)),
        ("department", "质检科", "质检科"),
        ("work_status", "retired", "retired"),
    ],
)
def test_a_wish_becomes_a_value(cast, name, wanted, kept):
    wish = ask_correction(
        cast.alice, name, wanted=wanted, reason="登记错了", by=cast.actor("alice")
    )

    CORRECTING.perform(wish, "approve", by=cast.actor("frank"))

    assert getattr(Person.objects.get(pk=cast.alice.pk), name) == kept


def test_a_wish_that_cannot_be_is_not_approved(cast):
    wish = ask_correction(
        cast.alice, "birth_date", wanted="昨天", reason="登记错了", by=cast.actor("alice")
    )

    with pytest.raises(DomainError):
        CORRECTING.perform(wish, "approve", by=cast.actor("frank"))

    assert Correction.objects.get().state == "asked"


def test_a_refusal_says_why_and_nobody_decides_about_themselves(cast):
    wish = ask_correction(
        cast.alice, "department", wanted="质检科", reason="登记错了", by=cast.actor("alice")
    )
    own = ask_correction(
        cast.frank, "department", wanted="工会办", reason="登记错了", by=cast.actor("frank")
    )

    CORRECTING.perform(wish, "refuse", by=cast.actor("frank"), answer="单位没有这个部门")

    assert Correction.objects.get(pk=wish.pk).answer == "单位没有这个部门"
    with pytest.raises(Refused):
        CORRECTING.perform(own, "approve", by=cast.actor("frank"))
    CORRECTING.perform(own, "take_back", by=cast.actor("frank"))


def test_what_has_its_papers_or_its_consent_is_not_corrected_here(cast):
    alice = cast.actor("alice")
    with pytest.raises(DomainError, match="不能在这里申请更正"):
        ask_correction(cast.alice, "joined_on", wanted="2020-01-01", reason="错了错了", by=alice)
    with pytest.raises(DomainError, match="先单独同意"):
        ask_correction(cast.alice, "bank_card", wanted=CARD, reason="登记银行卡", by=alice)
    with pytest.raises(DomainError, match="只能由本人"):
        ask_correction(cast.alice, "mobile", wanted=MOBILE, reason="换了号", by=cast.actor("bob"))
    assert cast.client("alice").get(at("own-correct") + "?field=joined_on").status_code == 302


@pytest.fixture
def gone(cast, identity):
    """Alice left long ago, and her union keeps records for a year."""
    ParticularsFactory(person=cast.alice, education="20", card_no="A-100", duty="检验员")
    PostFactory(person=cast.alice, title="组长")
    today = timezone.localdate()
    Person.objects.filter(pk=cast.alice.pk).update(
        left_on=today - timedelta(days=400),
        birth_date=date(1949, 12, 31),
        sex="female",
        department="质检科",
    )
    set_standard(
        "retention_days",
        org=cast.company,
        value="365",
        since=date(2020, 1, 1),
        paper=Paper("本会档案管理办法"),
        by=cast.actor("frank"),
    )
    return Person.objects.get(pk=cast.alice.pk)


def test_anonymising_shows_first_what_goes_and_what_stays(cast, gone):
    page = text(cast.client("frank").get(at("person-anonymise", gone.pk)))

    for word in ("证件号码", "银行卡号", "登录账号", "会员证号", "出生年份", "学历"):
        assert word in page


def test_anonymising_takes_the_name_and_leaves_what_counts(cast, gone):
    spans = Membership.objects.filter(person=gone).count()
    url = at("person-anonymise", gone.pk)
    client = cast.client("frank")

    unsure = client.post(url, {"reason": "保存期限已满"})
    done = client.post(url, {"reason": "保存期限已满", "sure": "on"})

    assert (unsure.status_code, done.status_code) == (422, 302)
    kept = Person.objects.get(pk=gone.pk)
    assert (str(kept), kept.pinyin, kept.birth_date) == ("已注销人员", "", None)
    assert (kept.birth_year, kept.sex, kept.department) == (1949, "female", "")
    assert (kept.particulars.education, kept.particulars.card_no) == ("20", "")
    assert Membership.objects.filter(person=kept).count() == spans > 0
    assert not Identity.objects.exists()
    assert not kept.account.is_active
    assert (kept.account.username, kept.account.mobile) == (f"gone-{kept.account.pk}", None)


def test_anonymising_takes_what_somebody_wrote_of_themselves(cast, gone):
    wish = {"wanted": "艾莉", "reason": "我是艾家二女儿", "asked_at": timezone.now()}
    ApplicationFactory(person=gone, org=gone.org, words="我叫艾丽，家住江边")
    Correction.objects.create(person=gone, field="name", **wish)
    CandidateFactory(person=gone, resume="1949 年生，三次被评为先进", duty="质检科科长", votes=41)
    shown = text(cast.client("frank").get(at("person-anonymise", gone.pk)))
    assert "入会申请里写的话" in shown
    assert "更正申请的内容和理由" in shown

    anonymise(gone, reason="保存期限已满", by=cast.actor("frank"))

    assert Application.objects.get().words == ""
    kept = Correction.objects.get()
    assert (kept.wanted, kept.reason) == (None, "")
    stood = Candidate.objects.get()
    assert (stood.resume, stood.duty, stood.votes) == ("", "", 41)


def test_after_anonymising_no_history_and_no_search_says_the_name(cast, gone):
    client = cast.client("frank")
    client.post(at("person-update", gone.pk), {"name": "艾莉", "pinyin": ""})

    anonymise(gone, reason="保存期限已满", by=cast.actor("frank"))

    assert broken_link(Person.objects.get(pk=gone.pk)) is None
    said = "".join(str(entry.changes) for entry in Entry.objects.all())
    for word in ("艾丽", "艾莉", "138****", "110105**"):
        assert word not in said
    assert not SearchCard.objects.filter(kind="people.person", object_id=gone.pk).exists()
    number = Identity.objects.numbered("1", NUMBER)
    assert not number.exists()


def test_anonymising_waits_for_its_time(cast, identity):
    assert "还在会" in removal_of(cast.alice).forbidden

    today = timezone.localdate()
    Person.objects.filter(pk=cast.alice.pk).update(left_on=today - timedelta(days=10))
    alice = Person.objects.select_related("org").get(pk=cast.alice.pk)
    assert "还没有规定" in removal_of(alice).forbidden

    set_standard(
        "retention_days",
        org=cast.company,
        value="11",
        since=date(2020, 1, 1),
        paper=Paper("本会档案管理办法"),
        by=cast.actor("frank"),
    )
    assert "到期后才能注销" in removal_of(alice).forbidden
    with pytest.raises(DomainError, match="到期后"):
        anonymise(alice, reason="提前注销", by=cast.actor("frank"))
    assert removal_of(alice, today + timedelta(days=1)).forbidden == ""


def test_who_took_back_their_consent_need_not_wait(cast, identity):
    alice = cast.actor("alice")
    give_consent(cast.alice, "record", by=alice)
    withdraw_consent(cast.alice, "record", by=alice)
    today = timezone.localdate()
    Person.objects.filter(pk=cast.alice.pk).update(left_on=today)
    gone = Person.objects.select_related("org").get(pk=cast.alice.pk)

    assert removal_of(gone).forbidden == ""
    anonymise(gone, reason="本人撤回同意", by=cast.actor("frank"))
    assert "已经注销" in removal_of(Person.objects.get(pk=gone.pk)).forbidden
