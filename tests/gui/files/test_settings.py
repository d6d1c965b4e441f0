"""What comes back on the next start, and that nothing found there, however broken, stops it."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QSettings, QStandardPaths
from PySide6.QtWidgets import QDockWidget, QWidget

from engine.protocol import HISTORY_BUDGET
from engine.spec import check, load
from gui.files.documents import DEFAULT
from gui.files.settings import LAYOUT_VERSION, Settings
from tests.drawing import sample
from tests.gui.faults import looks_faulty
from tests.gui.windows import TINY, Desk, Key, Modifier, Person, save_experiment


def draft_file() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "draft.json"


def title(person: Person) -> str:
    return person.find(QWidget, "title").text()


def test_what_was_typed_returns_half_typed_as_it_was(desk: Desk) -> None:
    first = desk.start()
    first.type_into("title", "Mine")
    first.type_into("optimizer1_lr", "0.1e")
    first.type_into("layer1_units", "4x")
    first.window.close()
    second = desk.start()
    assert title(second) == "Mine"
    assert second.find(QWidget, "optimizer1_lr").text() == "0.1e"
    assert second.window.form.raw()["network"]["layers"][0]["units"] == "4x"
    assert second.window.isWindowModified()
    assert looks_faulty(second.find(QWidget, "layer1_units"))


def test_the_open_file_returns_with_it(desk: Desk, tmp_path: Path) -> None:
    first = desk.start(file=save_experiment(tmp_path / "mine.json"))
    first.window.close()
    second = desk.start()
    assert second.window.windowTitle() == "mine.json[*] – Lockstep"
    assert not second.window.isWindowModified()
    second.type_into("title", "Typed")
    second.press(Key.Key_S, Modifier.ControlModifier)
    assert load((tmp_path / "mine.json").read_bytes()).title == "Typed"


def test_a_draft_is_kept_before_the_window_closes(desk: Desk) -> None:
    person = desk.start()
    person.type_into("title", "Mine")
    person.wait(lambda: draft_file().exists() and "Mine" in draft_file().read_text(encoding="utf-8"))


def test_layout_and_theme_return(desk: Desk) -> None:
    first = desk.start()
    first.choose("View", "Heatmaps")
    first.choose("View", "Theme", "Dark")
    first.window.close()
    second = desk.start()
    assert not second.find(QDockWidget, "mapsDock").isVisible()
    assert second.find(QDockWidget, "parityDock").isVisible()
    assert second.window.palette().window().color().lightness() < 80
    assert [action.data() for action in second.window.actions_.themes.actions() if action.isChecked()] == ["dark"]


DRAFTS: dict[str, Any] = {
    "nothing": "",
    "no json": '{"raw": {',
    "binary": b"\xff\x00\xfe",
    "a list": "[]",
    "nested too deeply": "[" * 100_000,
    "no experiment": '{"file": "x.json"}',
    "an experiment that is a list": '{"raw": []}',
}
STRANGE: dict[str, Any] = {
    "an empty experiment": {},
    "wrong types": {"title": 5, "data": [], "network": "x", "start": None, "batch": 7, "optimizers": {"a": 1}},
    "wrong parts": {"data": {"x": [[None], "y", 3], "y": {}}, "network": {"layers": [None, 5]}, "optimizers": [[], 1]},
    "numbers without end": {"dtype": 2**70, "batch": {"size": 2**70}, "start": {"seed": float("inf")}},
    "long text": {"title": "x" * 1_000_000, "optimizers": [{"name": "y" * 10_000}]},
}


@pytest.mark.parametrize("content", sample(DRAFTS.values(), 2), ids=sample(DRAFTS, 2))
def test_a_draft_that_is_none_is_set_aside_and_told(desk: Desk, content: str | bytes) -> None:
    draft_file().parent.mkdir(parents=True, exist_ok=True)
    given = content if isinstance(content, bytes) else content.encode()
    draft_file().write_bytes(given)
    person = desk.start()
    assert check(person.window.form.raw()) == load(DEFAULT.read_bytes())
    aside = draft_file().with_name("unreadable-1.json")
    (banner,) = person.banners
    assert "could not be read" in banner
    assert str(aside) in banner
    person.type_into("title", "Mine")
    person.window.close()
    assert aside.read_bytes() == given
    assert "Mine" in draft_file().read_text(encoding="utf-8")


@pytest.mark.parametrize("raw", sample(STRANGE.values(), 2), ids=sample(STRANGE, 2))
def test_a_strange_draft_is_shown_as_far_as_it_goes(desk: Desk, raw: dict) -> None:
    draft_file().parent.mkdir(parents=True, exist_ok=True)
    draft_file().write_text(json.dumps({"raw": raw, "file": 5, "saved": [1]}), encoding="utf-8")
    person = desk.start()
    person.wait(lambda: bool(person.window.session.faults))  # a large one is read beside the window
    person.window.close()


def test_a_huge_draft_is_not_even_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_file().parent.mkdir(parents=True, exist_ok=True)
    draft_file().write_text(json.dumps({"raw": TINY}), encoding="utf-8")
    monkeypatch.setattr("gui.files.draft_file.LARGEST_DRAFT", 100)
    person = desk.start()
    assert title(person) != TINY["title"]
    assert draft_file().with_name("unreadable-1.json").exists()


GARBAGE = ["many", "", "²", "1e9", "nan", 0, -256_000_000, 15_999_999, str(2**70), 1.5, True, [256, 1], b"\xff"]


@pytest.mark.parametrize("value", GARBAGE, ids=repr)
def test_a_memory_budget_that_is_none_is_passed_over(qapp, value: Any) -> None:
    QSettings().setValue("history_budget", value)
    assert Settings().history_budget == HISTORY_BUDGET


@pytest.mark.parametrize("budget", [16_000_000, 256_000_000, 3_000_000_000, 64_000_000_000])
def test_the_memory_budget_returns(qapp, budget: int) -> None:
    Settings().history_budget = budget
    QSettings().sync()
    assert Settings().history_budget == budget


def test_the_memory_budget_of_a_first_start(qapp) -> None:
    assert Settings().history_budget == HISTORY_BUDGET == 256_000_000


@pytest.mark.parametrize("pace", [1.0, 10.0, 2000.0, None])
def test_the_pace_returns(qapp, pace: float | None) -> None:
    Settings().pace = pace
    QSettings().sync()
    assert Settings().pace == pace


SPOILT: dict[str, list[Any]] = {
    "theme": ["purple", ["dark", "light"]],
    "steps_per_second": ["nan", "²", [1, 2], -7],  # no number, text, a list, negative
    "window/state": ["left", QByteArray(b"\x00\x01noise" * 50)],
    "window/geometry": [QByteArray(b"\xff" * 200)],
}


@pytest.mark.parametrize("turn", range(max(map(len, SPOILT.values()))))
def test_spoilt_settings_are_passed_over(desk: Desk, turn: int) -> None:
    """Of each key another value that is none, in turn."""
    Settings().layout = (QByteArray(b"x"), QByteArray(b"y"))
    for key, values in SPOILT.items():
        QSettings().setValue(key, values[turn % len(values)])
    person = desk.start()
    for dock in person.window.findChildren(QDockWidget):
        assert dock.isVisible() == (dock.objectName() != "learnDock"), dock.objectName()
    assert person.window.transport.rate == 10


def test_a_layout_of_another_version_is_passed_over(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.start()
    first.choose("View", "Heatmaps")
    first.window.close()
    monkeypatch.setattr("gui.window.main_window.LAYOUT_VERSION", LAYOUT_VERSION + 1)
    assert desk.start().find(QDockWidget, "mapsDock").isVisible()


def test_a_layout_from_before_the_timeline_does_not_squeeze_it_in_beside_the_transport(desk: Desk) -> None:
    window = desk.start().window
    window.removeToolBar(window.timeline)
    window.close()
    old = Settings()
    assert old.layout is not None
    old.layout = (old.layout[0], window.saveState(1))
    window = desk.start().window
    assert window.timeline.y() > window.transport.y()
