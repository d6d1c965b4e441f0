"""The first steps in Chinese: nothing of them is left in English."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QToolButton, QWidget

from gui.guide.first_steps import FIRST_STEPS
from tests.gui.chinese import ENGLISH, HAN, all_texts
from tests.gui.windows import Desk


@pytest.mark.usefixtures("chinese")
def test_every_text_of_the_stations_is_translated() -> None:
    texts = [FIRST_STEPS.end_title, FIRST_STEPS.end]
    for station in FIRST_STEPS.stations:
        texts += [station.title, station.seen, *(hint.text for hint in station.hints)]
    for text in texts:
        assert HAN.search(QCoreApplication.translate(FIRST_STEPS.context, text)), text


@pytest.mark.usefixtures("chinese")
def test_the_strip_speaks_chinese(desk: Desk) -> None:
    person = desk.start()
    person.choose("帮助", "入门导览")
    strip = person.find(QWidget, "guide")
    for number in (1, 2, 3, 4, 5):
        assert strip.accessibleName().startswith(f"第 {number}/5 站")
        assert not all_texts(strip) & ENGLISH
        person.click(person.find(QToolButton, "guide_next"))
    assert strip.accessibleName().startswith("就是这些")
