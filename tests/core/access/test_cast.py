"""The cast stands where its description says."""

from __future__ import annotations

from gonghui.core.orgs.tree import wrong_paths


def test_cast_stands_in_a_true_tree(cast):
    assert wrong_paths() == []
    assert [org.depth for org in cast.orgs] == [0, 1, 2, 3, 3, 1, 2]


def test_actor_reaches_what_the_role_says(cast):
    assert cast.actor("bob").can("plans.write", at=cast.branch)
    assert not cast.actor("bob").can("plans.write", at=cast.second_branch)
    assert cast.actor("carol").can("plans.review", at=cast.branch)
    assert not cast.actor("carol").can("plans.view", at=cast.other_company)
    assert cast.actor("erin").can("access.shape", at=cast.other_company)
    assert cast.actor("grace").can("plans.view", at=cast.branch)
    assert not cast.actor("grace").can("plans.write")
    assert cast.actor("alice").spans == cast.actor("mallory").spans == {}
