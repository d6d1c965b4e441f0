"""The lane of a log carries its own name wherever lanes are named: heatmaps, network, parity, Debug, breakpoints."""

from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTableView, QTreeWidget

from engine.spec import ExperimentSpec
from gui.debug.source.margin_words import value_tip
from gui.debug.values.variables import VariablesPage
from gui.forms.breakpoints.words import lane_title
from gui.forms.experiment_form import ExperimentForm
from gui.look.lanes import names_of_entry, names_of_pair
from gui.network.learned.facts import facts_of
from gui.network.learned.prediction_columns import columns_of
from gui.network.selectors import NetworkSelectors
from gui.views.maps.heatmap import Heatmap
from gui.views.maps.heatmaps import HeatmapPanel
from gui.views.parity.parity_strip import ParityStrip
from tests.gui.chinese import speaking_chinese
from tests.gui.frames import make_frame, make_maps, make_spec
from tests.gui.traces import traced_step

ADAM = {"name": "Adam", "params": {"lr": 0.01}}
OF_LOG = ADAM | {"label": "Mine", "log": {"file": "mine.npz"}}


@pytest.fixture
def spec() -> ExperimentSpec:
    return make_spec(OF_LOG, ADAM)


def titles(panel: HeatmapPanel) -> list[str]:
    canvas = panel.findChild(pg.GraphicsLayoutWidget, "map_canvas")
    found = sorted((item for item in canvas.ci.items if isinstance(item, Heatmap)), key=lambda item: item.x())
    return [heatmap.titleLabel.text for heatmap in found]


def test_heatmaps_are_headed_by_it(spec: ExperimentSpec, qtbot: Any) -> None:
    panel = HeatmapPanel()
    qtbot.addWidget(panel)
    panel.resize(1200, 420)
    panel.set_experiment(spec)
    with qtbot.waitExposed(panel):
        panel.show()
    assert titles(panel) == ["log", "torch", "log − torch"]
    matrix = np.ones((4, 4))
    panel.show_frame(make_frame(5, maps=make_maps(panel.request(), matrix, matrix)))
    panel._triple.point_at((0, 0))
    assert " log 1.0 " in panel._triple._readout.text()
    panel.choose(1, "layer1.weight")
    assert titles(panel) == ["DIY", "torch", "DIY − torch"]


def test_network_parity_and_breakpoints_call_it_so(spec: ExperimentSpec, qtbot: Any) -> None:
    selectors = NetworkSelectors()
    qtbot.addWidget(selectors)
    selectors.set_experiment(spec)
    sides = selectors.findChild(QComboBox, "network_side")
    assert [sides.itemText(place) for place in range(sides.count())] == ["log", "torch", "log − torch"]
    facts = facts_of(spec, 0)
    assert facts is not None
    assert any("What log predicts" in column.about for column in columns_of(facts, "delta"))
    strip = ParityStrip()
    qtbot.addWidget(strip)
    strip.set_experiment(make_spec(OF_LOG | {"backends": ["diy"]}))
    assert "only log runs" in strip.findChild(QTreeWidget, "parity_lines").topLevelItem(0).text(1)
    assert lane_title("Mine/log", paired=False) == "Mine · log"


def test_it_is_named_in_chinese_too(spec: ExperimentSpec, qapp: Any) -> None:
    with speaking_chinese(qapp):
        assert names_of_entry(spec, 0).difference == "日志 − torch"
        assert lane_title("Mine/log", paired=False) == "Mine · 日志"


def test_a_condition_follows_the_lane_that_a_log_takes(qtbot: Any) -> None:
    form = ExperimentForm()
    qtbot.addWidget(form)
    condition = {"kind": "condition", "quantity": "loss", "lane": "Adam/diy", "op": "<", "value": 1.0}
    raw = make_spec(ADAM, breakpoints=[condition]).model_dump(mode="json", by_alias=True)
    form.set_raw(raw)
    use = form._optimizers._rows()[0]._log_use()
    use.set_raw({"file": "mine.npz"})
    use.edited.emit()
    assert form.raw()["breakpoints"][0]["lane"] == "Adam/log"
    use._drop()
    assert form.raw()["breakpoints"][0]["lane"] == "Adam/diy"


def test_debug_heads_its_numbers_by_it(qtbot: Any) -> None:
    traced = traced_step()
    page = VariablesPage()
    qtbot.addWidget(page)
    for is_log, name in ((False, "DIY"), (True, "log")):
        shown = traced._replace(is_log=is_log)
        page.show_variables(shown, traced.calls[0].arguments, ())
        model = page.findChild(QTableView, "variables").model()
        assert model.headerData(1, Qt.Orientation.Horizontal) == name
    value = next(value for value in traced.values if value.twin is not None)
    assert "<br>log: " in value_tip("z", value, names_of_pair(is_log=True))
