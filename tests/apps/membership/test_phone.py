"""The member's own pages: where I stand, applying, going to another union."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gonghui.apps.membership.models import Application, Transfer
from gonghui.core.people.ledger import Said, current, enter, open_books
from gonghui.core.people.models import Act, Consent, Person
from tests.factories.membership import ApplicationFactory
from tests.factories.organisation import AccountFactory, OrgFactory


def at(name, *args):
    return reverse(f"membership:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def worker(cast):
    """小周 works at the branch, has an account and is no member."""
    person = Person.objects.create(name="小周", org=cast.branch, employment="hired")
    open_books([person], day=date(2026, 1, 5))
    AccountFactory(username="xiaozhou", person=person)
    return cast


def test_a_worker_applies_on_the_phone_and_is_approved(worker):
    browser = worker.client("xiaozhou")
    page = text(browser.get(at("my-membership")))
    assert "未入会" in page
    form = text(browser.get(at("my-joining")))
    assert "聘用" in form

    assert browser.post(at("my-joining"), {"words": "想参加"}).status_code == 422
    browser.post(at("my-joining"), {"words": "想参加", "consent": "on"})

    application = Application.objects.get()
    assert (application.person.name, application.way) == ("小周", "online")
    given = Consent.objects.get()
    assert (given.person, given.scope, given.version) == (application.person, "record", "2026-1")
    assert f"版本 {given.version}" in form
    assert at("my-joining") not in text(browser.get(at("my-membership")))
    steps = worker.client("frank")
    steps.post(at("application-transition", application.pk, "approve"), {"day": "2099-01-01"})
    assert current(application.person).standing == "worker"
    day = application.applied_on.isoformat()
    steps.post(at("application-transition", application.pk, "approve"), {"day": day})
    page = text(browser.get(at("my-membership")))
    assert "在籍会员" in page
    assert f"{day} 入会" in page
    assert browser.get(at("application-detail", application.pk)).status_code == 200


def test_an_application_is_taken_back(worker):
    browser = worker.client("xiaozhou")
    browser.post(at("my-joining"), {"consent": "on"})

    browser.post(at("application-mine-withdraw", Application.objects.get().pk))

    assert Application.objects.get().state == "withdrawn"
    other = ApplicationFactory(person=worker.alice)
    assert browser.post(at("application-mine-withdraw", other.pk)).status_code == 404


def test_a_member_asks_to_go_and_thinks_again(cast):
    OrgFactory(name="安澜纺织公司工会", parent=cast.city)
    client = cast.client("alice")
    assert at("my-transfer") in text(client.get(at("my-membership")))

    refused = client.post(at("my-transfer"), {"to": "二分会", "reason": "换班组"})
    assert "同属一个工会" in text(refused)
    client.post(at("my-transfer"), {"to": "安澜纺织公司工会", "reason": "调动"})

    transfer = Transfer.objects.get()
    assert (transfer.asked_by, transfer.state) == (cast.alice, "asked")
    assert "安澜纺织公司工会" in text(client.get(at("my-membership")))
    client.post(at("transfer-mine-withdraw", transfer.pk))
    transfer.refresh_from_db()
    assert transfer.state == "withdrawn"
    client.post(at("transfer-mine-withdraw", transfer.pk))  # a second time is said, not done


def test_a_member_is_told_so_instead_of_asked(cast):
    client = cast.client("alice")

    shown, refused = client.get(at("my-joining")), client.post(at("my-joining"), {"consent": "on"})

    assert (shown.status_code, refused.status_code) == (200, 422)
    for page in map(text, (shown, refused)):
        assert "已经是会员；换了工会请办会籍转接" in page
        assert 'name="consent"' not in page
    assert Application.objects.count() == 0


def test_who_has_applied_is_told_that_it_waits(worker):
    browser = worker.client("xiaozhou")
    assert 'name="consent"' in text(browser.get(at("my-joining")))
    browser.post(at("my-joining"), {"consent": "on"})

    page = text(browser.get(at("my-joining")))

    assert "已有一份入会申请等待批准" in page
    assert f"送到{worker.branch}" in page
    assert 'name="consent"' not in page
    browser.post(at("application-mine-withdraw", Application.objects.get().pk))
    assert 'name="consent"' in text(browser.get(at("my-joining")))


def test_who_cannot_go_is_told_so_instead_of_asked(worker):
    OrgFactory(name="安澜纺织公司工会", parent=worker.city)
    nobody, member = worker.client("xiaozhou"), worker.client("alice")
    assert 'name="to"' in text(member.get(at("my-transfer")))
    member.post(at("my-transfer"), {"to": "安澜纺织公司工会", "reason": "调动"})

    told, waiting = text(nobody.get(at("my-transfer"))), text(member.get(at("my-transfer")))

    assert "还不是会员，请办入会申请" in told
    assert "已有一件会籍转接正在办理" in waiting
    assert 'name="to"' not in told + waiting
    said = {"to": "安澜纺织公司工会", "reason": "再调动"}
    assert member.post(at("my-transfer"), said).status_code == 422


@pytest.mark.parametrize(("act", "words"), [(Act.RETAIN, "保留会籍"), (Act.QUIT, "未入会")])
def test_the_page_says_where_one_stands(cast, act, words):
    enter(cast.alice, Said(act, date(2026, 3, 2), reason="退休"))

    page = text(cast.client("alice").get(at("my-membership")))

    assert words in page
    assert "退休" in page


def test_an_account_without_a_person_has_no_membership(db, client):
    client.force_login(AccountFactory(person=None))

    for name in ("my-membership", "my-joining", "my-transfer"):
        assert client.get(at(name)).status_code == 404
