"""A person looks into the article's experiment: why a gradient is what it is, and what becomes of another rate.

Once by the keyboard alone and once by the mouse alone, with the real program. What they read, from the clipboard, from
the file that they save and from what the window tells a screen reader, is compared with what the engine computes.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from numpy import float32

from engine.protocol import HISTORY_BUDGET, Explain, Explained
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.spec import ExperimentSpec, load
from gui.look.numbers import exact
from tests.e2e.desktop import ROOT, Desktop
from tests.e2e.person import Person
from tests.e2e.test_processes import close

WEIGHT, INDEX, STOP = "layer1.weight", (0, 1), 3
FORK, LAST = 1, 101  # the run goes on with another rate after the first of these steps, and to the second
RATE, OTHER_RATE = 0.1, 0.5


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "resources" / "examples" / "article.json", tmp_path / "mine.json"))


def test_with_the_keyboard_alone(desktop: Desktop, file: Path) -> None:
    spec = load(file.read_bytes())
    person = Person(desktop, file)
    person.read("^Ready$", "runState")
    person.press("F11")
    person.read(r"Step 1\b", "debugPlace")
    person.turn_to("Breakpoints")
    person.tab_to("breakpoints_add_stage")
    person.press("space")
    person.tab_to("breakpoint_hits")
    person.type_over(str(STOP))
    person.press("F5")
    person.read(rf"\bstep {STOP}\b", "debugSentence")
    person.read(f"^Step {STOP - 1}$", "stepCounter")  # the losses come with the frame, after the word of the stop
    assert person.copy("ctrl+shift+c").splitlines()[1].split("\t")[0] == str(STOP - 1)

    person.turn_to("Formula")
    person.tab_to("formula_j")
    person.type_over(str(INDEX[1]))
    person.read(re.escape("[0, 1]"), "chain_title")
    person.tab_to("chain_table")
    assert copied_sides(person.copy()) == sides(explained(spec))

    for step in (2, FORK):
        person.press("alt+Left")
        person.read(rf"Step {step}\b", "debugPlace")
    person.turn_to("Breakpoints")
    person.tab_to("breakpoints_list")
    person.press("space")
    person.press("ctrl+1", "F8")
    person.read(f"^Step {LAST}$", "stepCounter")
    person.press("alt+Home")
    person.read("^Step 0$", "stepCounter")
    person.press("alt+Right")
    person.read(f"^Step {FORK}$", "stepCounter")
    person.tab_to("optimizer1_lr")
    person.type_over(str(OTHER_RATE))
    person.press("F8")
    compare_the_fork(person, spec)
    person.press("ctrl+s")
    check_what_is_saved(person, file)
    close(person.app)


def test_with_the_mouse_alone(desktop: Desktop, file: Path) -> None:
    spec = load(file.read_bytes())
    person = Person(desktop, file)
    person.read("^Ready$", "runState")
    person.click("workbench", "Debug")
    person.read(r"Step 1\b", "debugPlace")
    person.click("debugPages", "Breakpoints")
    person.click("breakpoints_add_stage")
    person.click_up("breakpoint_hits", times=STOP - 1)
    person.read(f"^{STOP}$", "breakpoint_hits")
    person.click("debugContinueButton")
    person.read(rf"\bstep {STOP}\b", "debugSentence")
    person.read(f"^Step {STOP - 1}$", "stepCounter")

    person.click("debugPages", "Formula")
    person.click_up("formula_j")
    person.read(re.escape("[0, 1]"), "chain_title")
    assert shown_sides(person.see("chain_table").cells) == sides(explained(spec))

    for step in (2, FORK):
        person.click("debugStepBackButton")
        person.read(rf"Step {step}\b", "debugPlace")
    person.click("debugPages", "Breakpoints")
    person.click("breakpoints_switch_all")
    person.click("workbench", "Run")
    person.click("transport", "Run steps")
    person.read(f"^Step {LAST}$", "stepCounter")
    person.click("timeline_first")
    person.read("^Step 0$", "stepCounter")
    person.click("timeline_forward")
    person.read(f"^Step {FORK}$", "stepCounter")
    person.scroll_to("optimizer1_lr", within="experiment_form")
    person.click_up("optimizer1_lr", times=2)
    person.read(f"^{OTHER_RATE}$", "optimizer1_lr")
    person.click("transport", "Run steps")
    compare_the_fork(person, spec)
    person.click("File")
    person.click("Save")
    check_what_is_saved(person, file)
    close(person.app)


def compare_the_fork(person: Person, spec: ExperimentSpec) -> None:
    """The run's and the branch's losses, as they stand below each other."""
    person.read(f"^Step {LAST}$", "stepCounter")
    run, branch = losses(spec, OTHER_RATE), losses(spec, RATE)
    for backend in ("diy", "torch"):
        assert run[backend] != branch[backend]
        person.read(f"^{re.escape(run[backend])}$", f"loss_SGD/{backend}")
        person.read(f"^{re.escape(branch[backend])}$", f"branch_1_{backend}")


def check_what_is_saved(person: Person, file: Path) -> None:
    def saved() -> bool:
        return '"breakpoints"' in file.read_text(encoding="utf-8")

    person.app.wait_for(saved, "the saved file")
    spec = load(file.read_bytes())
    assert spec.optimizers[0].params == {"lr": OTHER_RATE}
    (kept,) = json.loads(file.read_bytes())["breakpoints"]
    assert (kept["kind"], kept["stage"], kept["hits"], kept["enabled"]) == ("stage", "update", STOP, False)


# --- what is true ------------------------------------------------------------------------------


def losses(spec: ExperimentSpec, rate: float) -> dict[str, str]:
    """Of the last step, where the rate is this one from the fork on."""
    run = Lockstep(spec)
    run.advance(FORK)
    run.set_params(0, {"lr": rate})
    run.advance(LAST - FORK)
    return {lane.backend: exact(loss, spec.dtype) for lane, loss in zip(run.lanes, run.losses, strict=True)}


def explained(spec: ExperimentSpec) -> Explained:
    run = Lockstep(spec, budget=HISTORY_BUDGET)
    run.advance(STOP - 1)
    return Debugger(run).explain(Explain(0, 0, STOP, 0, WEIGHT, INDEX, 0))


Sides = dict[str, list[float]]


def sides(truth: Explained) -> Sides:
    """∂L/∂a, ∂a/∂z, ∂z/∂w, their product, and ∂L/∂w, as each side has them; of one row, as the data are."""
    (row,) = truth.rows
    both = (row.dL_da, row.da_dz, row.dz_dw, row.product, truth.grad)
    return {"DIY": [rounded(one.diy) for one in both], "torch": [rounded(one.torch) for one in both]}


def copied_sides(text: str) -> Sides:
    lines = [line.split("\t") for line in text.splitlines()]
    return {
        side: [rounded(float(cell)) for _, name, *cells in lines for cell in cells if name == side and cell]
        for side in ("DIY", "torch")
    }


def shown_sides(cells: list[str]) -> Sides:
    numbers = [cell for cell in cells if cell.startswith("DIY ")]
    found = [dict(part.split(" ") for part in cell.replace("−", "-").split(", ")) for cell in numbers]
    return {side: [rounded(float(one[side])) for one in found] for side in ("DIY", "torch")}


def rounded(value: float | None) -> float:
    assert value is not None
    return float(float32(value))
