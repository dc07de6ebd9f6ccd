"""Hands a foreign file to a worker of ours in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run_alone(
    worker: Path, *limits: int, data: bytes, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """What the worker made of ``data``; ``subprocess.TimeoutExpired`` after so many seconds.

    It sets the limits of its memory and its processor time itself.
    """
    # No shell, our own file, and an environment that tells the worker nothing.
    return subprocess.run(  # noqa: S603
        [sys.executable, "-I", str(worker), *map(str, limits)],
        input=data,
        capture_output=True,
        timeout=seconds,
        env={},
        check=False,
    )
