"""A process that presses 报名 for its people as fast as it can; run by ``test_two_processes``.

``presser.py ACTIVITY START PERSON…``: waits until the clock says START, then signs up each person,
lets every third withdraw again, and says how many were refused by an error (there should be none).
"""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "gonghui.site.settings_test"
    django.setup()
    pressing = import_module("tests.core.signing.pressing")
    activity, start, *people = sys.argv[1:]
    time.sleep(max(0.0, float(start) - time.time()))
    sys.stdout.write(str(pressing.press(int(activity), [int(one) for one in people])))
