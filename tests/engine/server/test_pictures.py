"""The network's picture in a frame: what was asked for, of the state stood at, and responses no more than once."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine import pace
from engine.pace import Pace
from engine.protocol import FrameRequest, NetworkPicture, PictureRequest
from engine.run.lockstep import Lockstep
from engine.server.frames import Frames
from engine.spec import check

SMALL = [{"units": 3, "activation": "tanh"}, {"units": 1}]


def run_of(layers: list[dict[str, Any]] = SMALL, inputs: int = 2, **parts: Any) -> Lockstep:
    """A run of both lanes on two rows."""
    data = {"x": [[0.5] * inputs, [1.0] * inputs], "y": [[1.0] * layers[-1]["units"]] * 2}
    raw = {
        "schema": 1,
        "data": data,
        "network": {"layers": layers},
        "dtype": "float64",
        "optimizers": [{"name": "SGD", "params": {"lr": 0.1}}],
    }
    return Lockstep(check(raw | parts), budget=10_000_000, judge_at_once=False)


def ask(frames: Frames, running: bool = False, **parts: Any) -> NetworkPicture:
    fields = {
        "entry": 0,
        "side": "diy",
        "quantity": "weight",
        "most": 16,
        "pixels": (8, 8),
        "row": 0,
        "responses": None,
    }
    pace = Pace()
    pace.running = running
    picture = frames.answer(FrameRequest(1, None, None, None, PictureRequest(**(fields | parts))), pace).network
    assert picture is not None
    return picture


def test_every_parameter_is_a_matrix_of_both_lanes() -> None:
    run = run_of()
    picture = ask(Frames(run))
    assert [maps.request.tensor for maps in picture.maps] == list(run.names)
    assert [maps.shape for maps in picture.maps] == [(3, 2), (1, 3), (1, 3), (1, 1)]
    np.testing.assert_array_equal(picture.maps[0].diy, run.lanes[0].lane.weights()[0])
    assert picture.maps[0].delta is not None


def test_the_row_is_of_the_state_stood_at_past_ones_too() -> None:
    run = run_of()
    frames = Frames(run)
    begun = ask(frames).passed
    run.advance(5)
    trained = ask(frames).passed
    run.seek(0)
    again = ask(frames).passed
    assert begun is not None
    assert trained is not None
    assert again is not None
    assert begun.loss == again.loss != trained.loss


def test_each_side_has_its_own_weights_and_the_difference_is_between_them() -> None:
    run = run_of()
    run.advance(3)
    other = run.lanes[1].lane
    snapshot = other.snapshot()
    other.restore(snapshot._replace(weights=tuple(2 * weight for weight in snapshot.weights)))
    diy, torch, delta = (ask(Frames(run), side=side).passed for side in ("diy", "torch", "delta"))
    assert diy is not None
    assert torch is not None
    assert delta is not None
    np.testing.assert_array_equal(delta.layers[0].z, diy.layers[0].z - torch.layers[0].z)
    assert delta.loss == diy.loss - torch.loss != 0
    np.testing.assert_array_equal(delta.x, diy.x)


@pytest.mark.parametrize("row", [None, -1, 2, 10**9])
def test_without_such_a_row_nothing_is_sent_through(row: int | None) -> None:
    assert ask(Frames(run_of()), row=row).passed is None


def test_a_side_that_does_not_run_has_no_row() -> None:
    run = run_of(optimizers=[{"name": "SGD", "params": {"lr": 0.1}, "backends": ["torch"]}])
    frames = Frames(run)
    assert ask(frames, side="torch").passed is not None
    for side in ("diy", "delta"):
        picture = ask(frames, side=side, responses=0)
        assert picture.passed is None
        assert picture.responses is None


def test_large_layers_are_pooled_and_their_gradients_left_out() -> None:
    run = run_of([{"units": 3000, "activation": "tanh"}, {"units": 2}], inputs=3)
    picture = ask(Frames(run))
    assert [maps.shape for maps in picture.maps] == [(3000, 3), (1, 3000), (2, 3000), (1, 2)]
    assert all(max(maps.diy.shape) <= 16 for maps in picture.maps if maps.diy is not None)
    assert picture.passed is not None
    assert list(picture.passed.grads) == ["layer2.bias"]
    hidden = picture.passed.layers[0].a
    assert len(hidden) == 1000, "three units a number"
    assert np.all(np.isfinite(hidden))


def test_responses_are_what_the_units_make_of_the_plane() -> None:
    run = run_of()
    responses = ask(Frames(run), responses=0).responses
    assert responses is not None
    hidden = responses.layers[0]
    assert hidden is not None
    left, right, low, high = responses.extent
    assert left < 0.5 < 1.0 < right
    weight, bias = run.lanes[0].lane.weights()[:2]
    corners = {(0, 0): (left, low), (0, -1): (right, low), (-1, 0): (left, high)}
    for (up, along), point in corners.items():
        expected = np.tanh(np.asarray(weight) @ point + np.asarray(bias).ravel())
        np.testing.assert_allclose(hidden[:, up, along], expected, rtol=1e-6, err_msg=str(point))


def test_of_one_input_a_response_is_a_curve() -> None:
    responses = ask(Frames(run_of(inputs=1)), responses=0).responses
    assert responses is not None
    assert responses.layers[0] is not None
    assert responses.layers[0].ndim == 2


def test_of_more_inputs_and_of_too_many_units_there_are_none() -> None:
    assert ask(Frames(run_of(inputs=3)), responses=0).responses is None
    responses = ask(Frames(run_of([{"units": 40}, {"units": 1}])), responses=0).responses
    assert responses is not None
    assert [layer is None for layer in responses.layers] == [True, False]


def test_responses_that_the_window_has_are_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(pace, "time", SimpleNamespace(perf_counter=lambda: now))
    run = run_of()
    frames = Frames(run)
    first = ask(frames, running=True, responses=0).responses
    assert first is not None
    run.advance(1)
    again = [ask(frames, running=True, responses=first.number).responses for _ in range(20)]
    assert again == [None] * 20, "some times a second while it runs, however many frames there are"
    now += pace.FIGURES_EVERY
    newer = ask(frames, running=True, responses=first.number).responses
    assert newer is not None
    first = newer
    run.advance(1)
    assert ask(frames, running=False, responses=first.number).responses is not None, "the newest once it stands"


def test_a_test_function_has_no_network() -> None:
    problem = {"function": "rosenbrock", "start": [-1.0, 1.0]}
    spec = check({"schema": 1, "problem": problem, "optimizers": [{"name": "SGD", "backends": ["diy"]}]})
    request = PictureRequest(0, "diy", "weight", 16, (8, 8), 0, 0)
    assert Frames(Lockstep(spec)).answer(FrameRequest(1, None, None, None, request), Pace()).network is None
