"""The harness itself, tried on the smallest window there is."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from gui import preflight
from tests.e2e.desktop import Desktop, virtual_desktop

ECHO = "tests/e2e/echo_window.py"


def test_keys_reach_the_window_and_it_ends_by_its_own_shortcut(desktop: Desktop):
    app = desktop.start(ECHO)
    app.find_window("^Echo:")
    app.type("lr 0.1")
    assert app.wait_for_title("0.1$") == "Echo: lr 0.1"
    app.press("ctrl+a", "BackSpace")
    app.wait_for_title("^Echo: ?$")
    app.press("ctrl+q")
    assert app.wait_for_end() == 0
    assert app.output == ""


def test_a_screenshot_shows_the_window(desktop: Desktop, tmp_path: Path):
    app = desktop.start(ECHO)
    app.find_window("^Echo:")

    def pixel_is_drawn() -> bool:
        desktop.screenshot(tmp_path / "screen.png")
        return QImage(str(tmp_path / "screen.png")).pixelColor(150, 70).name() == "#123456"

    app.wait_for(pixel_is_drawn, "the window's colour on the screenshot")
    desktop.screenshot(tmp_path / "window.png", app.window)
    assert QImage(str(tmp_path / "window.png")).size().toTuple() == (300, 80)


def test_a_window_that_never_comes_is_told_with_the_output(desktop: Desktop, tmp_path: Path):
    script = tmp_path / "broken.py"
    script.write_text("raise SystemExit('no window today')", encoding="utf-8")
    with pytest.raises(AssertionError, match="no window today"):
        desktop.start(script).find_window("anything")


def test_a_missing_tool_fails_and_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AssertionError, match="apt install xvfb xdotool"), virtual_desktop(tmp_path):
        pass


def test_preflight_finds_the_display_answering(desktop: Desktop):
    assert preflight.obstacle(desktop.environ) is None
