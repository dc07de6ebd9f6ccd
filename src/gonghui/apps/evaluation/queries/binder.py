"""The binder of a sheet as one PDF: cover, index, sheet, then the evidence item by item."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from gonghui.core.documents.outbound.binding import Run, Unbindable, bind, cleaned, page_count
from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.core.files.models import Attachment
from gonghui.kit.dates import full_day
from gonghui.kit.pictures import NoPicture, read_picture

from ..engine import marking
from ..models import Contender
from .results import Marked, lines_of, total_of
from .sheets import evidence_of

TITLE = "评估材料册"
OUTSIDE = "目录里注明“另附”的，是 Word、Excel 等文件，或者不能并入的文件，原件在系统里下载。"
MOST_PAGES = 400  # of what was handed in; a longer paper stays outside


@dataclass
class Part:
    """What stands behind one item: its words, photos, and pages of papers handed in."""

    marked: Marked
    files: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    papers: list[tuple[bytes, int]] = field(default_factory=list)  # each with its pages

    @property
    def has_evidence(self) -> bool:
        """Whether there is more to it than the sheet says."""
        line = self.marked.line
        return bool(self.files or line.words or line.remark or self.marked.vote_words)

    @property
    def own_pages(self) -> int:
        return 1 + len(self.photos)

    @property
    def pages(self) -> int:
        return self.own_pages + sum(count for _, count in self.papers)


def write_binder(contender: Contender) -> bytes:
    """Pages are counted before the index is written, which is therefore written twice."""
    lines = lines_of([contender])[contender.pk]
    files = evidence_of([one.line for one in lines])
    parts = [_part(one, files.get(one.line.pk, [])) for one in lines]
    shown = [one for one in parts if one.has_evidence]
    front = _front(contender, lines, shown, 0)
    front = _front(contender, lines, shown, page_count(front))
    return _bound(contender, front, shown)


def _part(marked: Marked, files: list[Attachment]) -> Part:
    part = Part(marked)
    for one in files:
        with one.file.open() as stored:
            content = stored.read()
        part.files.append(one.name if _taken(part, one, content) else f"{one.name}（另附）")
    return part


def _taken(part: Part, file: Attachment, content: bytes) -> bool:
    """Whether a file could be put among the pages."""
    if file.is_picture:
        try:
            part.photos.append(_svg(content))
        except NoPicture:
            return False
        return True
    if file.kind != "application/pdf":
        return False
    try:
        part.papers.append(cleaned(content, most_pages=MOST_PAGES))
    except Unbindable:
        return False
    return True


def _svg(content: bytes) -> str:
    """A picture inside a drawing, which is how it reaches the typesetter without a file."""
    found = read_picture(content)
    data = base64.b64encode(found.content).decode()
    size = f'width="{found.width}" height="{found.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:{found.kind};base64,{data}"/></svg>'
    )


def _front(contender: Contender, lines: list[Marked], parts: list[Part], before: int) -> bytes:
    round_, at = contender.round, before + 1
    index = []
    for part in parts:
        index.append([str(part.marked.criterion), f"{len(part.files)} 件", str(at)])
        at += part.pages
    total = total_of(lines, round_.scheme.bonus_cap)  # type: ignore[arg-type]  # a fraction takes it
    data = {
        "title": TITLE,
        "name": str(contender),
        "lines": [[label, words] for label, words in _cover(contender) if words],
        "index": index or [["还没有材料", "", ""]],
        "sheet": [[str(one.criterion), one.words or "暂无", one.marks_words] for one in lines],
        "total": f"合计 {marking.said(total.marks)} 分"
        + (f"，{len(total.open)} 项还没有结果" if total.open else ""),
        "note": OUTSIDE if any("（另附）" in name for p in parts for name in p.files) else "",
    }
    return write_pdf("binder", data)


def _cover(contender: Contender) -> list[tuple[str, str]]:
    round_ = contender.round
    days = f"{full_day(round_.since)}至{full_day(round_.until)}"
    return [
        ("评估", round_.title),
        ("方案", str(round_.scheme)),
        ("组织评估", round_.org.name),
        ("考评期", days),
        ("等次", contender.grade),
    ]


def _bound(contender: Contender, front: bytes, parts: list[Part]) -> bytes:
    """Everything in its order, with a number on every page and a bookmark at every item."""
    length = page_count(front)
    files, runs = [front, _items(contender, parts)], [(0, 0, length)]
    outline: list[tuple[str, int]] = []
    own = 0
    for part in parts:
        outline.append((str(part.marked.criterion), length))
        runs.append((1, own, own + part.own_pages))
        runs += _runs(part, len(files))
        files += [content for content, _ in part.papers]
        own += part.own_pages
        length += part.pages
    return bind(
        files,
        runs,
        title=f"{contender} {TITLE}",
        outline=outline,
        folio=write_pdf("folio", {"pages": length}),
    )


def _runs(part: Part, first: int) -> list[Run]:
    return [(first + at, 0, count) for at, (_, count) in enumerate(part.papers)]


def _items(contender: Contender, parts: list[Part]) -> bytes:
    items = [
        {
            "name": str(part.marked.criterion),
            "words": [
                words
                for words in (
                    f"结果：{part.marked.words or '暂无'}",
                    part.marked.vote_words,
                    part.marked.line.words and f"自查说明：{part.marked.line.words}",
                    part.marked.line.remark and f"现场情况：{part.marked.line.remark}",
                )
                if words
            ],
            "files": part.files,
            "photos": part.photos,
        }
        for part in parts
    ]
    return write_pdf("binder_items", {"title": TITLE, "items": items})
