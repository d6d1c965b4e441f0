"""The window with a textbook of toys: its forms offer them, and Debug leads into their source."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QTreeWidget

from engine.spec import check
from gui.forms.fields.fields import OWN
from tests import doors
from tests.doors.test_doors import raw
from tests.gui.debug.test_whole import TORCH_IS_LOADED, line_at_hand, open_debugger, place
from tests.gui.windows import Desk, Key, Person


def offered(person: Person, name: str) -> list[str]:
    box = person.find(QComboBox, name)
    return [box.itemText(index) for index in range(box.count()) if box.itemData(index) != OWN]


def test_toys_are_offered_trained_and_shown(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "textbook"
    doors.added(folder, monkeypatch)
    file = tmp_path / "toys.json"
    file.write_text(check(raw()).to_json(), encoding="utf-8")
    person = desk.start(doors.engine_with(folder), file)
    person.qtbot.waitUntil(lambda: person.state == "Ready", timeout=TORCH_IS_LOADED)

    assert offered(person, "layer1_activation")[-1] == "Tanh shrink"
    assert offered(person, "layer2_kind")[0] == "Dense"
    assert offered(person, "layer2_kind")[-1] == "Learned bend"
    assert offered(person, "network_loss")[-1] == "Poisson"
    assert offered(person, "optimizer1_name")[-2] == "HeavyBall", "before the one that is not offered"
    assert offered(person, "optimizer1_schedule")[-1] == "Halving"
    assert person.find(QComboBox, "layer2_kind").currentText() == "Learned bend"
    assert not person.find(QLabel, "network_shape").text().endswith("?")

    person.run_steps(3)
    lines = person.find(QTreeWidget, "parity_lines")
    person.wait(lambda: "lockstep" in lines.topLevelItem(0).text(1).lower())
    open_debugger(person)
    wanted = "z = np.maximum(x, 0) + w * np.minimum(x, 0)"
    for _ in range(60):
        if line_at_hand(person) == wanted:
            break
        at = place(person), line_at_hand(person)
        person.press(Key.Key_F11)
        person.wait(lambda at=at: (place(person), line_at_hand(person)) != at)
    assert line_at_hand(person) == wanted
