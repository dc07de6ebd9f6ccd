"""Addresses that stand on every page or on every row, at the price of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse

_STAND_IN = 7_000_000_007  # no part of an address of ours


def numbered(name: str) -> Callable[[int], str]:
    """A function from a record's number to its address, for a route that asks for nothing else."""
    before, after = _around(name, get_urlconf(), get_script_prefix())
    return lambda pk: f"{before}{pk}{after}"


@lru_cache(maxsize=256)
def _around(name: str, urlconf: str | None, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[_STAND_IN]).partition(str(_STAND_IN))
    return before, after


def address(name: str) -> str:
    """Where a page without arguments lies; the same for everybody, so worked out once."""
    return _address(name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=256)
def _address(name: str, urlconf: str | None, prefix: str) -> str:
    return reverse(name)


def query_with(request: HttpRequest, **changes: str | None) -> str:
    """The address's question with some answers replaced, or taken away."""
    dropped = {"export", "look", "page", *changes}
    said = {name: values for name, values in request.GET.lists() if name not in dropped}
    said |= {name: [value] for name, value in changes.items() if value}
    return f"?{urlencode(said, doseq=True)}"
