"""Fixtures of the engine's tests."""

import pytest

from tests.undrawn import draw_nothing


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_nothing(monkeypatch)
