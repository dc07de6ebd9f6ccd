"""Documents that come in: one function reads them, one error says why one is refused."""

from __future__ import annotations

from gonghui.core.documents.inbound.refusals import LARGEST_UPLOAD, Unreadable
from gonghui.core.documents.inbound.upload import Inbound, read_upload

__all__ = ["LARGEST_UPLOAD", "Inbound", "Unreadable", "read_upload"]
