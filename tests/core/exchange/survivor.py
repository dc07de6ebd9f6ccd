"""A server that imports and may be killed; run as a process by ``test_survival``.

``survivor.py prepare FILE`` says the numbers of a batch and its job, ``begin BATCH`` asks for the
writing, ``run JOB`` does a job, ``counts BATCH`` says what is in the database.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gonghui.site.settings_test"
    django.setup()
    import_module("tests.core.exchange.survivor_steps").main(*sys.argv[1:])
