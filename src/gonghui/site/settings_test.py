"""The settings of the tests: the same product, only faster to set up."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("GONGHUI_VAR", tempfile.mkdtemp(prefix="gonghui-test-"))
# On PostgreSQL the product wants a secret and https of its own; a test has neither.
os.environ.setdefault("GONGHUI_SECRET_KEY", "only-for-tests")
os.environ.setdefault("GONGHUI_KEYS", "1:b25seS1mb3ItdGVzdHMhIQ==")
os.environ.setdefault("GONGHUI_INDEX_KEY", "b25seS1mb3ItdGVzdHMtdG9vISE=")
os.environ.setdefault("GONGHUI_HTTPS", "0")
os.environ.setdefault("GONGHUI_JOBS", "inline")

from gonghui.site.settings import *  # noqa: F403  # the environment above must come first
from gonghui.site.settings import DATABASES, EMBEDDED, STORAGES

if EMBEDDED:
    DATABASES["default"]["OPTIONS"].pop("init_command")  # type: ignore[attr-defined]  # a dict of ours
else:
    DATABASES["default"]["OPTIONS"].pop("pool")  # type: ignore[attr-defined]  # a dict of ours
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    for name in ("default", "queue")
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(os.environ["GONGHUI_VAR"]) / "files"
