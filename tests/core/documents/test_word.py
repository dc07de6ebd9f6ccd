"""What is read from a Word file: headings, text, asides, tables, furniture."""

from __future__ import annotations

import io

import docx

from gonghui.core.documents.inbound import read_upload
from gonghui.kit.blocks import Furniture, Paragraph, Table
from tests.core.documents.word_files import W, p, packed, r, tbl, tc, tr, word_file, word_parts


def read(data: bytes, name: str = "计划.docx"):
    return read_upload(io.BytesIO(data), name)


def texts(data: bytes) -> list[str]:
    return [b.text for b in read(data).blocks if isinstance(b, Paragraph)]


def test_headings_come_from_built_in_styles():
    document = docx.Document()
    document.add_heading("一、组织建设", 1)
    document.add_heading("（一）建会", 2)
    document.add_paragraph("全年新建工会。")
    stream = io.BytesIO()
    document.save(stream)

    found = read(stream.getvalue())

    assert found.kind == "docx"
    assert [(b.text, b.heading) for b in found.blocks] == [
        ("一、组织建设", 1),
        ("（一）建会", 2),
        ("全年新建工会。", None),
    ]
    assert found.text == "一、组织建设\n（一）建会\n全年新建工会。"


def test_headings_are_inherited_through_styles_and_outline_levels():
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="章"/><w:basedOn w:val="1"/>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="标题 3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="节"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="d"><w:name w:val="圈"/>'
        '<w:basedOn w:val="e"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="e"><w:name w:val="环"/>'
        '<w:basedOn w:val="d"/></w:style>'
    )
    body = "".join(p(s, style=s) for s in "abcd") + (
        f'<w:p><w:pPr><w:pStyle w:val="a"/><w:outlineLvl w:val="9"/></w:pPr>{r("正文")}</w:p>'
    )

    found = read(word_file(body, styles=styles))

    assert [b.heading for b in found.blocks] == [1, 3, 2, None, None]


def test_tracked_changes_are_read_as_accepted():
    body = (
        f"<w:p>{r('召开')}<w:del>{r('一次')}<w:r><w:delText>废</w:delText></w:r></w:del>"
        f"<w:ins>{r('两次')}</w:ins><w:moveFrom>{r('旧')}</w:moveFrom>{r('会议')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('前半')}</w:p>{p('后半')}"
    )

    assert texts(word_file(body)) == ["召开两次会议", "前半后半"]


def test_text_whose_last_mark_was_deleted_is_kept():
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('末段')}</w:p>"

    assert texts(word_file(body)) == ["末段"]


def test_breaks_tabs_and_fields():
    body = (
        f"<w:p>{r('第一行')}<w:r><w:br/></w:r>{r('第二')}<w:r><w:tab/></w:r>{r('行')}</w:p>"
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("三月")}'
        f'<w:r><w:sym w:char="F0FE"/></w:r><w:r><w:noBreakHyphen/></w:r></w:p>'
        f"<w:sdt><w:sdtContent>{p('控件里')}</w:sdtContent></w:sdt>"
    )

    assert texts(word_file(body)) == ["第一行", "第二\t行", "三月☑-", "控件里"]


def test_text_boxes_follow_their_paragraph_once():
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    body = (
        f"<w:p>{r('框外')}<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx>"
        f"</mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>{p('下段')}"
    )

    assert texts(word_file(body)) == ["框外", "框内", "下段"]


def test_footnotes_follow_the_paragraph_that_names_them():
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{p("线")}</w:footnote>'
        f'<w:footnote w:id="2">{p("以上级文件为准")}</w:footnote>'
    )
    body = f'<w:p>{r("按规定")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>{p("下段")}'

    assert texts(word_file(body, footnotes=notes)) == ["按规定", "以上级文件为准", "下段"]


def test_headers_footers_contents_and_hidden_words_are_furniture():
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('一、目标 1')}</w:sdtContent></w:sdt>"
    )
    body = f"{contents}<w:p>{r('一、目标')}{r('水印', '<w:vanish/>')}</w:p>"

    found = read(word_file(body, header=p("安澜市总工会"), footer=p("— 1 —") * 2))

    assert found.blocks == (
        Furniture("安澜市总工会"),
        Furniture("一、目标 1"),
        Paragraph("一、目标"),
        Furniture("水印"),
        Furniture("— 1 —"),
    )


def test_merged_cells_stand_in_every_place_they_cover():
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("月份"), tc("工作", '<w:gridSpan w:val="2"/>')),
        tr(tc("三月", start), tc("建会"), tc("组织部")),
        tr(tc("", go_on), tc("慰问"), tc("保障部")),
        tr(tc("删去"), properties="<w:del/>"),
        tr(tc("四月"), tc("竞赛")),
    )

    (table,) = read(word_file(body)).blocks

    assert isinstance(table, Table)
    assert [[c.text for c in row] for row in table.rows] == [
        ["月份", "工作", "工作"],
        ["三月", "建会", "组织部"],
        ["三月", "慰问", "保障部"],
        ["四月", "竞赛", ""],
    ]
    assert table.rows[0][1].key == table.rows[0][2].key
    assert table.rows[1][0].key == table.rows[2][0].key
    assert len({c.key for row in table.rows for c in row}) == 10


def test_cells_hold_paragraphs_and_nested_tables():
    inner = tbl(tr(tc("甲"), tc("乙")))
    body = tbl(tr(f"<w:tc>{p('上')}{inner}{p('下')}</w:tc>", tc("右")))

    (table,) = read(word_file(body)).blocks

    assert isinstance(table, Table)
    assert [c.text for c in table.rows[0]] == ["上\n甲\t乙\n下", "右"]


def test_rows_begin_where_the_grid_says():
    body = tbl(
        tr(tc("一"), tc("二"), tc("三")),
        tr(tc("丙"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        tr(tc("丁"), tc("", '<w:hMerge w:val="continue"/>'), tc("戊")),
    )

    (table,) = read(word_file(body)).blocks

    assert isinstance(table, Table)
    assert [c.text for c in table.rows[1]] == ["", "丙", ""]
    assert [c.text for c in table.rows[2]] == ["丁", "丁", "戊"]


def test_a_table_without_cells_is_nothing():
    assert read(word_file(tbl() + p("后文"))).blocks == (Paragraph("后文"),)


def test_what_only_the_writer_of_a_new_word_sees_is_not_lost():
    drawing = f"<w:r><mc:AlternateContent><mc:Fallback>{r('旧版可见')}</mc:Fallback>"
    body = f"<w:p>{drawing}</mc:AlternateContent></w:r><w:r><mc:AlternateContent/></w:r></w:p>"

    assert texts(word_file(body)) == ["旧版可见"]


def test_a_style_of_hidden_words_is_furniture():
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="隐"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="显"/></w:style>'
    )

    found = read(word_file(p("看不见") + p("看得见", style="a"), styles=styles))

    assert found.blocks == (Furniture("看不见"), Paragraph("看得见"))


def test_rows_inside_content_controls_are_rows():
    row = f"<w:sdt><w:sdtContent>{tr(tc('甲'), tc('乙'))}</w:sdtContent></w:sdt>"

    (table,) = read(word_file(tbl(row))).blocks

    assert isinstance(table, Table)
    assert [c.text for c in table.rows[0]] == ["甲", "乙"]


def test_links_outward_and_missing_parts_are_passed_over():
    parts = word_parts(p("正文"), header=p("页眉"))
    del parts["word/header.xml"]
    rels = parts["word/_rels/document.xml.rels"]
    link = (
        f'<Relationship Id="x" Type="{W}/header" Target="http://a.invalid" TargetMode="External"/>'
    )
    parts["word/_rels/document.xml.rels"] = rels.replace("</Rel", link + "</Rel")

    assert read(packed(parts)).blocks == (Paragraph("正文"),)


def test_a_frame_of_one_cell_is_no_table():
    assert texts(word_file(tbl(tr(tc("框住的话"))))) == ["框住的话"]


def test_strict_files_are_read():
    parts = word_parts(p("严格格式"))
    old, new = W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    strict = packed({name: text.replace(old, new) for name, text in parts.items()})

    assert texts(strict) == ["严格格式"]


def test_empty_paragraphs_keep_their_place():
    assert texts(word_file(p("上") + p() + p("下"))) == ["上", "", "下"]


def test_a_hundred_pages_are_read():
    document = docx.Document()
    for number in range(2500):  # about a hundred pages of 25 lines
        document.add_paragraph(f"{number}、组织职工开展劳动竞赛和技能比武，做好送温暖工作。")
    stream = io.BytesIO()
    document.save(stream)

    found = read(stream.getvalue())

    assert len(found.blocks) == 2500
    assert found.blocks[-1].text.startswith("2499、")
