"""The end-to-end tests' fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, virtual_desktop


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    home = tmp_path / "home"
    home.mkdir()
    with virtual_desktop(home) as desktop:
        yield desktop
