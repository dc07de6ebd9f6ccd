"""The product as it is, on files that nobody has collected: a test has no time for that."""

from __future__ import annotations

from gonghui.site.settings import *  # noqa: F403  # the product's own, above all its database's
from gonghui.site.settings import STORAGES

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    for name in ("default", "queue")
}
