"""Exemptions from the house rules: each has a reason and fails when it is no longer needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def check(found: Iterable[str], exempt: Mapping[str, str], what: str) -> None:
    """Fail on whatever is found and not exempt, and on every exemption that finds nothing."""
    broken = set(found)
    assert all(exempt.values()), "an exemption needs its reason"
    assert sorted(broken - set(exempt)) == [], what
    assert sorted(set(exempt) - broken) == [], f"no longer needed: take the exemption out ({what})"
