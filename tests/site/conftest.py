"""Built sites, each made once per run."""

from __future__ import annotations

import pytest
import sitekit
from sitekit import Site


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The repository's own library, without PDFs."""
    return sitekit.sites(tmp_path_factory).real()


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample library for professionals, without PDFs."""
    return sitekit.sites(tmp_path_factory).sample()


@pytest.fixture(scope="session")
def sample_public_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample library for the public, without PDFs."""
    return sitekit.sites(tmp_path_factory).public()


@pytest.fixture(scope="session")
def printed_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample library for professionals with its handbooks."""
    return sitekit.sites(tmp_path_factory).printed()


@pytest.fixture(scope="session", params=["real_site", "sample_site", "sample_public_site"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each site in turn."""
    return request.getfixturevalue(request.param)
