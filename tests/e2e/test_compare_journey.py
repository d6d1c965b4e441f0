"""A person races torch's optimizers, by the keyboard alone, and takes the figures away.

With the real program. What they read in the table, in the copied table and in the report is compared with what the
command writes of the same experiment, digit by digit.
"""

import csv
import json
import re
import shutil
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

import main
from engine.headless import compare as headless_compare
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, OptimizerSpec, load
from tests.e2e.desktop import ROOT, Desktop, wait_for
from tests.e2e.person import Person
from tests.e2e.test_processes import close

FEW = ("SGD", "Adamax", "Adagrad", "Rprop", "Muon")  # of the fourteen, whose lanes take their time
STEPS = 100  # as many as stand in the box
# The table's titles, the command's headings, and the report's titles, of what doesn't depend on the machine's pace.
FIGURES = {
    "Final loss": "final_loss",
    "Best loss": "best_loss",
    "Best at step": "best_step",
    "Area, log": "area_log10",
    "Gradient norm": "grad_norm",
    "Evaluations": "evaluations",
    "State, B/weight": "state_bytes_per_weight",
    "Parity, max |Δ|": "max_abs_difference",
}
Table = dict[str, dict[str, float]]  # a figure by the lane's id and its title


def lanes(labels: Sequence[str]) -> list[str]:
    return [f"{label}/{backend}" for label in labels for backend in ("diy", "torch")]


LANES = lanes(FEW)


def test_some_race_down_rosenbrocks_valley(desktop: Desktop, tmp_path: Path) -> None:
    file = example("rosenbrock", tmp_path, FEW)
    person = begin_race(desktop, file)
    person.press("F8")
    all_in_lockstep(person)
    truth = written(file, tmp_path / "out")
    assert [*truth] == LANES
    look_at_the_surface(person)

    person.tab_to("race_rows")
    assert_same(copied(person), truth)
    assert rows(person) == LANES
    sort_by_final_loss(person)
    best_first = sorted(LANES, key=lambda lane: truth[lane]["Final loss"])
    person.app.wait_for(lambda: rows(person) == best_first, "the lowest loss to come first")
    hide_and_show(person, best_first)
    person.tab_to("race_smoothing", "shift+Tab")
    person.press("Prior", "Prior")
    person.read(r"^0\.9$", "race_share")

    page = report(person, tmp_path / "report.html")
    assert_same(reported(page), truth)
    assert {"over_step", "surface"} <= Page(page).figures
    close(person.app)


def test_some_learn_the_irises(desktop: Desktop, tmp_path: Path) -> None:
    file = example("iris-all", tmp_path, FEW)
    person = begin_race(desktop, file)
    person.press("F8")
    all_in_lockstep(person)
    truth = written(file, tmp_path / "out")
    assert [*truth] == LANES
    person.tab_to("race_rows")
    assert_same(copied(person), truth)
    person.tab_to("surface_compute")
    person.press("space")
    shares = person.read(r"explains \d+ % \+ <?\d+ %", "surface_shares")
    person.read("start", "surface_key")  # it is all there: the symbols have the progress's place
    page = report(person, tmp_path / "report.html")
    assert_same(reported(page), truth)
    assert shares_in(shares) in [shares_in(text) for text in Page(page).notes]
    close(person.app)


def test_a_rate_is_found_by_a_sweep_and_races(desktop: Desktop, tmp_path: Path) -> None:
    file = example("article", tmp_path)
    spec = load(file.read_bytes())
    person = begin_race(desktop, file)
    person.turn_to("Sweep", "comparePages", "More about the race")
    for name, text in (("from", "0.01"), ("to", "10"), ("points", "64")):
        person.tab_to(f"sweep_first_{name}")
        person.type_over(text)
    person.tab_to("sweep_steps")
    person.type_over("30000")
    person.tab_to("sweep_start")
    person.press("space")
    person.tab_to("sweep_pause")
    person.press("space")
    paused = person.read("^Paused at step", "sweep_state")
    person.read("^Resume", "sweep_pause")
    assert person.read("", "sweep_state") == paused
    person.press("space")
    person.read("^Finished: 30,000 steps", "sweep_state")

    person.tab_to("sweep_plot")
    person.press("Left")
    rate, loss = re.findall(r"lr ([\d.e−]+): loss ([\d.e−]+)", person.read(r"^lr \S+: loss", "sweep_readout"))[0]
    alone = spec.model_copy(update={"optimizers": (at_rate(spec, float(rate)),)})
    assert float(loss) == pytest.approx(after(alone, 30_000)["SGD/diy"], rel=2e-3)  # the rate is read in four digits

    person.press("Return")
    person.see("optimizer2_lr")
    person.press("ctrl+s")
    person.app.wait_for(lambda: len(json.loads(file.read_bytes())["optimizers"]) == 2, "the saved file")
    spec = load(file.read_bytes())
    assert spec.optimizers[1].params["lr"] == pytest.approx(float(rate), rel=1e-3)
    person.press("F8")
    person.read(f"^Step {STEPS}$", "stepCounter")
    person.press("ctrl+3")
    person.tab_to("race_rows")
    losses = {lane: figures["Final loss"] for lane, figures in copied(person, 4).items()}
    assert losses == after(spec, STEPS)
    close(person.app)


# --- what a person does --------------------------------------------------------------------------


def example(name: str, folder: Path, optimizers: Sequence[str] = ()) -> Path:
    """A copy of an example; with these of its optimizers only, if any are named."""
    file = Path(shutil.copy(ROOT / "resources" / "examples" / f"{name}.json", folder / f"{name}.json"))
    if optimizers:
        raw = json.loads(file.read_bytes())
        raw["optimizers"] = [entry for entry in raw["optimizers"] if entry["name"] in optimizers]
        file.write_text(json.dumps(raw), encoding="utf-8")
    return file


def begin_race(desktop: Desktop, file: Path) -> Person:
    person = Person(desktop, file)
    person.read("^Ready$", "runState")
    person.app.resize(1560, 960)  # race, pages and table side by side
    person.press("ctrl+3")
    person.see("compareView")
    return person


def all_in_lockstep(person: Person) -> None:
    person.read(f"^after step {STEPS}$", "race_heading")
    cells = person.see("parity_lines").cells
    assert tuple(cells[::3]) == FEW
    assert [cell for cell in cells[1::3] if not cell.startswith(("✓ in lockstep", "≈ in lockstep"))] == []


def look_at_the_surface(person: Person) -> None:
    """It came by itself. The loss under the crosshair is the function's."""
    person.tab_to("surface_view")
    person.press("Left", "Left")
    reading = person.read(r"^loss \S+ +x \S+ +y \S+$", "surface_readout").replace("−", "-")
    loss, x, y = map(float, re.findall(r"(?:loss|x|y) (\S+)", reading))
    assert loss == pytest.approx((1 - x) ** 2 + 100 * (y - x * x) ** 2, rel=0.02)  # the place is read in four digits


def sort_by_final_loss(person: Person) -> None:
    """From the menu of a cell of the column."""
    person.press("Down", "Right", "Menu")
    person.see("Sort by “Final loss”")
    person.press("s")


def hide_and_show(person: Person, best_first: list[str]) -> None:
    """The legend's first entry is gone, then alone, then among the others again."""
    first = lanes(FEW[:1])
    person.tab_to("race_entries")
    for key, left in (
        ("space", [lane for lane in best_first if lane not in first]),
        ("space", best_first),
        ("Return", sorted(first, key=best_first.index)),
        ("Return", best_first),
    ):
        person.press(key)
        person.app.wait_for(lambda left=left: rows(person) == left, f"the rows {left}")


def report(person: Person, file: Path) -> str:
    """File > Export > Report, and where to."""
    person.press("alt+f")
    person.see("Examples")  # the menu is open
    person.press("x")
    person.see("Report of all of it (HTML)…")
    person.press("h")
    dialog = person.app.wait_for(lambda: person.desktop.find_window("^Export$"), "the file dialog")
    person.app.focus(dialog)
    person.type_over(str(file))
    person.press("Return")
    person.app.wait_for(file.exists, "the report")
    wait_for(lambda: not person.desktop.find_window("^Export$"), "the dialog's end")
    person.app.focus()
    return file.read_text(encoding="utf-8")


# --- what they read ------------------------------------------------------------------------------


def rows(person: Person) -> list[str]:
    """Whose lines stand in the table, from above."""
    names = [cell.split(" · ") for cell in person.see("race_rows").cells if " · " in cell]
    return [f"{label}/{backend.lower()}" for label, backend in names]


def copied(person: Person, lanes: int = len(LANES)) -> Table:
    """What Ctrl+C takes out of the table, once it has that many lines."""

    def look() -> list[dict[str, str]] | None:
        lines = list(csv.DictReader(person.copy().splitlines(), dialect="excel-tab"))
        return lines if len(lines) == lanes and all(line["Final loss"] for line in lines) else None

    lines = person.app.wait_for(look, f"{lanes} lines to copy")
    assert {line["Verdict"] for line in lines} == {"lockstep"}
    return {line["Lane"]: {title: float(line[title]) for title in FIGURES} for line in lines}


class Page(HTMLParser):
    """A report's table with its exact numbers, its notes, and which pictures there are."""

    def __init__(self, text: str):
        super().__init__()
        self.table: list[list[str]] = []
        self.notes: list[str] = []
        self.figures: set[str] = set()
        self._within = self._around = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        about = dict(attributes)
        self._within, self._around = f"{tag} {about.get('class', '')}".strip(), self._within
        if tag == "tr":
            self.table.append([])
        elif tag == "td":
            self.table[-1].append(about["data-value"] or "")
        elif tag == "figure":
            self.figures.add(about["id"] or "")

    def handle_endtag(self, _: str) -> None:
        """A badge, the one thing within another that matters here, stands before a lane's name."""
        self._within, self._around = self._around, ""

    def handle_data(self, text: str) -> None:
        if self._within == "th":
            self.table[-1].append(text)
        elif self._within == "p note":
            self.notes.append(text)


def reported(page: str) -> Table:
    heads, *lines = Page(page).table
    assert {line[heads.index("Parity")] for line in lines} == {"lockstep"}
    names = [title if title in heads else "Max |Δ|" for title in FIGURES]
    return {
        line[0]: {title: float(line[heads.index(name)]) for title, name in zip(FIGURES, names, strict=True)}
        for line in lines
    }


def assert_same(found: Table, truth: Table) -> None:
    """To the last digits: means over the steps are added up in another order where steps come in other portions."""
    assert found.keys() == truth.keys()
    for lane, figures in found.items():
        assert figures == pytest.approx(truth[lane], rel=1e-12, abs=0, nan_ok=True), lane


def shares_in(text: str) -> list[str]:
    """How much of the paths' variance each main direction explains."""
    return re.findall(r"<?>?\d+ %", text)


# --- what is true --------------------------------------------------------------------------------


def written(file: Path, folder: Path) -> Table:
    """The command's table, without the pictures and the page, which take their time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(headless_compare, "page", lambda *_: "")
        patch.setattr(headless_compare, "drawn", lambda *_: {})
        assert main.main(["compare", str(file), "--steps", str(STEPS), "--out", str(folder)]) == 0
    with (folder / "table.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    return {line["lane"]: {title: float(line[name]) for title, name in FIGURES.items()} for line in lines}


def at_rate(spec: ExperimentSpec, rate: float) -> OptimizerSpec:
    """By hand alone: a sweep is compared with it, which trains by torch."""
    return spec.optimizers[0].model_copy(update={"params": {"lr": rate}, "backends": ("diy",)})


def after(spec: ExperimentSpec, steps: int) -> dict[str, float]:
    """The losses over all rows after the steps, by lane."""
    run = Lockstep(spec)
    run.advance(steps)
    return {lane.id: loss for lane, loss in zip(run.lanes, run.training_losses(), strict=True)}
