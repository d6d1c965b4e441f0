"""Makes the README's screenshots: the real program on a virtual screen, driven by its own keys.

    python -m resources.make_screenshots [NAME …]

Needs Xvfb and xdotool, as the end-to-end tests do. Writes ``resources/screenshots/<name>.png``.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QImage, QImageWriter
from scipy.cluster.vq import kmeans2

from tests.e2e.desktop import SETTLED, App, virtual_desktop, wait_for
from tests.e2e.person import Person

RESOURCES = Path(__file__).parent
STILL = 4  # equal pictures in a row that count as a window at rest
INTERVAL = 0.3  # seconds between two pictures
THIRD_CALL = "frame2"  # of the call stack
COMMON, OTHERS = 160, 96  # colours of a picture that are kept as they are, and that the rest is made of


class Shot(NamedTuple):
    """``act`` brings the window there, from where its engine is ready."""

    name: str
    example: str
    theme: str
    size: tuple[int, int]
    act: Callable[[Person], None]


def run(*keys: str) -> Callable[[Person], None]:
    """Press one key after the other, each when the window has come to rest."""

    def act(person: Person) -> None:
        for key in keys:
            person.press(key)
            still_picture(person.app)

    return act


def explain_an_update(person: Person) -> None:
    """Inside Adam's update of step 3, with the formulas of a weight."""
    debug_step(person, 3)
    person.tab_to("debugEntry")
    person.press("Down")
    person.read("^Adam$", "debugEntry")
    person.tab_to("source")
    go(person, "F6", lambda: "update" in said(person, "stages"))
    go(person, "F11", lambda: "Source of optimizers/adam.py" in person.focus)
    for _ in range(12):
        go(person, "F10")
    person.turn_to("Formula")
    person.tab_to("formula_j")
    person.type_over("1")
    person.tab_to("chain_table")
    still_picture(person.app)  # what comes next scrolls as far as it must
    person.tab_to("update_bars")
    person.tab_to("source")


def list_variables(person: Person) -> None:
    """On the way back through the network: the variables of a layer's backward pass."""
    debug_step(person, 3)
    go(person, "F6", lambda: "layer 1, backward" in said(person, "stages"))
    go(person, "F11", lambda: person.look(THIRD_CALL) is not None)  # layer_backward
    for key in (*["F10"] * 4, "F11", *["F10"] * 3):  # out of the layer above, and into this one
        go(person, key)
    person.tab_to("variables")


def fork(person: Person) -> None:
    """Go back, change a rate, and run on to where the old future ends."""
    person.press("F8")
    person.read("^Step 100$", "stepCounter")
    person.tab_to("timeline_step")
    person.type_over("20")
    person.press("Return")
    person.read("^Step 20$", "stepCounter")
    person.tab_to("optimizer1_lr")
    person.type_over("0.5")
    person.tab_to("runSteps")
    person.type_over("80")
    person.press("F8")
    person.read("^Step 100$", "stepCounter")
    person.press("ctrl+1")  # from the field, whose cursor blinks


def race(steps: int, act: Callable[[Person], None] | None = None) -> Callable[[Person], None]:
    """Race the example's optimizers, and do something more in the Compare view."""

    def race_and_act(person: Person) -> None:
        person.press("ctrl+3")
        person.tab_to("runSteps")
        person.type_over(str(steps))
        person.press("F8")
        person.read(f"^after step {steps}$", "race_heading")
        if act is not None:
            act(person)
        person.press("ctrl+3")

    return race_and_act


def compute_surface(person: Person) -> None:
    """Over the two main directions of the paths, with their shares of the variance."""
    person.tab_to("surface_compute")
    person.press("space")
    person.read("^explains", "surface_shares")
    person.read("start", "surface_key")


def sweep_rates(person: Person) -> None:
    """Sweep a hundred learning rates from as many starts as have a spread to show."""
    person.turn_to("Sweep", "comparePages", "More about the race")
    for field, text in (("first_from", "0.001"), ("first_to", "10"), ("first_points", "96"), ("seeds", "8")):
        person.tab_to(f"sweep_{field}")
        person.type_over(text)
    person.tab_to("sweep_start")
    person.press("space")
    person.read("^Finished", "sweep_state")


def debug_step(person: Person, step: int) -> None:
    for taken in range(1, step):
        person.press("F10")
        person.read(f"^Step {taken}$", "stepCounter")
    person.press("F11")
    person.read(rf"Step {step}\b", "debugPlace")


def go(person: Person, key: str, there: Callable[[], bool] = lambda: True) -> None:
    """Move the debugger by a key until it is there."""
    while True:
        before = said(person, "debugPlace")
        person.press(key)
        person.app.wait_for(lambda before=before: said(person, "debugPlace") != before, f"{key} to move the debugger")
        if there():
            return


def said(person: Person, name: str) -> str:
    return person.see(name).text


SHOTS = (
    Shot("article", "article", "light", (1400, 900), run("F8")),
    Shot("article-dark", "article", "dark", (1400, 900), run("F8")),
    Shot("xor", "xor", "light", (1400, 900), run("F8", "F8")),
    Shot("regression", "regression", "light", (1400, 900), run("F8", "F8")),
    Shot("iris", "iris", "dark", (1400, 900), run("F8", "F8", "F8")),
    Shot("network", "xor", "light", (1400, 900), run("F8", "F8", "F8", "ctrl+4")),
    Shot("small", "article", "light", (1024, 700), run("F8")),
    Shot("debug-formula", "xor", "light", (1400, 1040), explain_an_update),
    Shot("debug-variables", "xor", "dark", (1400, 900), list_variables),
    Shot("fork", "xor", "light", (1400, 900), fork),
    Shot("race", "rosenbrock", "light", (1400, 900), race(300)),
    Shot("race-dark", "iris-all", "dark", (1400, 900), race(200, compute_surface)),
    Shot("sweep", "xor", "light", (1400, 900), race(200, sweep_rates)),
)


def take(shot: Shot, folder: Path) -> None:
    """Start the program with the shot's example, act, save the picture."""
    with tempfile.TemporaryDirectory() as home, virtual_desktop(Path(home), shot.size) as desktop:
        desktop.keep_settings(**SETTLED, theme=shot.theme)
        person = Person(desktop, RESOURCES / "examples" / f"{shot.example}.json")
        desktop.xdotool("windowmove", "--sync", person.app.window, "0", "0")
        person.app.resize(*shot.size)
        person.read("^Ready$", "runState")
        shot.act(person)
        still_picture(person.app)
        folder.mkdir(exist_ok=True)
        desktop.screenshot(folder / f"{shot.name}.png")
        reduce_colours(folder / f"{shot.name}.png")
        person.press("ctrl+q")
        person.app.wait_for_end()


def still_picture(app: App) -> None:
    """Wait until the screen's picture has stayed the same for a while."""
    pictures: list[bytes] = []
    file = app.desktop.home / "look.png"

    def is_still() -> bool:
        time.sleep(INTERVAL)
        app.desktop.screenshot(file)
        pictures.append(file.read_bytes())
        return len(pictures) >= STILL and len(set(pictures[-STILL:])) == 1

    wait_for(is_still, "the window to come to rest")


def reduce_colours(file: Path) -> None:
    """To a palette: a third of the size, and no difference to the eye."""
    image = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)[:, :3]
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    colours = colours[np.argsort(-counts, kind="stable")].astype(float)
    palette, rest = colours[:COMMON], colours[COMMON:]
    if len(rest) > OTHERS:
        rest, _ = kmeans2(rest, OTHERS, minit="++", seed=0)
    table = [0xFF000000 | int(red) << 16 | int(green) << 8 | int(blue) for blue, green, red in (*palette, *rest)]
    writer = QImageWriter(str(file), b"png")
    writer.setCompression(100)
    if not writer.write(image.convertToFormat(QImage.Format.Format_Indexed8, table)):
        raise OSError(f"{file}: {writer.errorString()}")


def main(names: list[str]) -> None:
    for shot in SHOTS:
        if not names or shot.name in names:
            take(shot, RESOURCES / "screenshots")
            print(shot.name)


if __name__ == "__main__":
    main(sys.argv[1:])
