"""The tree keeps its paths true, refuses what may not stand, and never closes a circle."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from gonghui.core.orgs import tree
from gonghui.core.orgs.models import STEP, Kind, Org, subtree
from gonghui.kit.errors import DomainError
from tests.factories.organisation import OrgFactory


def test_step_is_the_number_in_base_36():
    assert tree.step(1) == "00001"
    assert tree.step(36) == "00010"
    assert tree.step(36**5 - 1) == "zzzzz"
    with pytest.raises(OverflowError):
        tree.step(36**5)


def test_planting_writes_path_and_readings(cast):
    team = tree.plant(Org(name="甲班", kind=Kind.TEAM, parent=cast.branch))

    assert team.path == cast.branch.path + tree.step(team.pk)
    assert (team.pinyin, team.initials) == ("jiaban", "jb")
    assert team.depth == 4


def test_planting_below_a_body_that_moved_meanwhile_uses_its_new_path(cast):
    stale = Org.objects.get(pk=cast.company.pk)
    tree.replant(cast.company, cast.other_city)

    tree.plant(Org(name="三分会", kind=Kind.BRANCH, parent=stale))

    assert tree.wrong_paths() == []


def test_planting_many_at_once_stands_like_planting_each(cast):
    tree.plant_many(
        [Org(name=f"{n}班", kind=Kind.TEAM, parent=cast.branch) for n in "甲乙丙"]
        + [Org(name="直属分会", kind=Kind.BRANCH, parent=cast.company)]
    )

    assert tree.wrong_paths() == []
    assert cast.branch.children.count() == 3


@pytest.mark.parametrize(
    ("kind", "above", "sentence"),
    [
        (Kind.FEDERATION, "company", "「地方总工会」不能设在「基层工会」之下"),
        (Kind.BRANCH, "city", "「工会分会」不能设在「地方总工会」之下"),
    ],
)
def test_a_kind_stands_only_where_it_may(cast, kind, above, sentence):
    with pytest.raises(DomainError, match=sentence):
        tree.plant(Org(name="错位", kind=kind, parent=getattr(cast, above)))


def test_a_team_leads_nobody(cast):
    team = OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.branch)

    assert tree.fit_beneath(team) == []
    assert ("team", "班组") in tree.fit_beneath(cast.branch)


def test_nothing_is_planted_below_a_closed_body(cast):
    Org.objects.filter(pk=cast.branch.pk).update(until="2025-01-01")

    with pytest.raises(DomainError, match="已经撤销"):
        tree.plant(Org(name="甲班", kind=Kind.TEAM, parent=cast.branch))


def test_moving_takes_everything_below_along(cast):
    team = OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.branch)

    tree.replant(cast.company, cast.other_city)

    team.refresh_from_db()
    cast.company.refresh_from_db()
    assert team.path.startswith(cast.other_city.path)
    assert cast.company.parent == cast.other_city
    assert tree.wrong_paths() == []


def test_moving_to_the_top_makes_a_root(cast):
    tree.replant(cast.other_city, None)

    assert cast.other_city.depth == 0
    assert tree.wrong_paths() == []


def test_a_body_never_moves_below_itself(cast):
    for target in (cast.city, OrgFactory(kind=Kind.FEDERATION, parent=cast.city)):
        with pytest.raises(DomainError, match="自己或自己的下级"):
            tree.replant(cast.city, target)


def test_the_second_of_two_crossing_moves_is_refused(cast):
    one = OrgFactory(name="甲公司工会", parent=cast.city)
    two = OrgFactory(name="乙公司工会", parent=cast.city)
    # Both movers read the tree before either moved.
    stale_one, stale_two = Org.objects.get(pk=one.pk), Org.objects.get(pk=two.pk)

    tree.replant(one, two)

    with pytest.raises(DomainError, match="自己或自己的下级"):
        tree.replant(stale_two, stale_one)
    assert tree.wrong_paths() == []


@pytest.mark.django_db(transaction=True)
def test_two_crossing_moves_at_the_same_moment_close_no_circle():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time by itself; its tests share one memory")
    root = OrgFactory(kind=Kind.FEDERATION)
    one, two = OrgFactory(parent=root), OrgFactory(parent=root)
    ready, refused = threading.Barrier(2), []

    def move(org: Org, parent: Org) -> None:
        ready.wait()
        try:
            tree.replant(org, parent)
        except DomainError:
            refused.append(org)
        finally:
            connections.close_all()

    movers = [threading.Thread(target=move, args=pair) for pair in ((one, two), (two, one))]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()

    assert len(refused) == 1
    assert tree.wrong_paths() == []


def test_the_tree_is_no_deeper_than_a_path_has_room_for(cast, monkeypatch):
    monkeypatch.setattr(tree, "DEEPEST", 5)
    team = OrgFactory(name="甲班", kind=Kind.WORKSHOP, parent=cast.branch)

    with pytest.raises(DomainError, match="最多 5 级"):
        OrgFactory(kind=Kind.TEAM, parent=team)
    with pytest.raises(DomainError, match="最多 5 级"):
        tree.replant(cast.company, OrgFactory(parent=OrgFactory(parent=cast.other_city)))


def test_moving_below_the_second_parent_takes_the_second_leadership_away(cast):
    tree.replant(cast.company, cast.city)
    Org.objects.filter(pk=cast.company.pk).update(second_parent=cast.other_city)

    tree.replant(cast.company, cast.other_city)

    cast.company.refresh_from_db()
    assert (cast.company.parent, cast.company.second_parent) == (cast.other_city, None)


def test_moving_below_a_body_it_leads_a_second_time_is_refused(cast):
    upper = OrgFactory(name="机冶联合会", kind=Kind.JOINT, parent=cast.city)
    joint = OrgFactory(name="园区联合会", kind=Kind.JOINT, parent=cast.city)
    Org.objects.filter(pk=joint.pk).update(second_parent=upper)

    with pytest.raises(DomainError, match="「园区联合会」的第二上级在「机冶联合会」之内"):
        tree.replant(upper, joint)


@pytest.mark.parametrize("second", ["city", "branch", "company"])
def test_second_leadership_never_leads_back(cast, second):
    with pytest.raises(DomainError):
        tree.check_second_parent(cast.company, getattr(cast, second))


def test_second_leadership_is_for_upper_unions(cast):
    with pytest.raises(DomainError, match="不能作第二上级"):
        tree.check_second_parent(cast.company, cast.other_company)

    tree.check_second_parent(cast.company, cast.other_city)
    tree.check_second_parent(cast.company, None)


def test_an_absorbed_body_follows_whatever_its_kind_but_never_in_a_circle(cast):
    tree.replant(cast.city, cast.other_company, absorbed=True)
    assert cast.city.path.startswith(cast.other_company.path)

    with pytest.raises(DomainError, match="并入自己"):
        tree.replant(cast.company, cast.branch, absorbed=True)


def test_wrong_paths_are_found_and_mended(cast):
    Org.objects.filter(pk=cast.city.pk).update(path="00zzz")
    Org.objects.filter(pk=cast.branch.pk).update(path="00yyy")

    wrong = {org.pk: path for org, path in tree.wrong_paths()}

    assert wrong == {cast.city.pk: cast.city.path, cast.branch.pk: cast.branch.path}
    assert tree.mend_paths() == 2
    assert tree.wrong_paths() == []


def test_two_bodies_with_each_others_path_are_mended(cast):
    Org.objects.filter(pk=cast.branch.pk).update(path="aside")
    Org.objects.filter(pk=cast.second_branch.pk).update(path=cast.branch.path)
    Org.objects.filter(pk=cast.branch.pk).update(path=cast.second_branch.path)

    assert tree.mend_paths() == 2
    assert tree.wrong_paths() == []


def test_a_circle_is_found_and_left_to_a_person(cast):
    Org.objects.filter(pk=cast.company.pk).update(parent=cast.branch)

    found = {org.pk for org, path in tree.wrong_paths() if not path}

    assert found == {cast.company.pk, cast.branch.pk, cast.second_branch.pk}
    assert tree.mend_paths() == 0


def test_a_subtree_is_a_range_of_paths(cast):
    inside = Org.objects.filter(subtree(cast.city.path))

    assert set(inside) == {cast.city, cast.company, cast.branch, cast.second_branch}
    assert set(Org.objects.below(cast.city)) == set(inside)
    assert "LIKE" not in str(inside.query)
    assert len(cast.branch.ancestor_paths()) == 4
    assert cast.branch.ancestor_paths()[0] == cast.province.path
    assert len(cast.branch.path) == 4 * STEP
