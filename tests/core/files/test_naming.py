"""What a file is must agree with what it is called, and the refusal says what to do."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from gonghui.core.files.store import sniff
from gonghui.kit.errors import DomainError


@pytest.mark.parametrize(
    ("content", "name", "endings"),
    [(b"PK\x03\x04", "plan.pdf", ".docx、.pptx、.xlsx"), (b"%PDF-1.7", "plan.docx", ".pdf")],
)
def test_a_file_under_another_kinds_name_is_told_its_own(content, name, endings):
    with pytest.raises(DomainError) as refused:
        sniff(ContentFile(content), name)

    assert f"改成原来的扩展名（{endings}）" in refused.value.sentence


def test_what_may_not_come_at_all_is_told_what_may():
    with pytest.raises(DomainError, match="可用图片、PDF"):
        sniff(ContentFile(b"MZ\x00\x01"), "tool.exe")
