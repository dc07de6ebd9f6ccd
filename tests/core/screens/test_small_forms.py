"""A small form is asked, tried, and leads back; a refusal stands above it, nothing is lost."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.shortcuts import redirect

from gonghui.core.screens.small_forms import posted, small_form
from gonghui.kit.errors import DomainError
from tests.cast import Cast

pytestmark = pytest.mark.django_db
BACK = "/there/"


class Reason(forms.Form):
    reason = forms.CharField(label="原因")


@pytest.fixture
def ask(cast: Cast, rf):
    """Ask for a reason as Frank: the answer and the request it was given to."""
    logged_in = cast.client("frank").get("/").wsgi_request

    def _ask(act, method: str = "post", **said: str):
        request = getattr(rf, method)("/here/", said)
        for name in ("user", "actor", "session", "htmx", "_messages"):
            setattr(request, name, getattr(logged_in, name))
        form = Reason(posted(request)[0])
        return small_form(request, form, act, back=BACK, title="撤回", lead="写明原因。"), request

    return _ask


def test_it_is_asked_before_anything_is_done(ask) -> None:
    done: list[str] = []

    answer, _ = ask(lambda: done.append("done"), "get")

    assert answer.status_code == 200
    assert done == []
    assert answer.context_data["back"] == BACK


def test_what_was_done_is_said_where_one_comes_back_to(ask) -> None:
    answer, request = ask(lambda: "已撤回。", reason="印错了")

    assert (answer.status_code, answer["Location"]) == (302, BACK)
    assert [str(one) for one in get_messages(request)] == ["已撤回。"]


def test_an_answer_of_its_own_leads_elsewhere(ask) -> None:
    answer, _ = ask(lambda: redirect("/elsewhere/"), reason="印错了")

    assert answer["Location"] == "/elsewhere/"


def test_a_refusal_stands_above_what_was_written(ask) -> None:
    def refuse() -> None:
        raise DomainError("已经撤回过了。")

    answer, _ = ask(refuse, reason="印错了")

    assert answer.status_code == 422
    form = answer.context_data["form"]
    assert form.non_field_errors() == ["已经撤回过了。"]
    assert form["reason"].value() == "印错了"


def test_what_is_not_filled_in_is_not_tried(ask) -> None:
    done: list[str] = []

    answer, _ = ask(lambda: done.append("done"))

    assert answer.status_code == 422
    assert done == []
