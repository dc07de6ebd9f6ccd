"""Codes drawn as pictures that stand in the page itself."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(said: str, label: str, *, scale: int = 6, mask: int | None = None) -> SafeString:
    """A code as inline SVG, with a label for those who cannot see it; without a mask the best."""
    out = io.BytesIO()
    segno.make(said, error="m", micro=False, mask=mask).save(
        out, kind="svg", scale=scale, border=4, xmldecl=False, svgns=True,
        title=label, svgclass="code", lineclass=None, omitsize=True, light="#fff",
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())  # drawn from our own words; segno escapes the title
