"""What a person does at the real program with the keyboard or the mouse, and what they read off the screen.

Things are called by the names of ``read_window.py``, which says where they are; only the virtual keyboard and mouse
ever do anything to them. Every look is repeated until what should be there is there.
"""

import json
import re
import socket
from typing import Any, NamedTuple

from tests.e2e.desktop import PATIENCE, App, Desktop

READER = "tests/e2e/read_window.py"
MOST_TABS = 150
TABS = "qt_tabwidget_tabbar"


class Seen(NamedTuple):
    """Something on screen: its text or value, its cells if it is a table, and its rectangle."""

    text: str
    place: tuple[int, int, int, int]
    off: bool  # scrolled out of sight
    enabled: bool
    cells: list[str]


class Person:
    """Starts the program, and has a window with the keyboard when the engine is ready."""

    def __init__(self, desktop: Desktop, *arguments: Any):
        self.desktop = desktop
        self._address = desktop.home / f"reader-{len(desktop.apps)}"
        self.app: App = desktop.start(READER, self._address, *arguments)
        self.app.find_window("Lockstep")
        self.press, self.type = self.app.press, self.app.type

    # --- reading ----------------------------------------------------------------------------

    def _ask(self, **question: Any) -> Any:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(str(self._address))
            with connection.makefile("rw", encoding="utf-8") as talk:
                talk.write(json.dumps(question) + "\n")
                talk.flush()
                return json.loads(talk.readline())

    def look(self, *path: str) -> Seen | None:
        """What has these names, each within the one before; nothing where it is not on screen."""
        answer = self._ask(path=path)
        return None if answer is None else Seen(**{**answer, "place": tuple(answer["place"])})

    def see(self, *path: str) -> Seen:
        """Wait until it is there and can be used."""

        def usable() -> Seen | None:
            seen = self.look(*path)
            return seen if seen is not None and seen.enabled and not seen.off else None

        return self.app.wait_for(usable, f"{' > '.join(path)} to be on screen and enabled")

    def read(self, pattern: str, *path: str) -> str:
        """Wait until a text matches, and read it."""

        def matching() -> str:
            seen = self.look(*path)
            return seen.text if seen is not None and re.search(pattern, seen.text) else ""

        return self.app.wait_for(matching, f"{' > '.join(path)} to say {pattern!r}")

    @property
    def focus(self) -> list[str]:
        """The names of what has the keyboard."""
        return self._ask(focus=True)

    # --- the keyboard -----------------------------------------------------------------------

    def tab_to(self, name: str, key: str = "Tab") -> None:
        """Tab, as often as it takes."""
        seen: list[list[str]] = []
        while name not in (focus := self.focus):
            assert len(seen) < MOST_TABS, f"Tab never came to {name}, but to {seen}"
            seen.append(focus)
            self.press(key)

    def turn_to(self, title: str, pages: str = "debugPages", spoken: str = "About the line at hand") -> None:
        """A page beside the source, or another of many, by its tab."""
        self.tab_to(spoken)
        for _ in range(4):
            self.press("Left")
        while (seen := self.look(pages, TABS)) is not None and seen.text != title:
            self.press("Right")

    def type_over(self, text: str) -> None:
        self.press("ctrl+a")
        self.type(text)

    def copy(self, keys: str = "ctrl+c") -> str:
        """What the keys put on the clipboard."""
        self.press(keys)
        return self.app.wait_for(self.desktop.clipboard, "something on the clipboard")

    # --- the mouse --------------------------------------------------------------------------

    def click(self, *path: str, at: tuple[float, float] = (0.5, 0.5), times: int = 1) -> None:
        """Into what is there, once it stands still; ``at``: shares of its width and height."""
        self._point(path, at)
        self.desktop.xdotool("click", "--repeat", str(times), "--delay", "30", "1", must=True)

    def click_what_may_go(self, name: str) -> None:
        """Into what is there now, if it is: it may go at any moment, for what it asks for may be done by then."""
        if (seen := self.look(name)) is not None:
            self._move_to(seen, (0.5, 0.5))
            self.desktop.xdotool("click", "1", must=True)

    def click_up(self, name: str, times: int = 1) -> None:
        """The upper arrow of a field with a number."""
        self.click(name, at=(0.975, 0.25), times=times)

    def scroll_to(self, name: str, within: str) -> None:
        """With the wheel, until it is well in sight."""
        self._point((within,), (0.02, 0.5))

        def in_sight() -> bool:
            seen, around = self.look(name), self.see(within)
            if seen is not None and not seen.off and _below(seen) <= _below(around):
                return True
            self.desktop.xdotool("click", "5", must=True)
            return False

        self.app.wait_for(in_sight, f"{name} to be scrolled into sight")

    def _point(self, path: tuple[str, ...], at: tuple[float, float]) -> None:
        def still() -> Seen | None:
            one, other = self.see(*path), self.see(*path)
            return one if one.place == other.place else None

        self._move_to(self.app.wait_for(still, f"{' > '.join(path)} to stand still"), at)

    def _move_to(self, seen: Seen, at: tuple[float, float]) -> None:
        left, top, width, height = seen.place
        x, y = round(left + at[0] * (width - 1)), round(top + at[1] * (height - 1))
        self.desktop.xdotool("mousemove", str(x), str(y), must=True)


def _below(seen: Seen) -> int:
    """Where its lower side is."""
    return seen.place[1] + seen.place[3]
