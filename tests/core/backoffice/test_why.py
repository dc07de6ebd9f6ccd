"""``gonghui why``: the rule as a tree, with its answers."""

from __future__ import annotations

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from gonghui.apps.organisation.screens.bodies import OrgScreens
from gonghui.kit.rules import nobody


def why(*args: object) -> list[str]:
    out = StringIO()
    call_command("why", *map(str, args), stdout=out)
    return out.getvalue().splitlines()


def test_why_names_the_operand_that_failed(cast):
    assert why("frank", "restructure", "orgs.Org", cast.company.pk) == [
        "no   and",
        "  no   and",
        "    no   reach organisation.write",
        "    yes  has a parent",
        "  yes  not closed",
    ]
    assert why("frank", "restructure", "orgs.org", cast.branch.pk)[0] == "yes  and"


def test_why_explains_a_step_of_a_life(cast, monkeypatch):
    step = SimpleNamespace(guard=nobody)
    monkeypatch.setattr(OrgScreens, "flow", SimpleNamespace(by_name={"close": step}))

    assert why("frank", "close", "orgs.org", cast.company.pk) == ["no   nobody"]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("nobody", "view", "orgs.org", 1), "no account named 'nobody'"),
        (("alice", "view", "orgs.nothing", 1), "no screens of 'orgs.nothing'; known: .*orgs.org"),
        (("alice", "fly", "orgs.org", 1), "no rule or transition 'fly'; known: view, edit, place"),
        (("alice", "view", "orgs.org", 10**6), "no orgs.org number 1000000"),
    ],
)
def test_why_says_what_it_does_not_know(cast, args, sentence):
    with pytest.raises(CommandError, match=sentence):
        why(*args)
