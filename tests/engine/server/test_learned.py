"""What a network has learned: both lanes' values held to torch's own words, where the run stands, and no oftener."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine import pace
from engine.lane.accuracy import confusion_matrix
from engine.pace import Pace
from engine.protocol import Confusion, FrameRequest, Learned, LearnedRequest, OverInputs, Predictions
from engine.run.lockstep import Lockstep
from engine.server import learned as learned_pages
from engine.server.frames import Frames
from engine.spec import ExperimentSpec, check, class_count, class_kind
from tests.engine.experiments import experiment, layer, optimizer, random_data, raw_problem

LOSSES = ("mse", "l1", "bce", "cross_entropy")
ACTIVATIONS = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "identity": lambda z: z}
TEST = {"rows": [0, 5, 6]}


def learning(
    loss: str = "mse", inputs: int = 2, activation: str = "tanh", outputs: int = 3, seed: int = 1, **more: Any
) -> ExperimentSpec:
    data = random_data(inputs, outputs, 12, loss, seed)
    if loss == "bce":
        data["y"] = np.round(data["y"]).tolist()
    data |= {"test": TEST}
    layers = [layer(5, activation), layer(outputs, "identity")]
    more = {"optimizers": [optimizer("Adam", lr=0.05)]} | more
    return experiment(layers, loss=loss, data=data, **more)


def ask(frames: Frames, page: Any, side: Any = "diy", running: bool = False, **fields: Any) -> Learned | None:
    pace = Pace()
    pace.running = running
    asked = LearnedRequest(0, side, page, **fields)
    return frames.answer(FrameRequest(1, None, None, None, None, asked), pace).learned


def predictions(frames: Frames, rows: tuple[int, int] = (0, 12), **fields: Any) -> Predictions:
    learned = ask(frames, "predictions", rows=rows, **fields)
    assert learned is not None
    assert isinstance(learned.content, Predictions)
    return learned.content


def over_inputs(frames: Frames, **fields: Any) -> OverInputs:
    learned = ask(frames, "inputs", **fields)
    assert learned is not None
    assert isinstance(learned.content, OverInputs)
    return learned.content


def confusion(frames: Frames, **fields: Any) -> Confusion:
    learned = ask(frames, "confusion", **fields)
    assert learned is not None
    assert isinstance(learned.content, Confusion)
    return learned.content


def said_by_torch(run: Lockstep, lane: int, x: np.ndarray, activation: str = "tanh", loss: str = "mse") -> np.ndarray:
    """What the lane's weights say of ``x``, by torch alone."""
    W1, b1, W2, b2 = (torch.tensor(weight) for weight in run.lanes[lane].lane.weights())
    outputs = ACTIVATIONS[activation](torch.tensor(x) @ W1.mT + b1) @ W2.mT + b2
    if loss == "bce":
        return outputs.sigmoid().numpy()
    return (outputs.softmax(dim=1) if loss == "cross_entropy" else outputs).numpy()


# --- rows ----------------------------------------------------------------------------------------


@given(
    loss=st.sampled_from(LOSSES),
    activation=st.sampled_from(list(ACTIVATIONS)),
    inputs=st.integers(1, 4),
    outputs=st.integers(2, 4),
    seed=st.integers(0, 1000),
    steps=st.integers(0, 5),
)
def test_each_row_has_the_prediction_of_its_own_lane(
    loss: str, activation: str, inputs: int, outputs: int, seed: int, steps: int
) -> None:
    run = Lockstep(learning(loss, inputs, activation, outputs, seed), judge_at_once=False)
    run.advance(steps)
    frames = Frames(run)
    x = np.array(run.spec.data.x)
    both = [predictions(frames, side=side) for side in ("diy", "torch")]
    for lane, found in enumerate(both):
        expected = said_by_torch(run, lane, x, activation, loss)
        np.testing.assert_allclose(found.values, expected, rtol=1e-10, atol=1e-13)
        if class_kind(run.spec) == "classes":
            np.testing.assert_array_equal(found.answers[0], expected.argmax(axis=1))
        elif class_kind(run.spec) == "probabilities":
            np.testing.assert_array_equal(found.answers[0], expected > 0.5)
        else:
            assert found.answers == ()
    apart = predictions(frames, side="delta")
    np.testing.assert_array_equal(apart.values, both[0].values - both[1].values)
    assert len(apart.answers) == (2 if both[0].answers else 0)


def test_only_the_rows_on_screen_are_told_test_rows_in_their_places() -> None:
    run = Lockstep(learning())
    frames = Frames(run)
    whole = predictions(frames)
    some = predictions(frames, rows=(4, 8))
    assert (some.first, len(some.values)) == (4, 4)
    np.testing.assert_allclose(some.values, whole.values[4:8], rtol=1e-14)
    np.testing.assert_allclose(whole.values[[0, 5, 6]], run.lanes[0].lane.outputs("test"), rtol=1e-14)


@pytest.mark.parametrize("rows", [(12, 20), (-5, -1), (7, 7), (9, 3)])
def test_rows_that_are_not_there_are_none(rows: tuple[int, int]) -> None:
    assert predictions(Frames(Lockstep(learning(), judge_at_once=False)), rows=rows).values.shape == (0, 3)


def test_no_more_rows_are_told_than_a_screen_has() -> None:
    spec = experiment([layer(1)], rows=2000)
    assert len(predictions(Frames(Lockstep(spec)), rows=(0, 2000)).values) == learned_pages.MOST_ROWS


def test_the_past_has_the_predictions_of_then_and_the_lanes_go_on_as_before() -> None:
    run, untouched = (
        Lockstep(learning(), budget=10_000_000, judge_at_once=False),
        Lockstep(learning(), budget=10_000_000, judge_at_once=False),
    )
    frames = Frames(run)
    begun = predictions(frames, side="torch").values
    run.advance(5)
    later = predictions(frames, side="torch").values
    over_inputs(frames, side="delta")
    run.seek(0)
    np.testing.assert_array_equal(predictions(frames, side="torch").values, begun)
    assert not np.array_equal(begun, later)
    run.advance(9)
    untouched.advance(9)
    for one, other in zip(run.lanes, untouched.lanes, strict=True):
        for weight, expected in zip(one.lane.weights(), other.lane.weights(), strict=True):
            np.testing.assert_array_equal(weight, expected)


def test_a_change_in_the_past_is_another_future_at_the_same_step() -> None:
    run = Lockstep(learning(), budget=10_000_000, judge_at_once=False)
    frames = Frames(run)
    run.advance(6)
    before = predictions(frames).values
    run.seek(3)
    run.set_params(0, {"lr": 0.5})
    run.advance(3)
    assert not np.array_equal(predictions(frames).values, before)


# --- over the inputs -----------------------------------------------------------------------------


@given(loss=st.sampled_from(LOSSES), seed=st.integers(0, 1000), output=st.integers(0, 2))
def test_a_plane_is_what_each_lane_answers_on_it(loss: str, seed: int, output: int) -> None:
    run = Lockstep(learning(loss, seed=seed), judge_at_once=False)
    run.advance(2)
    frames = Frames(run)
    planes = [over_inputs(frames, side=side, output=output) for side in ("diy", "torch")]
    x_from, x_to, y_from, y_to = planes[0].extent
    x = np.array(run.spec.data.x)
    assert np.all((x > [x_from, y_from]) & (x < [x_to, y_to]))
    across, up = np.meshgrid(np.linspace(x_from, x_to, 64), np.linspace(y_from, y_to, 64))
    for lane, plane in enumerate(planes):
        said = said_by_torch(run, lane, np.stack([across, up], axis=-1).reshape(-1, 2), loss=loss).reshape(64, 64, 3)
        drawn = said.max(axis=-1) if loss == "cross_entropy" else said[..., output]
        np.testing.assert_allclose(plane.values, drawn, rtol=1e-5, atol=1e-6)
        if loss == "cross_entropy":
            np.testing.assert_array_equal(plane.answers[0], said.argmax(axis=-1))
    apart = over_inputs(frames, side="delta", output=output)
    np.testing.assert_allclose(apart.values, 0, atol=1e-12)


def test_where_lanes_differ_so_does_the_plane_by_the_class_that_diy_answers() -> None:
    run = Lockstep(learning("cross_entropy"))
    other = run.lanes[1].lane
    snapshot = other.snapshot()
    other.restore(snapshot._replace(weights=tuple(-weight for weight in snapshot.weights)))
    diy, torchs, apart = (over_inputs(Frames(run), side=side) for side in ("diy", "torch", "delta"))
    np.testing.assert_array_equal(apart.answers[0], diy.answers[0])
    np.testing.assert_array_equal(apart.answers[1], torchs.answers[0])
    same = apart.answers[0] == apart.answers[1]
    assert not same.all()
    np.testing.assert_allclose(apart.values[same], (diy.values - torchs.values)[same], atol=1e-6)
    assert np.all(apart.values[~same] > 0), "what DIY answers is less probable to torch"


@pytest.mark.parametrize("loss", LOSSES)
def test_of_one_input_there_is_a_curve_an_output(loss: str) -> None:
    run = Lockstep(learning(loss, inputs=1))
    fit = over_inputs(Frames(run), side="torch")
    along = np.linspace(*fit.extent[:2], learned_pages.POINTS)
    np.testing.assert_allclose(fit.values, said_by_torch(run, 1, along[:, None], loss=loss).T, rtol=1e-5, atol=1e-6)


def test_of_more_inputs_there_is_neither() -> None:
    learned = ask(Frames(Lockstep(learning(inputs=3))), "inputs")
    assert learned is not None
    assert learned.content is None


def test_a_large_network_has_a_coarser_plane(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = Frames(Lockstep(learning()))
    monkeypatch.setattr(learned_pages, "MOST_WORK", 16 * 16 * 35)
    assert over_inputs(frames).values.shape == (16, 16)


# --- classes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", ["bce", "cross_entropy"])
@pytest.mark.parametrize("use", ["training", "test"])
def test_confusion_and_accuracy_are_of_the_rows_asked_for(loss: str, use: Any) -> None:
    run = Lockstep(learning(loss), judge_at_once=False)
    run.advance(20)
    found = confusion(Frames(run), side="delta", use=use)
    kind, (_, y) = class_kind(run.spec), run.spec.data.arrays("float64", use)
    assert found.counts is not None
    assert kind is not None
    for one, counts in zip(run.lanes, found.counts, strict=True):
        expected = confusion_matrix(one.lane.outputs(use), y, kind, class_count(run.spec))
        np.testing.assert_array_equal(counts, expected)
    shares = [getattr(one, use) for one in found.accuracies]
    assert shares == run.accuracies(use)
    assert predictions(Frames(run), side="delta").accuracies == found.accuracies


def test_without_classes_there_is_no_confusion_and_without_test_rows_no_share_of_them() -> None:
    learned = ask(Frames(Lockstep(learning("mse"))), "confusion")
    assert learned is not None
    assert learned.content is None
    data = random_data(2, 3, 12, "cross_entropy", 1)
    spec = experiment([layer(3, "identity")], loss="cross_entropy", data=data)
    (shares,) = confusion(Frames(Lockstep(spec))).accuracies
    assert shares.test is None
    assert shares.training is not None


def test_rows_that_are_too_many_are_not_counted_while_a_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned_pages, "MOST_AT_ONCE", 10)
    run = Lockstep(learning("cross_entropy"))
    frames = Frames(run)
    found = confusion(frames, running=True)
    assert found.counts is None
    assert found.accuracies == ((None, None),)
    assert predictions(frames, running=True).accuracies == ((None, None),)
    paused = ask(frames, "confusion")
    assert paused is not None
    assert paused.puts_off, "that it has paused is told at once"
    assert paused.content is not None
    assert paused.content.counts is None
    counted = ask(frames, "confusion", seen=paused.number)
    assert counted is not None
    assert not counted.puts_off
    assert counted.content is not None
    assert counted.content.counts is not None
    run.advance(1)
    elsewhere = ask(frames, "confusion", seen=counted.number)
    assert elsewhere is not None
    assert elsewhere.puts_off, "and so is where it went"


# --- when ----------------------------------------------------------------------------------------


def test_while_it_runs_a_page_comes_some_times_a_second_and_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(pace, "time", SimpleNamespace(perf_counter=lambda: now))
    run = Lockstep(learning())
    frames = Frames(run)
    first = ask(frames, "inputs", running=True)
    assert first is not None
    run.advance(1)
    again = [ask(frames, "inputs", running=True, seen=first.number) for _ in range(20)]
    assert again == [None] * 20
    now += pace.FIGURES_EVERY
    newer = ask(frames, "inputs", running=True, seen=first.number)
    assert newer is not None
    first = newer
    run.advance(1)
    stopped = ask(frames, "inputs", seen=first.number)
    assert stopped is not None, "the newest once it stands"
    assert ask(frames, "inputs", seen=stopped.number) is None, "and nothing while it stands"
    other = ask(frames, "predictions", rows=(0, 3), seen=stopped.number)
    assert other is not None, "another page is another answer"


def test_a_side_that_does_not_run_has_nothing() -> None:
    frames = Frames(Lockstep(learning(optimizers=[optimizer("SGD", lr=0.1) | {"backends": ["torch"]}])))
    for side, is_there in (("diy", False), ("delta", False), ("torch", True)):
        learned = ask(frames, "predictions", side=side, rows=(0, 2))
        assert learned is not None
        assert (learned.content is not None) == is_there


def test_a_test_function_learns_nothing() -> None:
    assert ask(Frames(Lockstep(check(raw_problem()))), "predictions") is None
