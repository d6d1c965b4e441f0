"""Maps and readout tell of one moment, whatever a person does while frames are under way and the run goes on."""

import random
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine.pace import Pace
from engine.protocol import Frame, FrameRequest
from engine.run.lockstep import Lockstep
from engine.run.seek import seeking
from engine.server.frames import Frames
from gui.views.maps.heatmaps import HeatmapPanel
from tests.drawing import sample
from tests.gui.frames import make_spec
from tests.gui.views.test_maps import maps, point

SIDES = ("DIY", "torch")
SPEC = make_spec(
    {"name": "SGD", "params": {"lr": 0.05, "momentum": 0.9}},
    {"name": "Adam", "backends": ["torch"]},
    {"name": "Adam", "label": "both"},
    data={"x": np.random.default_rng(1).normal(size=(2, 150)).tolist(), "y": [[0.5] * 40] * 2},
    network={"layers": [{"units": 40, "activation": "tanh"}, {"units": 40}]},
)


class Watched:
    """A panel in front of a run whose frames are late, and what it must show: the run as it was at each step."""

    def __init__(self, qtbot: QtBot, seed: int):
        self.qtbot, self.chance = qtbot, random.Random(seed)
        self.panel = HeatmapPanel()
        qtbot.addWidget(self.panel)
        self.panel.resize(420, 260)
        self.panel.set_experiment(SPEC)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.run = Lockstep(SPEC, budget=1 << 24, judge_at_once=False)
        self.frames, self.late, self.shown = Frames(self.run), [], None
        self.was: dict[tuple[int, str], list[Array]] = {}  # by step and lane: all weights
        self.remember()

    def remember(self) -> None:
        for one in self.run.lanes:
            weights = [np.atleast_2d(weight).copy() for weight in one.lane.weights()]
            before = self.was.setdefault((self.run.step, one.id), weights)
            assert all(map(np.array_equal, before, weights)), "a step that is taken again comes out the same"

    # --- what may happen ---------------------------------------------------------------------

    def step(self) -> None:
        self.run.advance(1)
        self.remember()

    def seek(self) -> None:
        for _ in seeking(self.run, self.chance.randint(0, self.run.newest)):
            pass
        self.remember()

    def ask(self) -> None:
        request = self.panel.request()
        self.late.append(self.frames.answer(FrameRequest(1, None, request), Pace()))

    def answer(self) -> None:
        if self.late:
            frame: Frame = self.late.pop(0)
            self.panel.show_frame(frame)
            if self.panel._maps is frame.maps:
                self.shown = frame

    def point(self) -> None:
        at = self.chance.randrange(40), self.chance.randrange(40)
        point(self.qtbot, self.panel, self.chance.randrange(3), *at)

    def key(self) -> None:
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_Home)
        self.qtbot.keyClick(self.panel.findChild(QWidget, "triple_map"), self.chance.choice(keys))

    def choose(self) -> None:
        box = self.panel.findChild(
            QComboBox, self.chance.choice(("map_entry", "map_tensor", "map_quantity", "map_unit"))
        )
        box.setCurrentIndex(self.chance.randrange(box.count()))

    def resize(self) -> None:
        self.panel.resize(self.chance.randint(320, 1500), self.chance.randint(200, 700))

    # --- what must hold ------------------------------------------------------------------------

    def check(self) -> None:
        self.check_drawn()
        at, text = self.panel._triple.at, self.panel.findChild(QLineEdit, "map_readout").text()
        if at is None or not text:
            return
        key = self.panel._key()
        index = re.escape(str(list(at if key[1].endswith("weight") else at[1:])))
        assert re.search(rf"{re.escape(key[1])}{index}( …)?($|   )", text), (text, key, at)
        drawn = [heatmap.values for heatmap in maps(self.panel)]
        if all(values is None for values in drawn):
            return
        assert self.shown is not None
        block = self.shown.maps.block
        own, _, largest = text.partition("   largest in its cell:")
        assert bool(largest) == (block != (1, 1))
        told = numbers_in(largest or own)
        cell = at[0] // block[0], at[1] // block[1]
        for side, values in zip(SIDES, drawn, strict=False):
            assert (side in told) == (values is not None)
            if values is not None:
                np.testing.assert_equal(values.dtype.type(told[side]), values[cell])
        if own and largest and key[2] == "weight":
            self.check_element(numbers_in(own), key, at)

    def check_element(self, told: dict[str, float], key: tuple[int, str, str], at: tuple[int, int]) -> None:
        """The element's own numbers are of the step on screen too, though the maps do not have them."""
        for side, number in told.items():
            lane = f"{SPEC.labels[key[0]]}/{side.lower()}"
            assert np.float32(number) == self.was[self.shown.step, lane][self.run.names.index(key[1])][at]

    def check_drawn(self) -> None:
        entry, tensor, quantity = self.panel._key()
        if quantity != "weight" or self.shown is None or self.panel._maps is None:
            return
        for heatmap, side in zip(maps(self.panel), SIDES, strict=False):
            if heatmap.values is not None and self.shown.maps.block == (1, 1):
                was = self.was[self.shown.step, f"{SPEC.labels[entry]}/{side.lower()}"]
                np.testing.assert_array_equal(heatmap.values, was[self.run.names.index(tensor)])


def numbers_in(text: str) -> dict[str, float]:
    found = re.findall(r"(DIY|torch) (\S+)", text)
    return {side: float(number.replace("−", "-").replace("∞", "inf")) for side, number in found}


@pytest.mark.parametrize("seed", sample(range(3), 3))
def test_the_readout_is_of_the_maps_on_screen(qtbot: QtBot, seed: int) -> None:
    watched = Watched(qtbot, seed)
    likely: list[tuple[Callable[[], Any], int]] = [
        (watched.step, 6),
        (watched.ask, 8),
        (watched.answer, 8),
        (watched.point, 8),
        (watched.key, 4),
        (watched.seek, 1),
        (watched.choose, 1),
        (watched.resize, 1),
    ]
    happens, weights = zip(*likely, strict=True)
    read = 0
    for happening in watched.chance.choices(happens, weights, k=400):
        happening()
        watched.check()
        read += "DIY" in watched.panel.findChild(QLineEdit, "map_readout").text()
    assert read > 20, "there was something to be wrong"
