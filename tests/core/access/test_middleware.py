"""Every page asks for a log-in, knows who acts, and notes now and then that a session is in use."""

from __future__ import annotations

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from gonghui.core.access.middleware import login_required, public


def test_a_page_asks_for_a_log_in_and_remembers_where_one_was(cast):
    response = Client().get(reverse("organisation:org-list") + "?q=a")

    assert response.status_code == 302
    assert response.url == reverse("account_login") + "?next=/organisation/org/%3Fq%3Da"


def test_a_fragment_sends_the_whole_window_to_the_log_in(cast):
    here = "http://testserver/organisation/org/?q=a"

    response = Client().get(
        reverse("organisation:org-list"),
        headers={"hx-request": "true", "hx-current-url": here},
    )

    assert response.status_code == 200
    assert response.content == b""
    assert response["HX-Redirect"].endswith("?next=/organisation/org/%3Fq%3Da")


def test_a_fragment_of_nowhere_goes_home_after_the_log_in(cast):
    response = Client().get(reverse("organisation:org-list"), headers={"hx-request": "true"})

    assert response["HX-Redirect"].endswith("?next=/")


def test_the_log_in_page_and_the_way_out_are_open(db):
    assert Client().get(reverse("account_login")).status_code == 200
    assert Client().get(reverse("account_logout")).status_code == 302


def test_a_view_marked_public_is_open(rf):
    @public
    def view(request):
        raise AssertionError("not called")

    request = rf.get("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()

    assert login_required(lambda r: None).process_view(request, view, (), {}) is None


@pytest.mark.parametrize("name", ["alice", "erin"])
def test_the_actor_is_the_person_of_the_account(cast, name):
    response = cast.client(name).get(reverse("usersessions_list"))

    assert response.wsgi_request.actor.person == cast.person(name)
    assert len(response.wsgi_request.actor.request_id) == 32


def test_a_session_in_use_is_noted_every_five_minutes_only(cast, django_assert_max_num_queries):
    client = cast.client("alice")
    with time_machine.travel("2026-03-02 09:00:00+08:00", tick=False) as clock:
        client.get(reverse("organisation:org-list"))
        noted = UserSession.objects.get().last_seen_at
        clock.shift(240)
        client.get(reverse("organisation:org-list"))
        assert UserSession.objects.get().last_seen_at == noted
        clock.shift(120)
        client.get(reverse("organisation:org-list"))

    assert (UserSession.objects.get().last_seen_at - noted).total_seconds() == 360
