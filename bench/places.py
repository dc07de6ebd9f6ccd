"""Which databases are measured: SQLite in a folder of ours, PostgreSQL where a server is named."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
SMALL, LARGE = 1_000, 1_000_000
# A server wants secrets of its own; invented people have none to keep.
SECRETS = {
    "GONGHUI_SECRET_KEY": "only-for-measuring",
    "GONGHUI_KEYS": "1:b25seS1mb3ItdGVzdHMhIQ==",
    "GONGHUI_INDEX_KEY": "b25seS1mb3ItdGVzdHMtdG9vISE=",
}


@dataclass(frozen=True)
class Place:
    """A database of some size; ``folder`` keeps its files, ``url`` is empty for SQLite."""

    database: str
    size: int
    folder: Path
    url: str = ""

    @property
    def exists(self) -> bool:
        if not self.url:
            return (self.folder / "gonghui.sqlite3").exists()
        return _has_database(self.url)

    def environment(self) -> dict[str, str]:
        """For the worker: the product's settings read nothing else."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GONGHUI_", "DATABASE_"))}
        given = {"GONGHUI_VAR": str(self.folder), "GONGHUI_HTTPS": "0"}
        if self.url:
            given |= {
                "DATABASE_URL": self.url,
                "GONGHUI_SECRET_KEY": "only-for-measuring",
                "GONGHUI_KEYS": "1:b25seS1tZWFzdXJpbmchIQ==",
                "GONGHUI_INDEX_KEY": "b25seS1mb3ItbWVhc3VyaW5nISE=",
            }
        return kept | given

    def found(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.url and not self.exists:
            _create_database(self.url)


def places(sizes: list[int], *, large: bool) -> Iterator[Place]:
    """Small ones always; large ones when asked for, or when somebody made them before."""
    folder = Path(os.environ.get("GONGHUI_BENCH_VAR", ROOT / "var" / "bench"))
    server = _server()
    if not server:
        print(
            "!! PostgreSQL is left out: name a server in GONGHUI_BENCH_POSTGRES.", file=sys.stderr
        )
    for size in sizes or [SMALL, LARGE]:
        for place in _of_size(size, folder, server):
            if sizes or large or size == SMALL or place.exists:
                yield place


def _of_size(size: int, folder: Path, server: str) -> Iterator[Place]:
    yield Place("sqlite", size, folder / str(size))
    if server:
        url = urlunsplit(urlsplit(server)._replace(path=f"/gonghui_bench_{size}"))
        # An address without a host keeps its two slashes only when they are put back.
        url = url if "://" in url else url.replace(":", "://", 1)
        yield Place("postgresql", size, folder / f"postgresql-{size}", url)


def _server() -> str:
    """A server where we may create databases: named for us, or the product's own."""
    named = os.environ.get("GONGHUI_BENCH_POSTGRES", "")
    product = os.environ.get("DATABASE_URL", "")
    return named or (product if product.startswith("postgres") else "")


def _maintenance(url: str) -> psycopg.Connection:
    address = urlsplit(url)
    where = {"host": address.hostname, "port": address.port, "user": address.username}
    given = {name: said for name, said in where.items() if said} | {"dbname": "postgres"}
    return psycopg.connect(password=address.password, autocommit=True, **given)


def _has_database(url: str) -> bool:
    with _maintenance(url) as connection:
        name = urlsplit(url).path.lstrip("/")
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row is not None


def _create_database(url: str) -> None:
    """Names and readings sort by code point, as everywhere in the product (C.UTF-8)."""
    name = sql.Identifier(urlsplit(url).path.lstrip("/"))
    words = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    with _maintenance(url) as connection:
        connection.execute(sql.SQL(words).format(name))
