"""What is on screen as files: that they hold what is seen, and that nothing is lost or half-written."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.protocol import (
    Column,
    CurveColumns,
    JobFailed,
    MakeCurves,
    MakeReport,
    MakeScript,
    PackedWeights,
    Report,
    Script,
)
from engine.spec import Fault
from gui.compare.entries.shown import Shown
from gui.compare.view import CompareView
from gui.export import export
from gui.export.csv_text import rows_npz
from gui.export.export import Exporter
from gui.look.banner import Banners
from gui.look.theme import DARK, LIGHT
from gui.session.jobs import Jobs
from gui.views.loss.plot import LossPlot
from tests.gui.races import losses_of, race_frame, race_spec


class Run(QObject):
    """A session as far as the exporter asks it: the run, its jobs, and what was sent to the engine."""

    begun = Signal(object)
    is_hushed = False

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Any] = []
        self.jobs = Jobs(self.sent.append, lambda: 1, self)
        self.run_spec: Any = race_spec(3, title="Three")
        self.newest: Any = race_frame(self.run_spec, *losses_of(6, 30))
        self.looked = 0

    def look(self) -> None:
        self.looked += 1


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """A comparison in the dark theme at step 30. ``answers`` holds the file that the person names next."""
    window, banners, session = QWidget(), Banners(), Run()
    view, loss = CompareView(Shown(), window), LossPlot(window)
    for widget in (window, banners):
        qtbot.addWidget(widget)
    window.resize(900, 600)
    view.resize(900, 600)
    loss.hide()
    exporter = Exporter(view, loss, session, banners, window)
    for part in (view, loss, exporter):
        part.set_theme(DARK)
    view.set_experiment(session.run_spec)
    with qtbot.waitExposed(window):
        window.show()
    view.race_request()
    view.show_frame(session.newest)
    made = SimpleNamespace(view=view, exporter=exporter, session=session, banners=banners, file=tmp_path / "x.png")
    monkeypatch.setattr(export, "ask_file", lambda *_: made.file)
    yield made
    window.close()


def save(desk: SimpleNamespace, name: str, file: Path) -> None:
    desk.file = file
    action = next(action for action in desk.exporter.actions if action.objectName() == f"export-{name}")
    action.trigger()


def told(desk: SimpleNamespace) -> str:
    return desk.banners.text(export.KIND)


def seen(svg: bytes) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def count(image: QImage, color: str) -> int:
    """How many pixels are of this color, or nearly."""
    wanted = QColor(color).getRgb()[:3]
    pixels = np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB888).constBits(), np.uint8)
    rows = pixels.reshape(image.height(), image.bytesPerLine() if image.depth() == 24 else -1)
    cut = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)
    return int((np.abs(cut - wanted).max(axis=2) < 12).sum())


def pixels(image: QImage, color: str) -> int:
    return count(image.convertToFormat(QImage.Format.Format_RGB888), color)


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_the_race_as_a_picture_has_every_entrys_color_and_the_windows_background(desk, tmp_path, suffix):
    file = tmp_path / f"race.{suffix}"
    save(desk, "race", file)
    image = seen(file.read_bytes()) if suffix == "svg" else QImage(str(file))
    assert min(pixels(image, DARK.entry_color(color)) for color in range(3)) > 100
    assert image.pixelColor(2, 2).name() == DARK.plot_background
    assert told(desk) == f"race.{suffix} is written."


def test_an_svg_is_text_with_the_labels_of_the_legend(desk, tmp_path):
    save(desk, "race", tmp_path / "race.svg")
    text = (tmp_path / "race.svg").read_text(encoding="utf-8")
    missing = [word for word in ("Three", "SGD", "Adam", "AdamW", "Step") if f">{word}" not in text]
    assert missing == []


def test_on_white_it_is_printed_and_the_window_stays_dark(desk, tmp_path):
    before = desk.view.grab().toImage()
    desk.exporter.light.trigger()
    save(desk, "race", tmp_path / "race.png")
    image = QImage(str(tmp_path / "race.png"))
    assert image.pixelColor(2, 2).name() == LIGHT.plot_background
    assert pixels(image, LIGHT.entry_color(0)) > 100
    assert desk.view.grab().toImage() == before


def test_a_zoomed_curve_does_not_leave_its_plot(desk, tmp_path):
    box = desk.view.race.picture.box
    box.setRange(xRange=(10, 12), yRange=(-0.5, 0.0), padding=0)
    desk.view.race.picture.setBackground(DARK.plot_background)
    save(desk, "race", tmp_path / "race.svg")
    image = seen((tmp_path / "race.svg").read_bytes())
    below = image.copy(0, image.height() - 18, image.width() // 2, 18)
    colors = [DARK.entry_color(color) for color in range(3)]
    assert sum(pixels(below, color) for color in colors) == 0


def test_the_table_is_read_back_from_its_csv(desk, tmp_path):
    save(desk, "table", tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["Lane"] for row in rows][:2] == ["SGD/diy", "SGD/torch"]
    assert float(rows[0]["Final loss"]) == desk.session.newest.race.rows[0].final


COLUMNS = (
    Column("step", np.array([1, 2, 3])),
    Column("SGD/diy", np.array([0.1, np.nan, np.inf])),
    Column("SGD/diy/all", np.array([np.nan, 0.25, np.nan]), np.array([False, True, True])),
    Column("SGD/lr", np.array([0.1, 0.1, 1 / 3])),
)


def test_curves_are_asked_for_in_full_and_written_when_they_come(desk, tmp_path):
    file = tmp_path / "curves.csv"
    save(desk, "curves", file)
    sent = desk.session.sent[-1]
    assert isinstance(sent, MakeCurves)
    assert not file.exists()
    desk.session.jobs.take(CurveColumns(sent.job, COLUMNS))
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines == ["step,SGD/diy,SGD/diy/all,SGD/lr", "1,0.1,,0.1", "2,nan,0.25,0.1", "3,inf,nan,0.3333333333333333"]
    save(desk, "curves", tmp_path / "curves.npz")
    desk.session.jobs.take(CurveColumns(desk.session.sent[-1].job, COLUMNS))
    with np.load(tmp_path / "curves.npz") as arrays:
        assert list(arrays) == [column.name for column in COLUMNS]
        for column in COLUMNS:
            np.testing.assert_array_equal(arrays[column.name], column.values)


def test_curves_that_are_lost_with_the_engine_are_told(desk, tmp_path):
    save(desk, "curves", tmp_path / "curves.csv")
    desk.session.jobs.lost.emit()
    assert told(desk) == "The curves were lost with the engine."
    assert not (tmp_path / "curves.csv").exists()


def test_a_table_of_numbers_is_arrays_too(desk):
    made = np.load(io.BytesIO(rows_npz([["lr", "diverged", "label"], [0.1, "", "a"], [0.2, 1, "b"]])))
    assert made["lr"].tolist() == [0.1, 0.2]
    np.testing.assert_array_equal(made["diverged"], [np.nan, 1])
    assert made["label"].tolist() == ["a", "b"]


def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(desk, tmp_path):
    (tmp_path / "folder").mkdir()
    save(desk, "race", tmp_path / "folder")
    assert told(desk).startswith("folder could not be written:")
    save(desk, "race", tmp_path / "nowhere" / "race.png")
    assert told(desk).startswith("race.png could not be written:")
    assert not (tmp_path / "nowhere").exists()


def test_nothing_is_written_where_no_file_is_named(desk, tmp_path):
    save(desk, "race", None)
    assert (told(desk), list(tmp_path.iterdir())) == ("", [])


def test_the_report_is_written_when_it_comes_with_what_is_hidden_and_a_way_to_open_it(desk, tmp_path):
    desk.view.shown.set_hidden(1, True)
    file = tmp_path / "report.html"
    save(desk, "report", file)
    sent = desk.session.sent[-1]
    assert isinstance(sent, MakeReport)
    assert sent.hidden == ("Adam/diy", "Adam/torch")
    assert sent.colors == tuple(LIGHT.entry_color(color) for color in range(3))
    desk.session.jobs.take(Report(sent.job + 1, "another's"))
    assert not file.exists()
    desk.session.jobs.take(Report(sent.job, "<p>é</p>"))
    assert file.read_text(encoding="utf-8") == "<p>é</p>"
    assert [button.text() for button in desk.banners.findChildren(QPushButton)] == ["Open"]


@pytest.mark.parametrize(
    ("happens", "text"),
    [
        (
            lambda jobs, job: jobs.take(JobFailed(job, None, "Traceback\nValueError: no")),
            "could not be made: ValueError",
        ),
        (
            lambda jobs, job: jobs.take(JobFailed(job, Fault((), "unknown_field", {"nearest": ""}), "")),
            "could not be made",
        ),
        (lambda jobs, _: jobs.lost.emit(), "was lost with the engine"),
    ],
)
def test_a_report_that_cannot_be_made_is_told(desk, tmp_path, happens, text):
    save(desk, "report", tmp_path / "report.html")
    happens(desk.session.jobs, desk.session.sent[-1].job)
    assert text in told(desk)
    assert not (tmp_path / "report.html").exists()


@pytest.mark.parametrize(("form", "suffix"), [("diy", "py"), ("torch", "py"), ("notebook", "ipynb")])
def test_a_script_is_written_of_the_entry_that_is_chosen(desk, tmp_path, form, suffix):
    desk.file = file = tmp_path / f"mine.{suffix}"
    desk.exporter.show_possible()
    action = next(one for one in desk.exporter.actions if one.objectName() == f"export-script-{form}")
    entries = action.menu().actions()
    assert [one.text() for one in entries] == list(desk.session.run_spec.labels)
    entries[1].trigger()
    sent = desk.session.sent[-1]
    assert isinstance(sent, MakeScript)
    assert (sent.entry, sent.form) == (1, form)
    desk.session.jobs.take(Script(sent.job, "print(1)\n"))
    assert file.read_text(encoding="utf-8") == "print(1)\n"
    assert told(desk) == f"mine.{suffix} is written."


@pytest.mark.parametrize(("suffix", "form"), [("pt", "torch"), ("safetensors", "safetensors"), ("npz", "npz")])
def test_weights_are_written_of_the_lane_that_is_chosen(desk, tmp_path, suffix, form):
    file = desk.file = tmp_path / f"weights.{suffix}"
    desk.exporter.show_possible()
    action = next(one for one in desk.exporter.actions if one.objectName() == "export-weights")
    lanes = action.menu().actions()
    assert [lane.text() for lane in lanes][:2] == [
        f"{desk.session.run_spec.labels[0]} · {side}" for side in ("DIY", "torch")
    ]
    lanes[1].trigger()
    (sent,) = desk.session.sent
    assert (sent.lane, sent.format) == (1, form)
    desk.session.jobs.take(PackedWeights(sent.job, 30, b"content"))
    assert file.read_bytes() == b"content"
    assert "Weights after step 30." in told(desk)


def test_why_no_script_was_written_is_told(desk, tmp_path):
    desk.file = file = tmp_path / "mine.py"
    desk.session.run_spec = race_spec(1)
    desk.exporter.show_possible()
    save(desk, "script-diy", file)
    job = desk.session.sent[-1].job
    desk.session.jobs.take(JobFailed(job, Fault(("optimizers", 0), "script_of_own_apart")))
    assert "could not be written: runs code of a person's own that comes" in told(desk)
    assert not file.exists()


def test_what_there_is_nothing_of_cannot_be_chosen(desk):
    desk.session.newest = None
    desk.view.clear()
    desk.exporter.show_possible()
    possible = {action.objectName(): action.isEnabled() for action in desk.exporter.actions}
    assert not any(possible[f"export-{name}"] for name in ("race", "table", "curves", "script-torch", "report"))
    desk.session.newest = race_frame(desk.session.run_spec, *losses_of(6, 3))
    desk.view.show_frame(desk.session.newest)
    desk.exporter.show_possible()
    possible = {action.objectName(): action.isEnabled() for action in desk.exporter.actions}
    elsewhere = ("loss", "heatmaps", "network", "learned", "formulas", "value", "step", "schedule")
    on_screen = [name for name in elsewhere if possible.pop(f"export-{name}")]
    assert on_screen == []
    assert all(possible.values())


def test_pictures_numbers_and_the_report_stand_apart(desk):
    kinds = [[]]
    for action in desk.exporter.actions:
        if action.isSeparator():
            kinds.append([])
        else:
            kinds[-1].append(action.objectName().removeprefix("export-"))
    assert [kind[-1] for kind in kinds] == ["exportLight", "curves", "script-notebook", "report", "weights"]
    assert kinds[0][0] == "race"
    assert kinds[1][:2] == ["table", "curves"]


def test_banners_are_read(desk, tmp_path):
    save(desk, "race", tmp_path / "race.png")
    assert desk.banners.findChild(QLabel).text() == "race.png is written."
