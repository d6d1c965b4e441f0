"""What is left of messages while somebody is to find out how far DIY and torch are apart."""

import numpy as np

from engine.protocol import (
    Frame,
    Load,
    MapRequest,
    Maps,
    PairParity,
    Reading,
    SetBreakpoints,
    ValueMaps,
)
from engine.protocol.debug import LookAtValue
from engine.spec import ConditionBreakpoint, LineBreakpoint, check
from gui.session.hush import hushed_answer, hushed_command
from tests.gui.tiny_engine import TINY
from tests.gui.traces import traced_step

MAPS = Maps(
    *(MapRequest(0, "layer1.weight", "grad", (1, 1)), (1, 1), (1, 1), np.ones((1, 1)), np.zeros((1, 1))),
    *(np.ones((1, 1)), np.ones((1, 1)), 1.0, 1.0, 4.0, Reading(0, 0, 1.0, 0.0, 1.0, 4.0)),
)
BREAKPOINTS = (
    LineBreakpoint(file="step.py", line=1),
    ConditionBreakpoint(quantity="parity_abs", op=">", value=0.1),
    ConditionBreakpoint(quantity="loss", op=">", value=0.1),
)


def test_a_trace_keeps_both_sides_values_and_no_verdict() -> None:
    traced = traced_step(verdicts={"layer1.backward": "differs"})
    hushed = hushed_answer(traced)
    assert hushed.hides
    assert not traced.hides
    assert {stage.verdict for stage in hushed.stages} == {"hidden"}
    for before, after in zip(traced.values, hushed.values, strict=True):
        assert (after.first, after.twin_first, after.twin) == (before.first, before.twin_first, before.twin)
        assert after.distance is None
        assert after.verdict == ("hidden" if before.twin is not None else before.verdict)


def test_maps_keep_both_sides_and_no_difference() -> None:
    request = LookAtValue(1, 0, 1, 0, (1, 1))
    maps = hushed_answer(ValueMaps(request, MAPS)).maps
    assert (maps.diy, maps.torch, maps.delta, maps.ulps) == (MAPS.diy, MAPS.torch, None, None)
    assert maps.reading == Reading(0, 0, 1.0, 0.0, None, None)
    assert hushed_answer(ValueMaps(request, None)) == ValueMaps(request, None)


def test_a_frame_tells_of_no_pair() -> None:
    pair = PairParity("SGD", None, None, None, None, 0.0, "differs")
    frame = hushed_answer(Frame(1, 3, False, 0.0, (1.0, 2.0), None, MAPS, (pair,)))
    assert (frame.pairs, frame.losses) == ((), (1.0, 2.0))
    assert frame.maps.hides


def test_breakpoints_of_a_pair_wait_in_their_places() -> None:
    enabled = [one.enabled for one in hushed_command(SetBreakpoints(1, BREAKPOINTS)).breakpoints]
    assert enabled == [True, False, True]
    spec = check(TINY).model_copy(update={"breakpoints": BREAKPOINTS})
    assert [one.enabled for one in hushed_command(Load(1, spec)).spec.breakpoints] == enabled
    assert hushed_command(Load(1, check(TINY))).spec == check(TINY)
