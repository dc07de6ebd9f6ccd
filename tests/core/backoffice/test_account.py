"""One's own account: where it is logged in, and a new password."""

from __future__ import annotations

import re

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.urls import reverse

from gonghui.core.backoffice.account import device
from gonghui.core.history.trail import history_of
from tests.cast import PASSWORD
from tests.factories.organisation import AccountFactory

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit Chrome/130 Safari/537 Edg/130"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit Safari MicroMessenger/8.0"


@pytest.fixture(autouse=True)
def _no_old_failures():
    cache.clear()


def page_of(client):
    return client.get(reverse("usersessions_list"))


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (EDGE, "Windows 电脑，Edge"),
        (WECHAT, "iPhone，微信"),
        ("curl/8", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_named_in_words(said, words):
    assert device(said) == words


def test_the_page_says_who_i_am_what_i_may_and_where_i_am(cast):
    page = text(page_of(cast.client("bob")))

    for word in ("鲍博", "一分会", "bob", "138****0001", "分会主席", "本机"):
        assert word in page


def test_an_account_without_a_person_has_a_page_too(cast):
    AccountFactory(username="robot", person=None)
    cast_client = cast.client("robot")

    assert page_of(cast_client).status_code == 200


def test_one_session_is_ended_and_the_others_stay(cast):
    here, there = cast.client("alice"), cast.client("alice")
    page_of(there), page_of(here)
    other = UserSession.objects.get(session_key=there.session.session_key)

    assert here.get(reverse("end_session", args=[other.pk])).status_code == 405
    here.post(reverse("end_session", args=[other.pk]))

    assert page_of(there).status_code == 302
    assert page_of(here).status_code == 200


def test_all_other_sessions_are_ended_at_once(cast):
    here, *others = [cast.client("alice") for _ in range(3)]
    for client in (here, *others):
        page_of(client)
    assert "退出其他所有设备" in text(page_of(here))

    here.post(reverse("usersessions_list"))

    assert [page_of(client).status_code for client in others] == [302, 302]
    assert page_of(here).status_code == 200


def test_nobody_ends_the_session_of_another(cast):
    alice, mallory = cast.client("alice"), cast.client("mallory")
    page_of(alice)
    session = UserSession.objects.get(user=cast.account("alice"))

    assert mallory.post(reverse("end_session", args=[session.pk])).status_code == 404
    assert page_of(alice).status_code == 200


def test_a_new_password_ends_the_other_sessions_and_is_recorded_without_its_words(cast):
    here, there = cast.client("alice"), cast.client("alice")
    new = "quiet-harbour-77"

    response = here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert response.url == reverse("usersessions_list")
    assert cast.account("alice").check_password(new)
    assert page_of(here).status_code == 200
    assert page_of(there).status_code == 302
    entry = history_of(cast.alice).get()
    assert (entry.verb, entry.by, entry.changes) == ("password", cast.alice, {})


@pytest.mark.parametrize(
    "said",
    [
        {"oldpassword": "wrong", "password1": "quiet-harbour-77", "password2": "quiet-harbour-77"},
        {"oldpassword": PASSWORD, "password1": "quiet-harbour-77", "password2": "other-one-88"},
        {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"},
        {"oldpassword": PASSWORD, "password1": "short", "password2": "short"},
    ],
)
def test_a_poor_or_mistaken_password_is_refused(cast, said):
    response = cast.client("alice").post(reverse("account_change_password"), said)

    assert response.status_code == 200
    sentences = [str(one) for found in response.context["form"].errors.values() for one in found]
    assert sentences
    assert not any(re.search("[A-Za-z]{3}", sentence) for sentence in sentences), sentences
    assert cast.account("alice").check_password(PASSWORD)


def test_a_password_of_nobody_leaves_no_entry(cast):
    AccountFactory(username="robot", person=None)
    new = "quiet-harbour-77"

    response = cast.client("robot").post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert response.status_code == 302


def test_logging_out_asks_first_and_ends_the_session(cast):
    client = cast.client("alice")
    assert "退出登录？" in text(client.get(reverse("account_logout")))

    client.post(reverse("account_logout"))

    assert page_of(client).status_code == 302


def test_the_log_in_page_is_chinese_and_asks_for_no_mail(client, db):
    page = text(client.get(reverse("account_login")))

    assert "用户名或手机号" in page
    assert "autofocus" in page
    for foreign in ("Sign", "Username", "placeholder", "email", "E-mail"):
        assert foreign not in page
