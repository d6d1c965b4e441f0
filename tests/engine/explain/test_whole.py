"""Steps of the optimizers that look at more than one element, explained: their parts, and their lines in numbers."""

from math import fsum
from typing import Any

import numpy as np
import pytest

from engine.explain import explain
from engine.explain.lines import statement_of
from engine.protocol import Explain
from engine.trace import Trace
from tests.engine.experiments import experiment, layer, optimizer
from tests.engine.explaining import computed, recorded

ENTRIES = [
    (optimizer("Adafactor", weight_decay=0.1), "gradient scaling decoupled_decay rounding"),
    (optimizer("Adafactor", maximize=True), "gradient scaling rounding"),
    (optimizer("Muon"), "gradient momentum orthogonality decoupled_decay rounding"),
    (optimizer("Muon", nesterov=False, weight_decay=0.0), "gradient momentum orthogonality rounding"),
    (optimizer("LBFGS", max_iter=3), "gradient curvature rounding"),
    (optimizer("LBFGS", line_search_fn="strong_wolfe", max_iter=2), "gradient curvature rounding"),
]


def step_of(entry: dict[str, Any], step: int, dtype: str = "float64") -> Trace:
    bias = entry["name"] != "Muon"
    return recorded(experiment([layer(3, bias=bias), layer(2, bias=bias)], optimizers=[entry], dtype=dtype), step)


@pytest.mark.parametrize("step", [1, 3])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("entry", "kinds"), ENTRIES, ids=str)
def test_both_sides_of_a_recorded_step_add_up(entry: dict[str, Any], kinds: str, dtype: str, step: int) -> None:
    trace = step_of(entry, step, dtype)
    places = [("layer2.weight", (1, 2)), *([("layer1.bias", (1,))] if entry["name"] != "Muon" else [])]
    for weight, index in places:
        found = explain(trace, Explain(0, 0, step, 0, weight, index))
        assert [part.kind for part in found.parts] == kinds.split()
        for side in (0, 1):
            parts = {part.kind: part.value[side] or 0.0 for part in found.parts}
            assert fsum(parts.values()) == found.delta[side]
            assert abs(parts.pop("rounding")) < 1e2 * np.finfo(dtype).eps * max(map(abs, [*parts.values(), 1]))


@pytest.mark.parametrize("entry", [entry for entry, _ in ENTRIES], ids=str)
def test_what_is_written_comes_to_the_recorded_result(entry: dict[str, Any]) -> None:
    trace = step_of(entry, 2)
    checked = 0
    for event in range(len(trace.lines)):
        text, _ = explain(trace, Explain(0, 0, 2, event, "layer2.weight", (1, 2), 1)).numbers
        written, _, result = text.rpartition(" = ")
        value = computed(written.rpartition("= ")[2]) if "=" in written and "[" not in written else None
        if value is not None:
            assert value == pytest.approx(computed(result), rel=0.02, abs=2e-3), (statement_of(trace, event), text)
            checked += 1
    assert checked > 15


@pytest.mark.parametrize("clip", [{"norm": 0.01}, {"value": 0.001}])
def test_every_line_of_a_scheduled_and_clipped_step_can_be_explained(clip: dict[str, float]) -> None:
    """The rate's lines and clipping's are of no layer."""
    entry = {**optimizer("SGD", lr=0.1), "schedule": {"name": "StepLR", "params": {"step_size": 1}}, "clip": clip}
    trace = step_of(entry, 2)
    stages: set[str] = set()
    for event in range(len(trace.lines)):
        for weight, index in (("layer1.bias", (2,)), ("layer2.weight", (1, 2))):
            found = explain(trace, Explain(0, 0, 2, event, weight, index))
            stages |= {trace.stage_of(event)} if found.numbers[0] else set()
    assert {"schedule", "clip"} <= stages
