"""Commands and reports without their pictures, for tests that look at none: to draw them takes longer than all else."""

import pytest

from engine.report import curves, surface, sweep


def draw_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each picture of lines be an empty one; what they show is looked at where the report is tested."""
    for module in (curves, surface, sweep):
        monkeypatch.setattr(module, "svg", lambda *_, **__: "<svg/>")
