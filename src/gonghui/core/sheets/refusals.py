"""Every reason a sheet is not read, each with the sentence that says what it is and what to do."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
LARGEST_SHEET = 150 * MEGABYTE  # a million rows of a roster as .csv are about 120

EMPTY = "这个文件是空的（0 字节），请检查后重新选择。"
NOTHING_PASTED = "没有粘贴内容。请在 Excel 里选中表头和数据一起复制，再粘贴到框里。"
TOO_LARGE = (
    f"文件超过 {LARGEST_SHEET // MEGABYTE} MB，没有读取。"
    "请删去图片和多余的工作表，或拆成几份后分别导入。"
)
UNKNOWN_NAME = "只能导入 Excel（.xlsx、.xls）和 .csv 文件，请换成其中一种再上传。"
ENCRYPTED = "这个表格加了打开密码。请在 Excel 里去掉密码，另存为 .xlsx 后再上传。"
MACROS = "这个表格带有宏，为安全起见不读。请另存为不带宏的 .xlsx 后再上传。"
CORRUPT = "这个表格已损坏，打不开。请在 Excel 里打开原件，重新另存为 .xlsx 后再上传。"
BOMB = "这个文件解开后大得不正常，为安全起见不读。请把数据复制到新表格，另存为 .xlsx 后再上传。"
HEAVY = "这个表格太复杂，在限定的内存和时间里读不完。请另存为 .csv 后再上传。"
GARBLED = "这个文本文件的编码认不出来。请用 Excel 打开核对，另存为 .xlsx 后再上传。"
NO_ROWS = "这个表格里没有内容。请检查后重新选择。"
WEB_PAGE = "这是改了名字的网页文件，不是真正的 Excel 表格。请用 Excel 打开，另存为 .xlsx 后再上传。"
OTHER_BOOK = "这种表格（.xlsb、.ods）读不了。请在 Excel 或 WPS 里另存为 .xlsx 后再上传。"
WORD = "这是 Word 文件。请把里面的表格复制到 Excel，另存为 .xlsx 后再上传。"
SLIDES = "这是演示文稿，不是表格。请上传 Excel（.xlsx、.xls）或 .csv 文件。"
PDF = "这是 PDF，不能当表格导入。请上传它的 Excel 原件。"
IMAGE = "这是图片，读不出表格。请上传 Excel（.xlsx、.xls）或 .csv 文件。"
ARCHIVE = "这是压缩包。请先解压，再上传里面的 Excel 或 .csv 文件。"
RICH_TEXT = "这是 RTF 文件。请把里面的表格复制到 Excel，另存为 .xlsx 后再上传。"
NOT_A_SHEET = "这不是表格文件，读不出内容。请上传 Excel（.xlsx、.xls）或 .csv 文件。"
