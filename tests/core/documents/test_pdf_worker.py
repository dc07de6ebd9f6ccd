"""The limited process that reads a PDF: what it allows itself, and what it says."""

from __future__ import annotations

import io
import json
import resource
import signal
import types

import pypdf
import pytest

from gonghui.core.documents.inbound import pdf_worker
from tests.core.documents.test_pdf_in import TEXT, drawn_pdf


@pytest.fixture
def work(monkeypatch, capsys):
    """Run the worker here, its limits noted and not set; return what it said."""
    limits: dict[str, list] = {"set": [], "timers": []}
    monkeypatch.setattr(resource, "setrlimit", lambda *limit: limits["set"].append(limit))
    monkeypatch.setattr(signal, "setitimer", lambda *timer: limits["timers"].append(timer))
    monkeypatch.setattr(signal, "getitimer", lambda which: (0.4, 0.0))

    def run(data: bytes, most_text: int = 1000, most_pages: int = 10):
        stdin = types.SimpleNamespace(buffer=io.BytesIO(data))
        monkeypatch.setattr("sys.stdin", stdin)
        pdf_worker.main(most_text, most_pages)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()], limits

    return run


def test_memory_and_time_are_limited_before_a_byte_is_read(work):
    said, limits = work(drawn_pdf(TEXT, pages=2))

    assert limits["set"] == [
        (resource.RLIMIT_AS, (pdf_worker.MEMORY, pdf_worker.MEMORY)),
        (resource.RLIMIT_CPU, (pdf_worker.SECONDS_IN_ALL, pdf_worker.SECONDS_IN_ALL)),
    ]
    assert [seconds for _, seconds in limits["timers"]] == [1.2, 1.0, 0.5]
    assert said == [
        {"pages": 2},
        {"pieces": [[72.0, 700.0, 12.0, "plan"]], "drawn": False},
        {"pieces": [[72.0, 700.0, 12.0, "plan"]], "drawn": False},
    ]


def test_it_stops_at_too_many_pages_or_words(work):
    assert work(drawn_pdf(TEXT, pages=11))[0] == [{"refused": "long"}]
    assert work(drawn_pdf(TEXT, pages=3), most_text=7)[0][-1] == {"refused": "long"}


def test_it_opens_nothing_encrypted(work):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("", owner_password="only for the owner")
    stream = io.BytesIO()
    writer.write(stream)

    assert work(stream.getvalue())[0] == [{"refused": "encrypted"}]


def test_pieces_that_touch_are_one_and_turned_pages_are_measured_upright(work):
    content = (
        b"BT /F 10 Tf 1 0 0 1 50 700 Tm (ab) Tj ET BT /F 10 Tf 1 0 0 1 60 700 Tm (cd) Tj ET "
        b"BT /F 10 Tf 1 0 0 1 200 700 Tm (ef) Tj ET BT /F 10 Tf 1 0 0 1 230 700 Tm ( ) Tj ET "
        b"2 0 0 -2 10 800 cm BT /F 10 Tf 1 0 0 -1 20 100 Tm (gh) Tj ET"
    )

    said, _ = work(drawn_pdf(content))

    assert said[1]["pieces"] == [
        [50.0, 700.0, 10.0, "abcd"],
        [200.0, 700.0, 10.0, " ef "],
        [50.0, 600.0, 20.0, "gh"],
    ]
