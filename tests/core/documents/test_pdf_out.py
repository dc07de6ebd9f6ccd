"""PDF files with names kept literal and a Chinese font inside."""

from __future__ import annotations

import io

import pypdf
import pytest

from gonghui.core.documents.outbound.pdf import write_pdf

EVIL = '#panic() *粗* $x$ "引" \\ [a] @b <c> // 注'


def fonts_of(page) -> list[tuple[str, bool]]:
    found = []
    for font in page["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = inner["/FontDescriptor"].get_object()
        embedded = any(f"/FontFile{n}" in descriptor for n in ("", 2, 3))
        found.append((str(inner["/BaseFont"]).split("+")[-1], embedded))
    return found


@pytest.mark.parametrize("landscape", [False, True])
def test_a_table_repeats_its_head_and_counts_its_pages(landscape):
    data = {
        "title": "任务一览",
        "note": "筛选：三月\n共80项",
        "landscape": landscape,
        "columns": [{"label": "序号"}, {"label": "工作内容", "width": 5}],
        "rows": [[n, EVIL if n == 1 else None if n == 2 else f"工作{n}"] for n in range(80)],
    }

    pages = pypdf.PdfReader(io.BytesIO(write_pdf("table", data))).pages
    texts = ["".join(page.extract_text().split()) for page in pages]

    assert (pages[0].mediabox.width > pages[0].mediabox.height) is landscape
    assert len(pages) > 1
    assert all("工作内容" in text and f"—{n}—" in text for n, text in enumerate(texts, 1))
    assert "".join(EVIL.split()) in texts[0]
    assert "None" not in texts[0]
    assert all(embedded and name.startswith("Noto") for name, embedded in fonts_of(pages[0]))


def test_a_paper_prints_its_sections_in_order():
    data = {
        "title": f"总结 {EVIL}",
        "note": "安澜市总工会",
        "sections": [
            {"heading": "一、组织建设", "level": 1, "paragraphs": ["新建工会待填家。", EVIL]},
            {"heading": "（一）建会", "level": 2},
            {"paragraphs": ["没有标题的一节"]},
        ],
    }

    (page,) = pypdf.PdfReader(io.BytesIO(write_pdf("paper", data))).pages
    text = "".join(page.extract_text().split())
    literal = "".join(EVIL.split())

    wanted = [
        *(f"总结{literal}", "一、组织建设", "新建工会待填家。"),
        *(literal, "（一）建会", "没有标题的一节"),
    ]
    places = [text.rindex(words) if words == literal else text.index(words) for words in wanted]
    assert places == sorted(places)


def test_only_our_own_templates_are_filled():
    with pytest.raises(KeyError):
        write_pdf("../../evil", {})
