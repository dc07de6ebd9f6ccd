"""What every answer of a real installation carries: a strict policy and cookies for https alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from django.test import Client
from django.urls import reverse

from gonghui.kit import sealing

ASKED = """
import json
from gonghui.site import settings
names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "DEBUG",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "X_FRAME_OPTIONS")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def test_policy_allows_our_own_scripts_and_styles_alone(cast):
    for answer in (
        Client().get(reverse("account_login")),
        cast.client("frank").get(reverse("home")),
        cast.client("frank").get("/nowhere/"),
    ):
        policy = dict(
            one.strip().split(" ", 1) for one in answer["Content-Security-Policy"].split(";")
        )

        assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["form-action"] == "'self'"
        assert policy["img-src"] == "'self' data:"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"


def test_on_a_server_cookies_travel_over_https_alone(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://gonghui@127.0.0.1/gonghui",
        "GONGHUI_VAR": str(tmp_path),
        "GONGHUI_SECRET_KEY": "s" * 60,
        "GONGHUI_KEYS": sealing.new_key(),
        "GONGHUI_INDEX_KEY": sealing.new_index_key(),
    }
    for name in ("GONGHUI_HTTPS", "GONGHUI_SSL_REDIRECT", "GONGHUI_DEBUG"):
        environment.pop(name, None)

    asked = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True
    )

    said = json.loads(asked.stdout)
    assert said.pop("SECURE_HSTS_SECONDS") >= 60 * 60 * 24 * 365
    assert said == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "DEBUG": False,
        "SECURE_SSL_REDIRECT": True,
        "X_FRAME_OPTIONS": "DENY",
    }
