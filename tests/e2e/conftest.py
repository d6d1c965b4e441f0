"""The end-to-end tests' fixtures: a desktop on which the program was used before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import SETTLED, Desktop, virtual_desktop


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    home = tmp_path / "home"
    home.mkdir()
    with virtual_desktop(home) as desktop:
        desktop.keep_settings(**SETTLED)
        yield desktop
