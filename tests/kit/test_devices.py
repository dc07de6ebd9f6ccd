"""What a page may use of a device."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import RequestFactory

from gonghui.kit.devices import devices, may_use


def answer_of(view) -> str:
    return devices(view)(RequestFactory().get("/"))["Permissions-Policy"]


def test_nothing_is_open_that_no_page_asked_for():
    assert answer_of(lambda request: HttpResponse()) == "camera=(), geolocation=(), microphone=()"


def test_page_opens_one_thing_for_itself():
    said = answer_of(lambda request: may_use(HttpResponse(), "camera"))

    assert said == "camera=(self), geolocation=(), microphone=()"
