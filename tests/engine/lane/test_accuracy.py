"""How often the right class is answered, by hand and by both lanes, and where it is told."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.headless.results import report
from engine.lane.accuracy import accuracy, answers, confusion_matrix
from engine.protocol import RaceRequest, in_percent
from engine.race import race as racing
from engine.race.race import Racing
from engine.report import columns_of, figures_of
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check, class_count, class_kind
from tests.engine.experiments import experiment, layer, optimizer, random_data, raw_problem
from tests.engine.headless.test_run import run as run_command

NAN, INF = np.nan, np.inf
LOGITS = np.array([[2.0, 1.0, 0.0], [0.0, 3.0, 3.0], [-1.0, -2.0, -0.5], [0.0, NAN, 1.0], [INF, 1.0, 2.0]])
CLASSES = np.array([0, 2, 2, 2, 1])
YES_NO = np.array([[0.5, -1.0], [0.0, 2.0], [NAN, -3.0]])
TARGETS = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 1.0]])


def test_the_answer_is_the_class_of_the_largest_logit_and_the_first_of_equal_ones() -> None:
    assert answers(LOGITS, "classes").tolist() == [0, 1, 2, -1, 0]
    assert accuracy(LOGITS, CLASSES, "classes") == 2 / 5


def test_each_output_of_its_own_says_yes_above_a_half() -> None:
    assert answers(YES_NO, "probabilities").tolist() == [[1, 0], [0, 1], [-1, 0]]
    assert accuracy(YES_NO, TARGETS, "probabilities") == 3 / 6


def test_of_no_row_nothing_is_known() -> None:
    assert np.isnan(accuracy(np.empty((0, 3)), np.empty(0, int), "classes"))


def test_the_confusion_matrix_counts_true_classes_from_above_and_answered_ones_from_the_left() -> None:
    assert confusion_matrix(LOGITS, CLASSES, "classes", 3).tolist() == [[1, 0, 0], [1, 0, 0], [0, 1, 1]]
    assert confusion_matrix(YES_NO, TARGETS, "probabilities", 2).tolist() == [[2, 1], [1, 1]]


def test_the_matrix_has_all_classes_though_none_is_answered() -> None:
    assert confusion_matrix(np.zeros((2, 4)), np.array([0, 3]), "classes", 4).sum(axis=0).tolist() == [2, 0, 0, 0]


@pytest.mark.parametrize("seed", range(5))
def test_accuracy_is_the_matrixs_diagonal(seed: int) -> None:
    rng = np.random.default_rng(seed)
    outputs, y = rng.normal(size=(50, 4)), rng.integers(0, 4, 50)
    found = confusion_matrix(outputs, y, "classes", 4)
    assert found.sum() == 50
    assert np.trace(found) / 50 == accuracy(outputs, y, "classes")
    np.testing.assert_array_equal(found.sum(axis=1), np.bincount(y, minlength=4))


# --- in a run ------------------------------------------------------------------------------------


def classified(loss: str = "cross_entropy", test: Any = None, **more: Any) -> ExperimentSpec:
    data = random_data(2, 3, 12, loss, 1)
    if loss == "bce":
        data["y"] = np.round(data["y"]).tolist()
    data |= {"test": test} if test else {}
    layers = [layer(6), layer(3, "identity")]
    return experiment(layers, loss=loss, data=data, optimizers=[optimizer("Adam", lr=0.05)], **more)


@pytest.mark.parametrize("loss", ["cross_entropy", "bce"])
@pytest.mark.parametrize("use", ["training", "test"])
def test_both_lanes_are_held_to_torchs_own_words(loss: str, use: Any) -> None:
    run = Lockstep(classified(loss, {"rows": [0, 5, 6]}), judge_at_once=False)
    run.advance(30)
    x, y = run.spec.data.arrays("float64", use)
    for one, found in zip(run.lanes, run.accuracies(use), strict=True):
        W1, b1, W2, b2 = (torch.tensor(weight) for weight in one.lane.weights())
        logits = torch.tanh(torch.tensor(x) @ W1.mT + b1) @ W2.mT + b2
        np.testing.assert_allclose(one.lane.outputs(use), logits.numpy(), rtol=1e-12)
        right = (
            logits.argmax(1) == torch.tensor(y)
            if loss == "cross_entropy"
            else logits.sigmoid().round() == torch.tensor(y)
        )
        assert found == pytest.approx(right.double().mean().item())


def test_outputs_in_blocks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.lane import evaluation

    whole = [one.lane.outputs("training") for one in Lockstep(classified()).lanes]
    monkeypatch.setattr(evaluation, "MOST_NUMBERS", 12)
    for one, expected in zip(Lockstep(classified()).lanes, whole, strict=True):
        np.testing.assert_allclose(one.lane.outputs("training"), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("spec", "kind", "count"),
    [
        (classified(), "classes", 3),
        (classified("bce"), "probabilities", 2),
        (classified("mse"), None, 0),
        (experiment([layer(3, "identity")], loss="bce"), None, 0),  # probabilities between 0 and 1
        (check(raw_problem()), None, 0),
    ],
)
def test_what_counts_as_classes(spec: ExperimentSpec, kind: str | None, count: int) -> None:
    assert (class_kind(spec), class_count(spec)) == (kind, count)
    run = Lockstep(spec, judge_at_once=False)
    run.advance(1)
    row = Racing(run).rows(None)[0]
    assert np.isnan(row.accuracy) == (kind is None)
    assert ("accuracy" in report(run)["lanes"][0]) == (kind is not None)
    assert ("accuracy" in [column.key for column in columns_of(figures_of(run))]) == (kind is not None)


def test_race_and_report_tell_the_same() -> None:
    run = Lockstep(classified(test={"share": 0.25}))
    run.advance(40)
    rows = Racing(run).answer(RaceRequest(100)).rows
    told = report(run)["lanes"]
    assert [row.accuracy for row in rows] == [lane["accuracy"] for lane in told] == run.accuracies("training")
    assert [row.test_accuracy for row in rows] == [lane["test_accuracy"] for lane in told] == run.accuracies("test")
    assert [column.key for column in columns_of(figures_of(run))][:5] == [
        *("final", "best", "test", "accuracy", "test_accuracy")
    ]


def test_a_run_of_large_data_is_not_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Lockstep(classified())
    run.advance(3)
    assert Racing(run).rows(None, running=True)[0].accuracy == run.accuracies("training")[0]
    monkeypatch.setattr(racing, "AT_ONCE", 10)
    assert np.isnan(Racing(run).rows(None, running=True)[0].accuracy)
    assert Racing(run).rows(None)[0].accuracy == run.accuracies("training")[0]


def test_the_command_says_and_writes_it(tmp_path: Path, capsys: Any) -> None:
    raw = json.loads(classified(test={"rows": [1, 2]}).to_json())
    status, out = run_command({key: value for key, value in raw.items() if value is not None}, 40, tmp_path)
    assert status == 0
    lines = capsys.readouterr().out.splitlines()
    lanes = json.loads((out / "report.json").read_text(encoding="utf-8"))["lanes"]
    for head, name in (("accuracy", "accuracy"), ("test acc", "test_accuracy")):
        (line,) = (line for line in lines if line.strip().startswith(head))
        told = [float(cell) for cell in line.strip().removeprefix(head).split()]
        assert told == pytest.approx([lane[name] for lane in lanes], rel=1e-6)


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0.0 %"), (1e-5, "<0.1 %"), (0.5, "50.0 %"), (0.99999, ">99.9 %"), (1, "100.0 %")]
)
def test_all_and_nothing_are_said_only_where_they_are(share: float, text: str) -> None:
    assert in_percent(share) == text
