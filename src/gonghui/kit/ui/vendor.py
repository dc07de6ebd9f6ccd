"""Copies the few front-end files of other projects beside our own; run by `make setup`.

Run as ``python src/gonghui/kit/ui/vendor.py``: needs no Django and no installed package of ours.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "static" / "vendor"
NODE_MODULES = HERE.parents[3] / "node_modules"

# name beside our own → where the package keeps it
FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "sortable.min.js": "sortablejs/Sortable.min.js",
    "qr/decode.js": "qr/decode.js",
    "qr/index.js": "qr/index.js",
}
# A map that is named but not served stops whitenoise's and Django's manifest storages.
_MAP = re.compile(r"(/\*#|//#)\s*sourceMappingURL=[^\s*]*\s*(\*/)?")
_CHARSET = re.compile(r'^\ufeff?@charset\s+"[^"]*";', re.IGNORECASE)


def prepared(name: str, text: str) -> str:
    """The text as we serve it: no source map; a foreign style sheet sits in a layer below ours."""
    text = _MAP.sub("", text).rstrip()
    if name.endswith(".css"):
        text = f"@layer vendor{{{_CHARSET.sub('', text)}}}"
    return text + "\n"


def copy_files(source: Path = NODE_MODULES, target: Path = TARGET) -> list[Path]:
    """Write every file of FILES and return them; a missing package is told in one sentence."""
    missing = [path for path in FILES.values() if not (source / path).is_file()]
    if missing:
        raise SystemExit(f"Not installed: {', '.join(missing)}. Run: npm ci --ignore-scripts")
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, path in FILES.items():
        file = target / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(prepared(name, (source / path).read_text("utf-8")), "utf-8")
        written.append(file)
    return written


if __name__ == "__main__":  # pragma: no cover  # the last line of make setup
    sys.stdout.write(f"{len(copy_files())} front-end files ready\n")
