"""Text files in the encodings of Chinese offices."""

from __future__ import annotations

import codecs
import io

import pytest

from gonghui.core.documents.inbound import read_upload
from gonghui.kit.blocks import Paragraph
from tests.core.documents.word_files import p, word_file

PLAN = "二〇二五年工会工作计划\r\n\r\n一、组织建设\n1、三月份召开会员代表大会。"


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode(),
        codecs.BOM_UTF8 + PLAN.encode(),
        PLAN.encode("gb18030"),
        codecs.BOM_UTF16_LE + PLAN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16-le", "utf-16-be"],
)
def test_text_is_read_in_each_encoding(data):
    found = read_upload(io.BytesIO(data), "计划.TXT")

    assert (found.kind, found.text) == ("txt", PLAN)
    assert [b.text for b in found.blocks if isinstance(b, Paragraph)] == [
        "二〇二五年工会工作计划",
        "",
        "一、组织建设",
        "1、三月份召开会员代表大会。",
    ]


@pytest.mark.parametrize("name", ["计划.txt", "计划.doc", "计划.wps", "计划.pdf", "A.B.DOCX"])
def test_content_is_trusted_over_the_name(name):
    found = read_upload(io.BytesIO(word_file(p("其实是 Word"))), name)

    assert (found.kind, found.text) == ("docx", "其实是 Word")
