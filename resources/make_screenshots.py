"""Makes the README's screenshots: the real program on a virtual screen, driven by its own keys.

    python -m resources.make_screenshots [NAME …]

Needs Xvfb and xdotool, as the end-to-end tests do. Writes ``resources/screenshots/<name>.png``.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.e2e.desktop import App, virtual_desktop, wait_for

RESOURCES = Path(__file__).parent
STILL = 4  # equal pictures in a row that count as a window at rest
INTERVAL = 0.3  # seconds between two pictures


class Shot(NamedTuple):
    """``keys`` are pressed one after the other, each when the window has come to rest."""

    name: str
    example: str
    theme: str
    size: tuple[int, int]
    keys: tuple[str, ...]


SHOTS = (
    Shot("article", "article", "light", (1400, 900), ("F8",)),
    Shot("article-dark", "article", "dark", (1400, 900), ("F8",)),
    Shot("xor", "xor", "light", (1400, 900), ("F8", "F8")),
    Shot("regression", "regression", "light", (1400, 900), ("F8", "F8")),
    Shot("iris", "iris", "dark", (1400, 900), ("F8", "F8", "F8")),
    Shot("small", "article", "light", (1024, 700), ("F8",)),
)


def take(shot: Shot, folder: Path) -> None:
    """Start the program with the shot's example, press its keys, save the picture."""
    with tempfile.TemporaryDirectory() as home, virtual_desktop(Path(home), shot.size) as desktop:
        settings = Path(desktop.environ["XDG_CONFIG_HOME"], "Lockstep", "Lockstep.conf")
        settings.parent.mkdir(parents=True)
        settings.write_text(f"[General]\ntheme={shot.theme}\n", encoding="utf-8")
        app = desktop.start("main.py", RESOURCES / "examples" / f"{shot.example}.json")
        app.find_window("Lockstep")
        app.desktop.xdotool("windowmove", "--sync", app.window, "0", "0")
        app.resize(*shot.size)
        still_picture(app, Path(home))
        for key in shot.keys:
            app.press(key)
            still_picture(app, Path(home))
        folder.mkdir(exist_ok=True)
        desktop.screenshot(folder / f"{shot.name}.png")
        app.press("ctrl+q")
        app.wait_for_end()


def still_picture(app: App, folder: Path) -> None:
    """Wait until the screen's picture has stayed the same for a while."""
    pictures: list[bytes] = []
    file = folder / "look.png"

    def is_still() -> bool:
        time.sleep(INTERVAL)
        app.desktop.screenshot(file)
        pictures.append(file.read_bytes())
        return len(pictures) >= STILL and len(set(pictures[-STILL:])) == 1

    wait_for(is_still, "the window to come to rest")


def main(names: list[str]) -> None:
    for shot in SHOTS:
        if not names or shot.name in names:
            take(shot, RESOURCES / "screenshots")
            print(shot.name)


if __name__ == "__main__":
    main(sys.argv[1:])
