"""Every reason a file is not read, each with the sentence that says what it is and what to do."""

from __future__ import annotations

from gonghui.kit.errors import DomainError

MEGABYTE = 1024 * 1024
LARGEST_UPLOAD = 20 * MEGABYTE
MOST_TEXT = 2_000_000  # characters; a thick book has fewer
MOST_PAGES = 500


class Unreadable(DomainError):
    """The file is refused; the sentence tells the officer what it is and what to do instead."""


EMPTY = "这个文件是空的（0 字节），请检查后重新选择。"
TOO_LARGE = (
    f"文件超过 {LARGEST_UPLOAD // MEGABYTE} MB，没有读取。请删去里面的图片或拆成几份后再上传。"
)
UNKNOWN_NAME = "只能读 Word（.docx）、PDF（.pdf）和文本（.txt）文件，请换成其中一种再上传。"
NOT_A_DOCUMENT = "这不是文字文件，读不出内容。请上传 Word（.docx）、带文字的 PDF 或 .txt 文件。"
OLD_WORD = "这是旧版 Word（.doc）或 WPS 文件，读不了。请在 Word 里另存为 .docx 后再上传。"
OLD_OFFICE = "这是旧版的表格或演示文件。请把计划内容放进 Word，另存为 .docx 后再上传。"
ENCRYPTED_WORD = "这个 Word 文件加了密码。请在 Word 里去掉密码，另存为 .docx 后再上传。"
ENCRYPTED_PDF = "这个 PDF 加了密码或限制。请去掉密码和限制后再上传，或上传 Word 原件。"
ENCRYPTED_ZIP = "这个文件里的内容加了密码。请去掉密码后再上传。"
MACROS = "这个 Word 文件带有宏，为安全起见不读。请另存为不带宏的 .docx 后再上传。"
SPREADSHEET = "这是 Excel 表格。请把计划内容复制到 Word，另存为 .docx 后再上传。"
SLIDES = "这是演示文稿。请把计划内容复制到 Word，另存为 .docx 后再上传。"
OPEN_DOCUMENT = "这是 OpenDocument 或 OFD 文件。请另存为 .docx 或 PDF 后再上传。"
ARCHIVE = "这是压缩包。请先解压，再上传里面的 Word、PDF 或文本文件。"
CORRUPT_WORD = "这个 Word 文件已损坏，打不开。请在 Word 里打开原件，重新另存为 .docx 后再上传。"
CORRUPT_PDF = "这个 PDF 已损坏，打不开。请重新导出 PDF，或上传 Word 原件。"
BOMB = "这个文件解开后大得不正常，为安全起见不读。请在 Word 里重新另存为 .docx 后再上传。"
TOO_LONG = "这个文件的内容太长，没有读取。请只留下计划部分，或拆成几份后再上传。"
SLOW_PDF = "这个 PDF 太复杂，在限定的时间和内存里读不完。请上传 Word 原件，或把文字复制粘贴进来。"
GARBLED_PDF = "这个 PDF 里的字没有文字编码，复制出来是乱码。请上传 Word 原件，或把文字重新输入。"
SCAN = "这个 PDF 只有扫描图片，没有文字。请上传 Word 原件，或先做文字识别（OCR）再上传。"
EMBEDDED = (
    "这个 Word 文件里嵌着另一份文件，读不到它的内容。请在 Word 里打开，另存为 .docx 后再上传。"
)
NO_TEXT = "这个文件里没有文字。如果内容是图片或嵌入的网页，请把文字粘贴到 Word 里再上传。"
IMAGE = "这是图片，读不出文字。请上传 Word 原件，或先做文字识别（OCR）。"
WEB_PAGE = "这是网页文件。请在浏览器里打开，把文字复制到 Word，另存为 .docx 后再上传。"
RICH_TEXT = "这是 RTF 文件。请在 Word 里另存为 .docx 后再上传。"
OLD_XML = "这是旧版 Word 的 XML 文件。请在 Word 里另存为 .docx 后再上传。"
GARBLED = "这个文本文件的编码认不出来。请用记事本打开，另存为 UTF-8 编码后再上传。"
