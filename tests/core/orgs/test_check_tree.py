"""``gonghui check-tree``."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from gonghui.core.orgs.models import Org


def run(*args: str) -> str:
    out = StringIO()
    call_command("check-tree", *args, stdout=out)
    return out.getvalue()


def test_a_true_tree_passes(cast):
    assert run() == "Every path is right.\n"


def test_a_wrong_path_is_named_and_fails(cast, capsys):
    Org.objects.filter(pk=cast.branch.pk).update(path="00zzz")
    out = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("check-tree", stdout=out)

    assert stopped.value.code == 1
    assert out.getvalue() == f"{cast.branch.pk} 一分会: 00zzz should be {cast.branch.path}\n"


def test_mending_writes_the_right_paths(cast):
    Org.objects.filter(pk=cast.branch.pk).update(path="00zzz")

    assert run("--mend") == "1 paths mended.\nEvery path is right.\n"


def test_a_circle_is_told(cast):
    Org.objects.filter(pk=cast.company.pk).update(parent=cast.branch)
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("check-tree", "--mend", stdout=out)

    assert "stands in a circle of parents" in out.getvalue()
