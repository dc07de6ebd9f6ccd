"""``gonghui readplan``: every kind of file, standard input, and what is no plan."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pylopdf_fonts_zh_cn
import pytest
import typst
from django.core.management import CommandError, call_command

from tests.core.documents.word_files import p, word_file

LINES = ("2027年工会工作计划", "一、学习", "1、3月底前办一期培训班，80%以上的班组长参加；")
FONTS = str(Path(pylopdf_fonts_zh_cn.__file__).parent)


def _pdf() -> bytes:
    lines = "\n\n".join(LINES).replace("1、", "1\\、")
    page = f'#set text(font: "Noto Serif SC")\n{lines}'
    return bytes(typst.compile(page.encode(), font_paths=[FONTS], ignore_system_fonts=True))


PAPERS = {
    "plan.txt": "\n".join(LINES).encode("gb18030"),
    "plan.docx": word_file("".join(p(line) for line in LINES)),
    "plan.pdf": _pdf(),
}


def read(name: str, *more: str) -> str:
    out = io.StringIO()
    call_command("readplan", name, *more, stdout=out)
    return out.getvalue()


def check(said: str) -> None:
    (plan,) = json.loads(said)["plans"]
    heading, task = plan["nodes"]
    assert (plan["title"], plan["year"]) == (LINES[0], 2027)
    assert (heading["marker"], heading["text"], heading["parent"]) == ("一、", "学习", None)
    assert (task["marker"], task["parent"], task["due"]) == ("1、", heading["id"], "03-31")
    assert task["targets"] == [{"op": ">=", "value": 80, "unit": "%"}]


@pytest.mark.parametrize("name", PAPERS)
def test_a_file_is_printed_as_the_contract_says(tmp_path, name):
    (tmp_path / name).write_bytes(PAPERS[name])

    check(read(str(tmp_path / name), "--json"))


@pytest.mark.parametrize("name", PAPERS)
def test_standard_input_may_be_any_of_them(monkeypatch, name):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PAPERS[name])))

    check(read("-", "--json"))


def test_without_json_the_tree_is_drawn(tmp_path):
    (tmp_path / "plan.txt").write_bytes(PAPERS["plan.txt"])

    assert read(str(tmp_path / "plan.txt")).splitlines()[:2] == [LINES[0], "一、 学习"]


def test_what_is_no_plan_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "plan.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    with pytest.raises(CommandError, match=r"\.docx"):
        read(str(tmp_path / "plan.doc"))
    with pytest.raises(CommandError, match="No such file"):
        read(str(tmp_path / "nothing.txt"))
