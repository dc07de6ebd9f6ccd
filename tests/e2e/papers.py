"""The Word plan an officer uploads in these journeys, in our own words."""

from __future__ import annotations

from pathlib import Path

from docx import Document

TITLE = "安澜机械公司工会2026年工作计划"
READING = "三月份举办职工读书会，200人以上参加；"
CHECKS = "每月开展一次安全检查；"
MATCH = "9月30日前办好职工运动会；"
CONTEST = "五月份开展技能竞赛，共有个车间参加；"
ROWS = (
    ("1", "慰问困难职工", "1月20日前", "生活委员"),
    ("2", "组织职工体检", "6月底前", "女工委员"),
    ("3", "开展金秋助学", "8月底前", "生活委员"),
)


def word_plan(path: Path) -> Path:
    """Headings by style, numbers that Word makes, and a table of tasks."""
    paper = Document()
    paper.add_heading(TITLE, 0)
    paper.add_paragraph("为做好全年工作，制定本计划。")
    paper.add_heading("一、学习与安全", 1)
    for line in (READING, CHECKS, CONTEST):
        paper.add_paragraph(line, style="List Number")
    paper.add_heading("二、文体活动", 1)
    paper.add_paragraph(MATCH, style="List Number")
    paper.add_heading("三、服务职工", 1)
    table = paper.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for cell, words in zip(
        table.rows[0].cells, ("序号", "工作内容", "完成时限", "责任部门"), strict=True
    ):
        cell.text = words
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paper.save(str(path))
    return path
