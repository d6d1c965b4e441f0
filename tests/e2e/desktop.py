"""A desktop of its own for one test: a virtual screen, an empty home, real processes, real key presses.

A test waits for something that can be observed (a window's title, a file, a process's end), never for
time. There is no window manager: windows stand at the top left, and `focus` gives them the keyboard.
"""

import ctypes
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from gui.preflight import BASE, XCB, missing

ROOT = Path(__file__).parents[2]
TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
SCREEN = (1600, 1000)
PATIENCE = 120.0  # seconds until something that should happen counts as not happening, on a busy machine too
SETTLED = {"steps_per_second": "unlimited", "guide": "closed"}  # settings of somebody who has used the program
FOREIGN = ("WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "SESSION_MANAGER")  # the real desktop's

Found = TypeVar("Found")


def wait_for(look: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
    """Look again and again until there is something; AssertionError when patience ends."""
    end, pause = time.monotonic() + patience, 0.01
    while not (found := look()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience:g} s in vain for {what}")
        time.sleep(pause)
        pause = min(1.4 * pause, 0.25)  # what takes long is not held up by looking
    return found


class App:
    """A process started on the desktop, and its main window once that was found."""

    def __init__(self, desktop: "Desktop", command: list[str], log: Path):
        self.desktop = desktop
        self.log = log
        self.window = ""
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=desktop.environ, cwd=ROOT
            )

    @property
    def output(self) -> str:
        """All that it has written to standard output and error so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def title(self) -> str:
        return self.desktop.xdotool("getwindowname", self.window)

    def wait_for(self, look: Callable[[], Found], what: str, patience: float = PATIENCE) -> Found:
        """As `wait_for`, but gives up at once when the process has ended, and shows its output."""

        def look_while_alive() -> tuple[Found] | None:
            ended = self.process.poll() is not None  # asked first: what an ended process left still counts
            found = look()
            return (found,) if found or ended else None

        try:
            (found,) = wait_for(look_while_alive, what, patience)
        except AssertionError as error:
            raise AssertionError(f"{error}; it wrote:\n{self.output}") from None
        if not found:
            raise AssertionError(f"ended with {self.process.returncode} before {what}; it wrote:\n{self.output}")
        return found

    def find_window(self, title: str) -> None:
        """Wait until a window is on screen whose title matches the expression, and give it the keyboard."""
        self.window = self.wait_for(lambda: self.desktop.find_window(title), f"a window titled {title!r}")
        self.focus()

    def focus(self, window: str | None = None) -> None:
        self.desktop.xdotool("windowfocus", "--sync", window or self.window, must=True)

    def wait_for_title(self, pattern: str) -> str:
        self.wait_for(lambda: re.search(pattern, self.title), f"the title to match {pattern!r}")
        return self.title

    def press(self, *keys: str) -> None:
        """Press keys by X's names, such as ``ctrl+s`` or ``F10``, wherever the keyboard's focus is."""
        self.desktop.xdotool("key", "--clearmodifiers", *keys, must=True)

    def type(self, text: str) -> None:
        self.desktop.xdotool("type", "--clearmodifiers", "--delay", "5", "--", text, must=True)

    def resize(self, width: int, height: int) -> None:
        self.desktop.xdotool("windowsize", "--sync", self.window, str(width), str(height), must=True)

    def wait_for_end(self, patience: float = PATIENCE) -> int:
        """Its exit status."""
        wait_for(lambda: self.process.poll() is not None, "the program's end", patience)
        return self.process.returncode

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class Desktop:
    """A virtual screen and a home folder that nothing else uses."""

    def __init__(self, display: str, home: Path):
        self.display = display
        self.home = home
        self.apps: list[App] = []
        self.environ = {key: value for key, value in os.environ.items() if key not in FOREIGN}
        self.environ = {key: value for key, value in self.environ.items() if not key.startswith(("QT_", "XDG_"))}
        self.environ |= {"DISPLAY": display, "HOME": str(home), "LC_ALL": "C.UTF-8"}
        for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
            folder = home / name.lower()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.environ[f"XDG_{name}"] = str(folder)

    def keep_settings(self, **settings: str) -> None:
        """Write what an earlier start of the program would have kept."""
        file = Path(self.environ["XDG_CONFIG_HOME"], "Lockstep", "Lockstep.conf")
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (f"{name}={value}\n" for name, value in settings.items())
        file.write_text("".join(("[General]\n", *lines)), encoding="utf-8")

    def start(self, script: str | Path, *arguments: str | Path) -> App:
        """Run a Python script as a process of its own; a relative path is relative to the project."""
        command = [sys.executable, str(ROOT / script), *map(str, arguments)]
        self.apps.append(App(self, command, self.home / f"output-{len(self.apps)}.txt"))
        return self.apps[-1]

    def xdotool(self, *arguments: str, must: bool = False) -> str:
        """What it prints. Without ``must`` a failure is an empty answer: the window may be gone."""
        command = ["xdotool", *arguments]
        return subprocess.run(
            command, env=self.environ, stdout=subprocess.PIPE, text=True, timeout=PATIENCE, check=must
        ).stdout.strip()

    def find_window(self, title: str) -> str:
        """The visible window whose title matches the expression, or an empty text."""
        return self.xdotool("search", "--onlyvisible", "--name", title).partition("\n")[0]

    def clipboard(self) -> str:
        """The text that a program on the desktop has copied."""
        code = "from PySide6.QtGui import QGuiApplication as App; app = App([]); print(app.clipboard().text(), end='')"
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, env=self.environ, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE
        ).stdout

    def screenshot(self, path: Path, window: str | int = 0) -> None:
        """Save what is on the screen, or on one window of it, as a PNG file."""
        code = (
            "import sys\n"
            "from PySide6.QtGui import QGuiApplication\n"
            "application = QGuiApplication([])\n"
            "grabbed = application.primaryScreen().grabWindow(int(sys.argv[2]))\n"
            "sys.exit(not grabbed.save(sys.argv[1]))\n"
        )
        command = [sys.executable, "-c", code, str(path), str(window)]
        subprocess.run(command, env=self.environ, check=True, timeout=PATIENCE)


@contextmanager
def virtual_desktop(home: Path, screen: tuple[int, int] = SCREEN) -> Iterator[Desktop]:
    """A desktop, until the end of the block; all that was started on it is stopped then."""
    lacking = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    lacking += [library.debian for library in missing((*BASE, *XCB), ctypes.CDLL)]
    if lacking:
        raise AssertionError(
            f"the end-to-end tests need packages that are missing: sudo apt install {' '.join(lacking)}"
        )
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "{}x{}x24".format(*screen), "-noreset"]
    with (home / "xvfb.txt").open("wb") as log:
        server = subprocess.Popen(command, pass_fds=[writer], stdout=log, stderr=log)
    os.close(writer)
    try:
        desktop = Desktop(f":{_display_number(reader)}", home)
        try:
            yield desktop
        finally:
            for app in desktop.apps:
                app.stop()
    finally:
        os.close(reader)
        server.terminate()
        server.wait()


def _display_number(reader: int) -> int:
    """Xvfb takes a free number and writes it as a line when it is ready."""
    told = b""
    while not told.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], PATIENCE)
        part = os.read(reader, 16) if ready else b""
        if not part:
            raise AssertionError("Xvfb did not start")
        told += part
    return int(told)
