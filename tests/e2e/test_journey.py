"""A person's way through the real program, key by key, and whether what the window shows is real."""

import csv
from pathlib import Path

from numpy import float32

import main
from engine.spec import load
from tests.e2e.desktop import App, Desktop, wait_for
from tests.e2e.person import Person
from tests.e2e.test_processes import close

STEPS = 101  # F10 once, F8 with the 100 that stand in its box


def losses_copied(desktop: Desktop, app: App, step: int) -> dict[str, float32]:
    """What Ctrl+Shift+C copies, once the run has reached the step."""

    def look() -> list[list[str]] | None:
        app.press("ctrl+shift+c")
        lines = [line.split("\t") for line in desktop.clipboard().splitlines()]
        return lines if len(lines) == 2 and lines[1][0] == str(step) else None

    heading, values = app.wait_for(look, f"the losses of step {step}")
    return {lane: float32(value) for lane, value in zip(heading[1:], values[1:], strict=True)}


def test_from_the_first_start_to_a_saved_file(desktop: Desktop, tmp_path: Path):
    person = Person(desktop)
    app = person.app
    assert "Untitled" in app.title
    person.read("^Ready$", "runState")
    person.scroll_to("optimizer1_lr", within="experiment_form")
    person.click("optimizer1_lr", at=(0.25, 0.5))
    person.type_over("0.25")
    app.press("F10")
    first = losses_copied(desktop, app, 1)
    app.press("F8")
    last = losses_copied(desktop, app, STEPS)
    assert first.keys() == last.keys() == {"SGD/diy", "SGD/torch"}
    assert last["SGD/diy"] < first["SGD/diy"]

    file = tmp_path / "mine.json"
    save_as(app, file)
    spec = load(file.read_bytes())
    assert spec.optimizers[0].params == {"lr": 0.25}
    app.wait_for_title(r"^mine\.json")
    assert headless_losses(file, tmp_path) == [first, last]
    close(app)


def save_as(app: App, file: Path) -> None:
    app.press("ctrl+shift+s")
    dialog = app.wait_for(lambda: app.desktop.find_window("Save experiment"), "the file dialog")
    app.focus(dialog)
    app.press("ctrl+a")
    app.type(str(file))
    app.press("Return")
    app.wait_for(file.exists, "the saved file")
    wait_for(lambda: not app.desktop.find_window("Save experiment"), "the dialog's end")
    app.focus()


def headless_losses(file: Path, folder: Path) -> list[dict[str, float32]]:
    """The first and the last step's, as the command computes them."""
    assert main.main(["run", str(file), "--steps", str(STEPS), "--out", str(folder / "out")]) == 0
    with (folder / "out" / "losses.csv").open(encoding="utf-8") as table:
        rows = [{lane: float32(row[lane]) for lane in ("SGD/diy", "SGD/torch")} for row in csv.DictReader(table)]
    return [rows[0], rows[-1]]
