"""The environment is read strictly."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from gonghui.kit import env


@pytest.mark.parametrize(
    ("said", "meant"), [("1", True), ("true", True), ("YES", True), ("0", False), ("no", False)]
)
def test_flag_reads_yes_and_no(monkeypatch, said, meant):
    monkeypatch.setenv("GONGHUI_X", said)

    assert env.flag("GONGHUI_X", default=not meant) is meant


def test_flag_unset_or_empty_is_the_default(monkeypatch):
    monkeypatch.delenv("GONGHUI_X", raising=False)
    assert env.flag("GONGHUI_X", default=True) is True

    monkeypatch.setenv("GONGHUI_X", "")
    assert env.flag("GONGHUI_X", default=True) is True


def test_flag_refuses_anything_else(monkeypatch):
    monkeypatch.setenv("GONGHUI_X", "maybe")

    with pytest.raises(ImproperlyConfigured, match="GONGHUI_X must be 1 or 0, not 'maybe'"):
        env.flag("GONGHUI_X", default=False)


def test_number_reads_whole_numbers_only(monkeypatch):
    assert env.number("GONGHUI_X", 7) == 7

    monkeypatch.setenv("GONGHUI_X", "12")
    assert env.number("GONGHUI_X", 7) == 12

    monkeypatch.setenv("GONGHUI_X", "a dozen")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("GONGHUI_X", 7)


def test_words_are_trimmed_and_empty_ones_dropped(monkeypatch):
    monkeypatch.setenv("GONGHUI_X", " a, b ,,c")

    assert env.words("GONGHUI_X", "") == ["a", "b", "c"]


def test_database_and_email_addresses_become_settings(monkeypatch):
    monkeypatch.setenv("GONGHUI_DB", "postgres://u:p@h:5432/name")
    monkeypatch.setenv("GONGHUI_MAIL", "smtp://u:p@mail:2525")

    assert env.database("GONGHUI_DB", "")["NAME"] == "name"
    assert env.email("GONGHUI_MAIL")["EMAIL_PORT"] == 2525
    assert env.email("GONGHUI_NO_MAIL") == {}


def test_secret_of_the_embedded_setting_is_made_once_and_private(monkeypatch, tmp_path):
    monkeypatch.delenv("GONGHUI_X", raising=False)
    kept = tmp_path / "var" / "key"

    first = env.secret("GONGHUI_X", kept, embedded=True)

    assert len(first) == 96
    assert env.secret("GONGHUI_X", kept, embedded=True) == first
    assert kept.stat().st_mode & 0o777 == 0o600


def test_secret_of_a_server_must_be_given(monkeypatch, tmp_path):
    monkeypatch.delenv("GONGHUI_X", raising=False)
    with pytest.raises(ImproperlyConfigured, match="GONGHUI_X must be set"):
        env.secret("GONGHUI_X", tmp_path / "key", embedded=False)

    monkeypatch.setenv("GONGHUI_X", "said")
    assert env.secret("GONGHUI_X", tmp_path / "key", embedded=False) == "said"
    assert not (tmp_path / "key").exists()


def test_choice_is_one_of_a_few(monkeypatch):
    monkeypatch.delenv("GONGHUI_X", raising=False)
    assert env.one_of("GONGHUI_X", "queue", "queue", "inline") == "queue"

    monkeypatch.setenv("GONGHUI_X", "inline")
    assert env.one_of("GONGHUI_X", "queue", "queue", "inline") == "inline"

    monkeypatch.setenv("GONGHUI_X", "celery")
    with pytest.raises(ImproperlyConfigured, match="must be queue or inline, not 'celery'"):
        env.one_of("GONGHUI_X", "queue", "queue", "inline")
