"""The year's report: read, written to Word, its figures checked, one opened down to a person."""

from __future__ import annotations

import re

from django.utils import timezone
from docx import Document
from playwright.sync_api import expect

from gonghui.apps.communication.models import Publication
from gonghui.core.reports.models import Cited, Paper


def test_report_is_written_and_its_figures_are_those_of_the_page(enter, cast):
    officer = enter("frank", to="/reports/")
    officer.look("report")
    for head in officer.page.locator(".chapter:not([open]) > summary").all()[::-1]:
        head.click()  # a phone shows the first chapter and the heads of the others
    officer.look("report-open")
    shown = officer.page.locator(".paper").inner_text()

    with officer.page.expect_download() as given:
        officer.press("写成 Word")
    paper = Document(str(given.value.path()))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    text = "\n".join([line.text for line in paper.paragraphs] + cells)
    cited = list(Cited.objects.order_by("number"))
    squeezed = re.sub(r"\s", "", shown)
    for one in cited:
        mark = f"{one.words}〔{one.number}〕"
        assert mark in text
        assert re.sub(r"\s", "", mark) in squeezed

    members = next(one for one in cited if one.indicator == "membership.members")
    officer.open("/reports/check/")
    officer.fill_in("编号和序号", f"{members.paper.code}-{members.number}")
    officer.press("核对")
    officer.sees(members.words)
    officer.look("code")
    officer.follow("看是哪些记录")
    officer.look("records")
    officer.page.locator("main td a").first.click()
    expect(officer.page).to_have_url(re.compile(r"/person/|/people/|/membership/"))


def test_comparison_wall_and_texts_are_looked_at(enter, cast):
    officer = enter("carol", to="/reports/compare/")
    officer.look("compare")
    officer.open("/reports/wall/")
    officer.look("wall")
    officer.open("/reports/texts/")
    officer.look("texts")
    officer.follow("经验体会")
    officer.fill_in("文字", "{期间}，{单位}的体会是：先问班组，再定计划。")
    officer.press("保存")
    officer.sees("先问班组，再定计划")
    officer.open("/reports/?sort=experience")
    officer.sees("先问班组，再定计划")


def test_brief_is_issued_from_its_draft(enter, cast):
    today = timezone.localdate()
    officer = enter("frank", to="/reports/?sort=brief")
    with officer.page.expect_download() as written:
        officer.press("写成 Word")
    paper = Paper.objects.get()

    officer.open(f"/reports/paper/{paper.pk}/")
    officer.look("draft")
    officer.follow("登记为已印发")
    officer.sees("这里建议第 1 期")
    officer.fill_in("印发日期", f"{today}")
    officer.fill_in("报送、发送", "报市总工会，发各分会")
    issued = {"name": "简报.docx", "mimeType": "", "buffer": written.value.path().read_bytes()}
    officer.page.get_by_label("印发的文件").set_input_files(issued)
    officer.look("registering")
    officer.press("保存")

    officer.headed(f"（{today.year}年第1期）")
    officer.look("issued")
    officer.open("/communication/publication/")
    officer.sees("已印发")
    officer.look("list")
    officer.open("/indicators/communication.briefs/")
    officer.sees("1 期")

    member = enter("alice", to="/")
    member.sees("工会简报")
    member.open("/communication/issued/")
    member.look("member-list")
    member.follow(str(Publication.objects.get()))
    member.sees(f"{today.year}年第1期")
    expect(member.page.locator("article.reading h2").first).to_be_visible()
    member.look("member-reads")
