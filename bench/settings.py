"""The product's own settings, with the bare pages it is measured against beside its own."""

from gonghui.site.settings import *  # noqa: F403  # the product as it is, nothing turned down
from gonghui.site.settings import ALLOWED_HOSTS

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
