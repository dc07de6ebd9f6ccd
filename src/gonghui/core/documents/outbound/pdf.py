"""Writes PDF files from the typst templates beside this package, with a Chinese font embedded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

TEMPLATES = Path(__file__).parent.parent / "templates" / "typst"
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def write_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Fill a template (``table``, ``paper``); data goes as JSON, so no name in it is ever markup.

    The compiler sees the template folder and the packaged fonts, nothing else of the machine.
    """
    names = {path.stem: path for path in TEMPLATES.glob("*.typ")}
    source: str = str(names[template])
    written = typst.compile(
        source,
        root=str(TEMPLATES),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
    )
    return bytes(written)
