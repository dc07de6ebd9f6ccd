"""Logging in by name or number, throttled by account, closed to who left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.login import AccountAdapter, NameOrMobileBackend, account_named, may_log_in
from gonghui.core.people.models import Account, Person
from tests.cast import PASSWORD
from tests.factories.organisation import AccountFactory

pytestmark = pytest.mark.slow

THROTTLED = "密码连续输错多次。请过 5 分钟再试"
WRONG = "用户名（手机号）或密码不对"


@pytest.fixture(autouse=True)
def _no_old_failures():
    cache.clear()


def log_in(login: str, password: str = PASSWORD, client: Client | None = None, **extra):
    client = client or Client()
    said = {"login": login, "password": password}
    return client.post(reverse("account_login"), said, **extra)


@pytest.mark.parametrize("login", ["alice", "ALICE", "13800000000", " alice "])
def test_the_user_name_or_the_mobile_number_opens(cast, login):
    client = Client()

    response = log_in(login, client=client)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(cast.account("alice").pk)


@pytest.mark.parametrize(
    ("login", "password"), [("alice", "wrong"), ("nobody", PASSWORD), ("", PASSWORD)]
)
def test_anything_else_does_not(cast, login, password):
    client = Client()

    response = log_in(login, password, client=client)

    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_wrong_and_unknown_are_refused_in_the_same_words(cast):
    assert WRONG in log_in("alice", "wrong").content.decode()
    assert WRONG in log_in("nobody", "wrong").content.decode()


def test_a_closed_account_is_refused_with_the_reason(cast):
    Account.objects.filter(username="alice").update(is_active=False)

    assert "账号已经停用" in log_in("alice").content.decode()
    assert WRONG in log_in("alice", "wrong").content.decode()


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, False), (1, True)])
def test_who_left_does_not_come_in(cast, days, may):
    left = timezone.localdate() + timedelta(days=days)
    Person.objects.filter(pk=cast.alice.pk).update(left_on=left)

    assert may_log_in(cast.account("alice")) is may
    assert (log_in("alice").status_code == 302) is may
    assert (authenticate(username="alice", password=PASSWORD) is not None) is may


def test_who_leaves_is_logged_out_everywhere(cast):
    client = cast.client("alice")
    assert client.get(reverse("usersessions_list")).status_code == 200

    Person.objects.filter(pk=cast.alice.pk).update(left_on=timezone.localdate())

    response = client.get(reverse("usersessions_list"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_a_name_that_is_anothers_number_opens_neither(cast):
    AccountFactory(username="13800000000", person=None)

    assert account_named("13800000000") is None
    assert log_in("13800000000").status_code == 200


def test_an_account_without_a_person_may_log_in(cast):
    AccountFactory(username="robot", person=None)

    assert may_log_in(account_named("robot"))


def test_failures_by_name_and_by_number_count_together(cast):
    for login in ("alice", "13800000000", "ALICE", "13800000000", "alice"):
        assert WRONG in log_in(login, "wrong").content.decode()

    for login in ("alice", "13800000000"):
        response = log_in(login)
        assert THROTTLED in response.content.decode()


def test_failures_under_another_host_name_count_together(cast, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for number in range(5):
        log_in("alice", "wrong", headers={"host": f"h{number}.example"})

    assert THROTTLED in log_in("alice").content.decode()


def test_the_right_password_before_the_limit_costs_nothing(cast):
    for _ in range(4):
        log_in("alice", "wrong")
        assert log_in("alice").status_code == 302

    assert WRONG in log_in("alice", "wrong").content.decode()
    assert THROTTLED in log_in("alice").content.decode()


def test_one_throttled_account_does_not_lock_the_office_out(cast):
    for _ in range(200):
        log_in("alice", "wrong")

    assert log_in("bob").status_code == 302


@pytest.mark.slow
def test_many_colleagues_behind_one_address_log_in_at_nine_o_clock(cast):
    for _ in range(100):
        assert log_in("bob").status_code == 302


def test_trying_many_names_from_one_address_is_slowed_down(cast):
    for number in range(120):
        log_in(f"guess{number}", "wrong")

    assert THROTTLED in log_in("one-more", "wrong").content.decode()


def test_a_flood_is_answered_in_chinese(cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    log_in("alice", "wrong")

    response = log_in("alice")

    assert response.status_code == 429
    assert "请稍候再试" in response.content.decode()


def test_the_page_after_leads_where_the_person_was_going(cast):
    client = Client()
    asked = client.get(reverse("usersessions_list"))

    response = client.post(asked.url, {"login": "alice", "password": PASSWORD})

    assert response.url == reverse("usersessions_list")


def test_no_message_says_what_the_page_shows(cast):
    client = Client()

    page = client.post(
        reverse("account_login") + "?next=" + reverse("usersessions_list"),
        {"login": "alice", "password": PASSWORD},
        follow=True,
    )

    assert list(page.context["messages"]) == []


def test_nobody_signs_up(cast):
    assert not AccountAdapter().is_open_for_signup(None)
    assert Client().get("/account/signup/").status_code == 404
    assert Client().get("/account/password/reset/").status_code == 404


def test_a_session_reads_account_person_and_body_in_one_query(cast, django_assert_num_queries):
    pk = cast.account("alice").pk

    with django_assert_num_queries(1):
        account = NameOrMobileBackend().get_user(pk)
        assert account.person.org.name == "一分会"
    assert NameOrMobileBackend().get_user(10**9) is None
