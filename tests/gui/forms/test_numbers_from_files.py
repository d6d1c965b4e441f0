"""Weights and logs in files, as a person chooses them in the form; how the experiment names them."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.spec import Fault
from gui.forms.experiment_form import ExperimentForm
from gui.forms.files_named import FileNews
from tests.gui.faults import looks_faulty
from tests.gui.frames import make_spec

RAW: dict[str, Any] = make_spec().model_dump(mode="json", by_alias=True)


@pytest.fixture
def form(qtbot: QtBot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_raw(RAW)
    return form


def chosen(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), ""))


def click(form: ExperimentForm, name: str) -> None:
    button = form.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_weights_are_chosen_beside_the_experiment_and_given_up_again(
    form: ExperimentForm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "runs").mkdir()
    (file := tmp_path / "runs" / "weights.pt").touch()
    form.folder = tmp_path
    chosen(monkeypatch, file)
    with qtbot.waitSignal(form.edited):
        click(form, "start_from_file")
    chosen_file = {"file": "runs/weights.pt", "sha256": hashlib.sha256(b"").hexdigest()}
    assert form.raw()["start"] == chosen_file
    assert form.findChild(QLabel, "start_file").text() == "Weights from weights.pt"
    click(form, "start_switch")
    assert form.raw()["start"] == RAW["start"]
    click(form, "start_switch")
    assert form.raw()["start"] == chosen_file
    form.set_raw(form.raw())
    assert form.raw()["start"] == chosen_file


def test_what_a_file_says_is_kept(form: ExperimentForm) -> None:
    start = {"file": "w.npz", "sha256": "0" * 64, "by": "order", "lane": "SGD/torch"}
    log = {"file": "mine.csv", "sha256": "1" * 64}
    raw = {**RAW, "start": start, "optimizers": [{**RAW["optimizers"][0], "log": log}]}
    form.set_raw(raw)
    assert form.raw()["start"] == start
    assert form.raw()["optimizers"][0]["log"] == log
    form.set_raw(RAW)
    assert form.raw()["start"] == RAW["start"]
    assert "log" not in form.raw()["optimizers"][0]


def test_files_are_named_from_where_the_experiment_is_saved(form: ExperimentForm, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "w.npz").touch()
    (tmp_path / "mine.npz").touch()
    form.set_raw(
        {
            **RAW,
            "start": {"file": str(tmp_path / "w.npz")},
            "optimizers": [{**RAW["optimizers"][0], "log": {"file": str(tmp_path / "mine.npz")}}],
        }
    )
    form.move_files(tmp_path / "here")
    assert form.raw()["start"] == {"file": "../w.npz"}
    assert form.raw()["optimizers"][0]["log"] == {"file": "../mine.npz"}
    form.move_files(None)
    assert form.raw()["start"] == {"file": str(tmp_path / "w.npz")}


def test_a_file_that_is_dropped_on_the_start_is_taken(form: ExperimentForm, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "w.npz"))])
    event = QDropEvent(
        QPoint(1, 1), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    form._start.dropEvent(event)
    assert form.raw()["start"] == {"file": str(tmp_path / "w.npz")}


def test_a_log_takes_diys_place_and_gives_it_back(
    form: ExperimentForm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen(monkeypatch, tmp_path / "mine.csv")
    entry = form._optimizers._rows()[0]
    menu = entry._own_use().menu()
    next(action for action in menu.actions() if "Log" in action.text()).trigger()
    assert form.raw()["optimizers"][0]["log"] == {"file": str(tmp_path / "mine.csv")}
    line = form.findChild(QWidget, "optimizer_log")
    assert line.toolTip() == "In DIY’s place: the log mine.csv"
    form.show_faults([Fault(("optimizers", 0, "log", "file"), "log_empty")])
    assert looks_faulty(line)
    next(action for action in entry._log_use().menu().actions() if "textbook" in action.text()).trigger()
    assert "log" not in form.raw()["optimizers"][0]
    assert line.isHidden()


def test_faults_of_a_file_stand_at_it(form: ExperimentForm) -> None:
    form.set_raw({**RAW, "start": {"file": "w.npz"}})
    form.show_faults(
        [Fault(("start", "file"), "numbers_none"), Fault(("start", "lane"), "weights_no_lane", {"known": "A/diy"})]
    )
    assert looks_faulty(form.findChild(QLabel, "start_file"))
    assert looks_faulty(form.findChild(QWidget, "start_lane"))


@pytest.fixture
def files(form: ExperimentForm, tmp_path: Path) -> ExperimentForm:
    """An experiment of weights and a log, one of which has changed since it was chosen."""
    for name in ("w.npz", "mine.csv"):
        (tmp_path / name).write_text(name)
    form.folder = tmp_path
    return form


def of(name: str, text: str) -> dict[str, str]:
    return {"file": name, "sha256": hashlib.sha256(text.encode()).hexdigest()}


def test_files_that_changed_since_they_were_chosen_are_told(files: ExperimentForm, qtbot: QtBot) -> None:
    told: list[FileNews] = []
    files.file_news.connect(told.append)
    log = {**RAW["optimizers"][0], "log": of("mine.csv", "mine.csv")}
    files.set_raw({**RAW, "start": of("w.npz", "another"), "optimizers": [log]})
    qtbot.waitUntil(lambda: [(news.name, news.how) for news in told] == [("w.npz", "before")])
    with qtbot.waitSignal(files.edited):
        told[0].take()
    assert files.raw()["start"] == of("w.npz", "w.npz")


def test_a_log_that_changes_or_goes_is_told_once_and_can_be_taken(
    files: ExperimentForm, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[FileNews] = []
    files.file_news.connect(told.append)
    files.set_raw({**RAW, "optimizers": [{**RAW["optimizers"][0], "log": of("mine.csv", "mine.csv")}]})
    watched = files._optimizers._rows()[0]._log_use()._watched
    qtbot.waitUntil(lambda: watched.newest is not None)
    (tmp_path / "mine.csv").write_text("another")
    qtbot.waitUntil(lambda: [news.how for news in told] == ["now"])
    told[0].take()
    assert files.raw()["optimizers"][0]["log"] == of("mine.csv", "another")
    (tmp_path / "mine.csv").unlink()
    qtbot.waitUntil(lambda: [news.how for news in told] == ["now", "gone"])
    (tmp_path / "mine.csv").write_text("another")
    qtbot.waitUntil(lambda: watched.newest is not None)
    assert len(told) == 2, "it is as it was"


def test_own_code_that_is_not_as_it_was_saved_is_told(form: ExperimentForm, tmp_path: Path) -> None:
    told: list[FileNews] = []
    form.file_news.connect(told.append)
    (tmp_path / "mine.py").write_text("x = 2\n")
    code = {"mine.py": {"path": "mine.py"}, "gone.py": {"path": "gone.py"}}
    form.set_code({"code": code}, {"mine.py": "x = 1\n", "gone.py": "y = 1\n"}, tmp_path, agreed=True)
    assert sorted((news.name, news.how) for news in told) == [("gone.py", "gone"), ("mine.py", "before")]
    next(news for news in told if news.how == "before").take()
    assert form.code_texts["mine.py"] == "x = 2\n"
    told.clear()
    form.set_code({"code": code}, {"mine.py": "x = 2\n", "gone.py": "y = 1\n"}, tmp_path, agreed=True)
    assert [news.how for news in told] == ["gone"]
