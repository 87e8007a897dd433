"""Fixtures over ``sample.py``, and the one profile of hypothesis: no randomness, no deadline that depends on the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from run_wide import folder_of_run
from sample import Sources, sample_files

settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("fixed")


@pytest.fixture(scope="session", autouse=True)
def _bytecode(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where Python is told to keep no bytecode, the commands that tests start keep it in a folder of this run.

    Otherwise each of them compiles all modules and templates of the engine, which takes longer than what it is asked.
    """
    if "PYTHONPYCACHEPREFIX" not in os.environ and os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder_of_run(tmp_path_factory) / "bytecode")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the sample library on disk that a test may change."""
    return Sources(sample_files()).write(tmp_path / "library")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the machine has set does not reach a test."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "CI", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    yield
