"""Looks, before Qt is imported, whether a window can open here at all, and says in plain words if not.

Without a display or one of its system libraries Qt aborts with a core dump. Nothing in here may
import Qt or anything that does. Nothing is translated: the translations are Qt's to load.
"""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Loader = Callable[[str], Any]

HEADLESS = "To train without a window:\n    python main.py run FILE.json --steps N"


class Library(NamedTuple):
    """Name a system library that Qt's wheels expect, and the package that brings it."""

    name: str
    debian: str
    fedora: str
    arch: str


# What `objdump -p` calls NEEDED in the wheels of PySide6 6.11, Qt's own libraries left out.
BASE = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
)
XCB = (
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render.so.0", "libxcb-render0", "libxcb", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Library("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
)
WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
)


def obstacle(
    environ: Mapping[str, str] = os.environ, load: Loader = ctypes.CDLL, system: str = sys.platform
) -> str | None:
    """Say what keeps a window from opening here and what to do about it, or None. Only Linux is looked at."""
    if system != "linux":
        return None
    if lacking := missing(BASE, load):
        # Of the platforms' libraries too, so that one command puts it all right.
        return install_message([*lacking, *(missing(XCB, load) if environ.get("DISPLAY") else ())])
    platforms = candidates(environ)
    if not platforms:
        return NO_DISPLAY
    obstacles = [_platform_obstacle(platform, environ, load) for platform in platforms]
    return None if None in obstacles else obstacles[0]


def candidates(environ: Mapping[str, str]) -> list[str]:
    """Return the platform plugins that Qt will try here, the first that works being taken."""
    if chosen := environ.get("QT_QPA_PLATFORM"):
        return [name.partition(":")[0] for name in chosen.split(";")]
    displays = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
    return [platform for platform, variable in displays.items() if environ.get(variable)]


def missing(libraries: Iterable[Library], load: Loader) -> list[Library]:
    """Return the libraries that the system's loader does not find."""

    def loads(library: Library) -> bool:
        try:
            load(library.name)
        except OSError:
            return False
        return True

    return [library for library in libraries if not loads(library)]


def install_message(libraries: Iterable[Library]) -> str:
    """Name all that is missing, and the command that installs it on the common systems."""
    names, *packages = zip(*libraries, strict=True)
    debian, fedora, arch = (" ".join(dict.fromkeys(names)) for names in packages)
    return (
        f"Lockstep cannot open its window: Qt needs system libraries that are missing here:\n"
        f"    {' '.join(names)}\n"
        f"To install them:\n"
        f"    Debian, Ubuntu:  sudo apt install {debian}\n"
        f"    Fedora:          sudo dnf install {fedora}\n"
        f"    Arch:            sudo pacman -S {arch}\n"
        f"{HEADLESS}"
    )


NO_DISPLAY = (
    "Lockstep cannot open its window: there is no display (DISPLAY and WAYLAND_DISPLAY are not set).\n"
    "Start it from a desktop, or log in with `ssh -X` to have its window on your own screen.\n"
    f"{HEADLESS}"
)


def _platform_obstacle(platform: str, environ: Mapping[str, str], load: Loader) -> str | None:
    if platform == "xcb":
        return _display_obstacle("DISPLAY", XCB, x_server_answers, environ, load)
    if platform.startswith("wayland"):
        return _display_obstacle("WAYLAND_DISPLAY", WAYLAND, wayland_answers, environ, load)
    return None  # offscreen, vnc and the like need neither


def _display_obstacle(
    variable: str,
    libraries: Iterable[Library],
    answers: Callable[[str, Mapping[str, str], Loader], bool],
    environ: Mapping[str, str],
    load: Loader,
) -> str | None:
    if not environ.get(variable):
        return NO_DISPLAY
    if lacking := missing(libraries, load):
        return install_message(lacking)
    return None if answers(environ[variable], environ, load) else silent_display(variable, environ[variable])


def silent_display(variable: str, value: str) -> str:
    return (
        f"Lockstep cannot open its window: nobody answers at the display {variable}={value}.\n"
        "Is it right, and may you use it? Start Lockstep from a desktop, or log in with `ssh -X`.\n"
        f"{HEADLESS}"
    )


def x_server_answers(display: str, _environ: Mapping[str, str], load: Loader) -> bool:
    """Connect as Qt would, so that a refused authorization counts as silence too."""
    xcb = load("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def wayland_answers(display: str, environ: Mapping[str, str], _load: Loader) -> bool:
    path = Path(environ.get("XDG_RUNTIME_DIR", ""), display)
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True
