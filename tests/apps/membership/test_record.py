"""A person's record is kept whole, checked by the standards and told by masks."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from gonghui.apps.membership.actions.record import change_record
from gonghui.apps.membership.screens import record as screen
from gonghui.core.access.actor import SYSTEM
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.jobs.models import Job
from gonghui.core.people.models import Consent, Identity, Person
from gonghui.kit.errors import DomainError
from tests.factories.organisation import PersonFactory
from tests.factories.record import IdentityFactory, ParticularsFactory

NUMBER, MOBILE = "11010519491231002X", "13812345678"


def text(response) -> str:
    return response.content.decode()


def form_of(person, **changed):
    """The form as the browser sends it back, with some fields changed."""
    return {"kind": "1", "number": "", "mobile": ""} | changed


def test_every_value_finds_its_table(cast):
    change_record(
        cast.alice, by=cast.actor("frank"), department="质检科", education="20", mobile=MOBILE
    )

    person = Person.objects.select_related("particulars", "identity").get(pk=cast.alice.pk)
    assert (person.department, person.particulars.education) == ("质检科", "20")
    assert person.identity.mobile.reveal() == MOBILE
    entries = list(history_of(person)[:2])
    assert [entry.verb for entry in entries] == ["record", "update"]
    assert entries[0].changes == {
        "education": [None, "大学本科"],
        "mobile": [None, "138****5678"],
    }


def test_an_id_number_brings_birth_date_and_sex(cast):
    change_record(cast.alice, by=cast.actor("frank"), number="11010519491231002x")

    person = Person.objects.get(pk=cast.alice.pk)
    assert (person.birth_date, person.sex) == (date(1949, 12, 31), "female")
    assert person.identity.number.reveal() == NUMBER
    assert person.identity.number_tail == "002X"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"number": "110105194912310021"}, "校验码"),
        ({"number": "12"}, "应为 18 位"),
        ({"kind": "2", "number": "护照"}, "5 至 30 位"),
        ({"mobile": "12345"}, "手机号应为 11 位"),
        ({"bank_card": "4111111111111112"}, "校验位"),
    ],
)
def test_what_cannot_be_is_refused_in_words(cast, values, why):
    with pytest.raises(DomainError, match=why):
        change_record(cast.alice, by=cast.actor("frank"), **values)

    assert not Identity.objects.filter(person=cast.alice).exists()


def test_a_passport_has_no_birth_date(cast):
    change_record(cast.alice, by=cast.actor("frank"), kind="2", number=" e12345678 ")

    person = Person.objects.get(pk=cast.alice.pk)
    assert person.identity.number.reveal() == "E12345678"
    assert person.birth_date is None


def test_one_number_is_one_person_and_the_words_depend_on_who_asks(cast):
    IdentityFactory(person=cast.mallory, number=NUMBER)

    with pytest.raises(DomainError, match="已在别的工会登记"):
        change_record(cast.alice, by=cast.actor("frank"), number=NUMBER)
    with pytest.raises(DomainError, match=r"临江邮政工会.*马洛.*合并"):
        change_record(cast.alice, by=cast.actor("erin"), number=NUMBER)
    change_record(cast.mallory, by=cast.actor("dave"), number=NUMBER)


def test_an_anonymised_record_is_closed(cast):
    cast.alice.anonymised_at = "2026-01-01T00:00:00Z"
    cast.alice.save()

    with pytest.raises(DomainError, match="已经注销"):
        change_record(cast.alice, by=SYSTEM, department="质检科")


def test_the_officer_changes_the_record_and_an_empty_number_stays(cast):
    IdentityFactory(person=cast.alice, number=NUMBER, mobile=MOBILE)
    ParticularsFactory(person=cast.alice)
    url = reverse("membership:person-record", args=[cast.alice.pk])
    client = cast.client("frank")

    page = text(client.get(url))
    response = client.post(url, form_of(cast.alice, department="质检科", education="10"))

    assert "现在是 110105********002X，留空即不改" in page
    assert NUMBER not in page
    assert MOBILE not in page
    assert response.status_code == 302
    person = Person.objects.get(pk=cast.alice.pk)
    assert (person.department, person.particulars.education) == ("质检科", "10")
    assert person.identity.number.reveal() == NUMBER


def test_the_page_says_what_the_register_still_wants(cast):
    page = reverse("membership:person-detail", args=[cast.alice.pk])
    before = text(cast.client("frank").get(page))

    change_record(
        cast.alice, by=cast.actor("frank"), number=NUMBER, mobile=MOBILE, education="20",
        household="urban", employer="安澜机械公司", department="质检科", position="检验",
        duty="检验员",
    )  # fmt: skip

    after = text(cast.client("frank").get(page))
    assert "实名登记还缺：证件号码、性别、出生日期、学历" in before
    assert "实名登记还缺：用工形式、就业状况、农民工。" in after
    change_record(
        cast.alice, by=cast.actor("frank"), work_status="on_duty", is_migrant=False,
        employment="contract",
    )  # fmt: skip
    assert "实名登记还缺" not in text(cast.client("frank").get(page))
    assert "实名登记还缺" not in text(cast.client("bob").get(page))


def test_a_wrong_number_keeps_the_form(cast):
    url = reverse("membership:person-record", args=[cast.alice.pk])

    response = cast.client("frank").post(url, form_of(cast.alice, number="110105194912310021"))

    assert response.status_code == 422
    assert "校验码" in text(response)


def test_the_bank_card_is_asked_only_of_who_agreed(cast):
    url = reverse("membership:person-record", args=[cast.alice.pk])
    client = cast.client("frank")
    assert "银行卡号" not in text(client.get(url))

    from gonghui.apps.membership.actions.privacy import give_consent

    give_consent(cast.alice, "sensitive", by=cast.actor("alice"))

    assert Consent.objects.count() == 1
    assert "银行卡号" in text(client.get(url))


@pytest.mark.parametrize("who", ["alice", "bob", "grace", "dave", "mallory"])
def test_nobody_else_reaches_the_form(cast, who):
    url = reverse("membership:person-record", args=[cast.alice.pk])

    assert cast.client(who).get(url).status_code == 404


def test_birthdays_of_a_month_by_day(cast):
    second = PersonFactory(name="周二", org=cast.branch, birth_date=date(1990, 5, 20))
    first = PersonFactory(name="周一", org=cast.branch, birth_date=date(1985, 5, 2))
    PersonFactory(name="周六", org=cast.branch, birth_date=date(1985, 6, 2))
    PersonFactory(name="周外", org=cast.other_company, birth_date=date(1985, 5, 2))
    PersonFactory(
        name="周走", org=cast.branch, birth_date=date(1985, 5, 2), left_on=date(2026, 1, 1)
    )

    page = text(cast.client("frank").get(reverse("membership:birthdays") + "?month=5&scope=below"))

    assert page.index(first.name) < page.index(second.name)
    assert "5月20日" in page
    assert not any(name in page for name in ("周六", "周外", "周走"))


def test_birthdays_of_a_month_are_written_out_without_the_year(cast, monkeypatch):
    """Of all, where the page lists only the first (R-374)."""
    for number in range(3):
        born = date(1990, 5, 20 + number)
        PersonFactory(name=f"周{number}", org=cast.branch, birth_date=born)
    PersonFactory(name="周六", org=cast.branch, birth_date=date(1990, 6, 20))
    monkeypatch.setattr(screen, "MOST", 2)
    frank = cast.client("frank")
    page = frank.get(reverse("membership:birthdays") + "?month=5&scope=below")
    assert "「导出名单」里是全部" in text(page)

    url = page.context["list_url"]
    listed = frank.get(url)
    frank.post(f"{url}&export=xlsx", {"purpose": "生日慰问"})

    assert {str(row.record) for row in listed.context["table"].rows} == {"周0", "周1", "周2"}
    with attachments_of(Job.objects.get(), "result").get().file.open() as kept:
        sheet = BytesIO(kept.read())
    rows = list(load_workbook(sheet).active.iter_rows(values_only=True))
    at = next(row for row in rows if "生日" in row).index("生日")
    assert [row[at] for row in rows[-3:]] == ["05-20", "05-21", "05-22"]
