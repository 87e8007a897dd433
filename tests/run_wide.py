"""What the processes of one run of the tests share: a folder, and what is made in it once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_LONGEST = 600
"""Seconds that a process waits for what another one makes."""


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the run; each process of pytest-xdist has one of its own in it."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(target: Path, make: Callable[[], object]) -> Path:
    """``target``, made by ``make``; where another process of this run makes it or has made it, that is waited for."""
    begun, made, failed = (target.with_name(f"{target.name}.{state}") for state in ("begun", "made", "failed"))
    try:
        begun.touch(exist_ok=False)
    except FileExistsError:
        end = time.monotonic() + _LONGEST
        while not made.exists():
            assert not failed.exists(), f"{target.name} could not be made: see what failed first"
            assert time.monotonic() < end, f"{target.name} was not made in {_LONGEST} s"
            time.sleep(0.05)
        return target
    try:
        make()
    except BaseException:
        failed.touch()
        raise
    made.touch()
    return target
