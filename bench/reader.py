"""How long the plan reader takes for the founding documents and for a long Word file."""

from __future__ import annotations

import gc
import io
import os
import re
import statistics
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import docx

from gonghui.apps.plans.engine.reader import read, read_text
from gonghui.core.documents.inbound import read_upload

from .figures import Figure, Limit

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "tests" / "documents" / "plans"
TIMES = 5
PAGES, LINES_A_PAGE, SIGNS_A_LINE = 100, 22, 28  # A4 as official papers are set

# What any reader must do at the least: look for a number and a date at every line.
_MARK = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十]+[）)]?[、.]?|\d+[.、)])")
_DATE = re.compile(r"\d{1,2}\s*月(?:\d{1,2}\s*日)?|[一二三四五六七八九十]+月份?|每[年季月周]")
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def measure() -> Iterator[Figure]:
    texts = _texts()
    name = f"{len(texts)} plans together" + ("" if _founding() else " (ours)")
    yield _figure(name, lambda: _read_all(texts), lambda: _scan_all(texts), 1.0)
    paper = long_word_file()
    yield _figure(
        f"a Word file of {PAGES} pages", lambda: _read_word(paper), lambda: _words_of(paper), 5.0
    )


def _figure(
    name: str, work: Callable[[], object], plain: Callable[[], object], most: float
) -> Figure:
    value, reference = _medians(work, plain)
    return Figure("reader", name, value, "s", reference, Limit("value", most))


def _medians(*works: Callable[[], object]) -> list[float]:
    """Each in turn, several times over, so that a busy moment of the machine hits all alike."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(TIMES):
        for times, work in zip(taken, works, strict=True):
            gc.collect()
            before = time.perf_counter()
            work()
            times.append(time.perf_counter() - before)
    return [statistics.median(times) for times in taken]


def _founding() -> Path | None:
    """The folder of the seventeen documents; they are not part of the project."""
    shared = Path(os.environ.get("GONGHUI_SHARED", ROOT.parent / "shared"))
    folder = shared / "plans" / "documents"
    return folder if folder.is_dir() else None


def _texts() -> list[str]:
    folder = _founding() or OURS
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def _read_all(texts: list[str]) -> None:
    for text in texts:
        read_text(text)


def _scan_all(texts: list[str]) -> int:
    lines = (line for text in texts for line in text.splitlines())
    return sum(bool(_MARK.match(line)) + len(_DATE.findall(line)) for line in lines)


def _read_word(data: bytes) -> None:
    found = read_upload(io.BytesIO(data), "plan.docx")
    if not read(found.blocks).plans:
        raise RuntimeError("the long Word file was not read")


def _words_of(data: bytes) -> int:
    """All text of the file by the standard library's own means, without any sense."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = ET.fromstring(package.read("word/document.xml"))
    return sum(len(node.text or "") for node in tree.iter(_WORDS))


def long_word_file() -> bytes:
    """A plan of a hundred pages: chapters, sections and dated tasks, and a table now and then."""
    paper = docx.Document()
    paper.add_paragraph("安澜市总工会2026年工作计划")
    numerals = "一二三四五六七八九十"
    written, chapter = 0, 0
    while written < PAGES * LINES_A_PAGE * SIGNS_A_LINE:
        chapter += 1
        paper.add_heading(f"第{chapter}部分 职工素质与班组建设", level=1)
        for section in numerals:
            paper.add_paragraph(f"{section}、把学习和竞赛办到班组，办到岗位")
            for task in range(1, 6):
                words = _task(chapter, task)
                paper.add_paragraph(words)
                written += max(len(words), SIGNS_A_LINE)
        written += _rows(paper) * SIGNS_A_LINE
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def _task(chapter: int, task: int) -> str:
    month = (chapter * 5 + task) % 12 + 1
    return (
        f"{task}. {month}月底前组织不少于{task * 20}名职工参加岗位练兵，每季度检查一次，"
        f"由生产委员负责，把做法和数字记在班组台账里，年底前总结，参加面达到{80 + task}%以上。"
    )


def _rows(paper: docx.document.Document) -> int:
    table = paper.add_table(rows=1, cols=4)
    for cell, word in zip(
        table.rows[0].cells, ("序号", "工作内容", "完成时限", "责任部门"), strict=True
    ):
        cell.text = word
    for number in range(1, 11):
        words = (str(number), "开展一次班组长座谈，收集合理化建议", f"{number}月底前", "组织部")
        for cell, word in zip(table.add_row().cells, words, strict=True):
            cell.text = word
    return len(table.rows)
