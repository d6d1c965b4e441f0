"""Whether a window can open here is told beforehand, for every way in which it cannot."""

import ctypes
import re
from pathlib import Path

import PySide6
import pytest

from gui.preflight import BASE, WAYLAND, XCB, candidates, missing, obstacle
from tests.programs import run_main, run_python


class Loader:
    """Stands in for the system's loader: finds all but some libraries."""

    def __init__(self, *absent: str):
        self.absent = absent

    def __call__(self, name: str) -> object:
        if name in self.absent:
            raise OSError(f"{name}: cannot open shared object file: No such file or directory")
        return object()


def told(environ: dict[str, str], *absent: str) -> str:
    return obstacle(environ, Loader(*absent), "linux") or ""


def test_all_missing_libraries_are_named_at_once_with_each_systems_command():
    message = told({"DISPLAY": ":0"}, "libxcb-cursor.so.0", "libxcb-icccm.so.4")
    assert "libxcb-cursor.so.0 libxcb-icccm.so.4" in message
    assert "sudo apt install libxcb-cursor0 libxcb-icccm4\n" in message
    assert "sudo dnf install xcb-util-cursor xcb-util-wm\n" in message
    assert "sudo pacman -S xcb-util-cursor xcb-util-wm\n" in message
    assert "python main.py run" in message


def test_libraries_of_qt_and_of_its_platform_come_in_one_command():
    assert "apt install libegl1 libxcb-cursor0\n" in told({"DISPLAY": ":0"}, "libEGL.so.1", "libxcb-cursor.so.0")


def test_a_package_that_brings_several_libraries_is_named_once():
    message = told({"DISPLAY": ":0"}, "libxcb-randr.so.0", "libxcb-shape.so.0")
    assert "dnf install libxcb\n" in message


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}, {"QT_QPA_PLATFORM": "wayland"}])
def test_no_display(environ: dict[str, str]):
    message = told(environ)
    assert "no display" in message
    assert "ssh -X" in message
    assert "python main.py run" in message


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600"])
def test_a_platform_without_a_display_needs_none(platform: str):
    x_only = [library.name for library in XCB]
    assert told({"QT_QPA_PLATFORM": platform}, *x_only) == ""
    assert "libGL.so.1" in told({"QT_QPA_PLATFORM": platform}, "libGL.so.1")


def test_a_silent_wayland_socket(tmp_path):
    environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert "nobody answers at the display WAYLAND_DISPLAY=wayland-7" in told(environ)


def test_wayland_without_its_libraries():
    assert "libwayland-client0" in told({"WAYLAND_DISPLAY": "wayland-0"}, *(library.name for library in WAYLAND))


def test_the_platforms_are_tried_as_qt_does():
    assert candidates({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}) == ["xcb", "wayland"]
    assert candidates({"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland-egl;xcb"}) == ["wayland-egl", "xcb"]


def test_other_systems_are_not_looked_at():
    assert obstacle({}, Loader("libGL.so.1"), "win32") is None


def test_the_list_holds_all_that_the_installed_qt_asks_for():
    """So that a newer Qt's new needs are noticed. The names stand in its files as plain text."""
    folder = Path(next(iter(PySide6.__path__)), "Qt")
    files = [
        "plugins/platforms/libqxcb.so",
        *(f"lib/libQt6{part}.so.6" for part in ("Core", "Gui", "Widgets", "DBus", "XcbQpa")),
    ]
    named = {
        name for file in files for name in re.findall(rb"\0(lib[\w.+-]+\.so\.\d+)(?=\0)", (folder / file).read_bytes())
    }
    brought = re.compile(r"libQt6|libicu|libstdc|libgcc|libgthread|lib(c|m|z|dl|rt|pthread)\.so")
    assert {name for name in map(bytes.decode, named) if not brought.match(name)} == {lib.name for lib in (*BASE, *XCB)}


def test_a_real_process_without_a_display_ends_with_a_plain_message():
    done = run_main(without=("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "cannot open its window" in done.stderr


def test_a_real_process_at_a_dead_display_ends_with_a_plain_message():
    assert missing((*BASE, *XCB), ctypes.CDLL) == [], "Qt's libraries are missing on this machine"
    done = run_main(without=("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), DISPLAY=":987")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "nobody answers at the display DISPLAY=:987" in done.stderr


def test_looking_imports_no_qt():
    code = "import sys, gui.preflight; gui.preflight.obstacle(); sys.exit(str([m for m in sys.modules if 'Side' in m]))"
    assert run_python("-c", code).stderr.strip() == "[]"
