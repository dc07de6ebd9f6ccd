"""The product's own styles and scripts; their addresses stand while the process runs."""

from __future__ import annotations

from functools import cached_property

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Every page names a dozen of them, so an address is put together once."""

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

    def url(self, name: str, force: bool = False) -> str:
        known: str | None = self._addresses.get(name)
        if known is None:
            known = self._addresses[name] = super().url(name, force)
        return known
