"""Word files put together part by part, for tests of what Word writes and python-docx does not."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "header": "hdr",
    "footer": "ftr",
}


def word_file(body: str, *, main_type: str = "document.main", **parts: str) -> bytes:
    """A .docx whose parts have the given inner XML; ``extra_name=…`` parts are not accepted."""
    return packed(word_parts(body, main_type=main_type, **parts))


def word_parts(body: str, *, main_type: str = "document.main", **parts: str) -> dict[str, str]:
    """The same before zipping, to be spoiled by a test."""
    root = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    files = {
        "[Content_Types].xml": _types(main_type),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": root,
        "word/_rels/document.xml.rels": _relations(
            {f"rId{n}": (name, f"{name}.xml") for n, name in enumerate(parts)}
        ),
    }
    for name, inner in parts.items():
        tag = ROOTS[name]
        files[f"word/{name}.xml"] = f"<w:{tag} {SPACES}>{inner}</w:{tag}>"
    return files


def packed(files: dict[str, str] | dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def _types(main_type: str) -> str:
    content = main_type if "/" in main_type else f"{KIND}.{main_type}+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{content}"/></Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def p(text: str = "", *, style: str = "", num: str = "", level: int | None = None) -> str:
    """A paragraph, perhaps styled or numbered."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        depth = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        properties += f'<w:numPr>{depth}<w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def level(depth: int, style: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list definition; ``more`` stands between the format and the text."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: int, abstract_name: int, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{abstract_name}"/>{more}</w:num>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"
