"""A seal, a time-stamp server, and a document that waits for both."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitzungsdienst.config import SealSettings
from sitzungsdienst.documents.excerpt import print_excerpt
from tests.documents.cast import CERTIFIED
from tests.support.sealing import Pki, StampServer, key_file, pki, stamp_server

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def made() -> Pki:
    return pki(NOW)


@pytest.fixture
def server(made: Pki) -> Iterator[StampServer]:
    with stamp_server(made) as running:
        yield running


@pytest.fixture
def settings(made: Pki, tmp_path: Path) -> SealSettings:
    """A seal without time-stamps."""
    return key_file(tmp_path, made)


@pytest.fixture(scope="session")
def copy() -> bytes:
    """A certified copy that waits for its seal."""
    return print_excerpt(CERTIFIED, sealable=True)
