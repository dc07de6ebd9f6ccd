"""Addresses worked out once stay true to the routes."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from gonghui.kit.addresses import address, numbered


def test_an_address_is_what_reverse_says():
    address = numbered("plans:item-detail")

    assert [address(pk) for pk in (1, 70)] == [
        reverse("plans:item-detail", args=[pk]) for pk in (1, 70)
    ]


def test_an_unknown_route_is_a_mistake():
    with pytest.raises(NoReverseMatch):
        numbered("plans:nothing")


def test_an_address_of_the_frame_is_what_the_routes_say():
    assert address("home") == reverse("home") == "/"
    assert address("plans:calendar") == reverse("plans:calendar")


def test_it_follows_where_the_product_is_mounted():
    set_script_prefix("/union/")
    try:
        assert address("home") == "/union/"
    finally:
        set_script_prefix("/")
    assert address("home") == "/"


def test_an_unknown_name_is_a_mistake():
    with pytest.raises(NoReverseMatch):
        address("nowhere")
