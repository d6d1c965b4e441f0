"""Experiments of two numbers in the file: read back as saved, and refused where something has no place."""

from typing import Any

import pytest

from engine.spec import POINT, ExperimentError, ExperimentSpec, check, load, memory_needed, row_count, shapes_of
from engine.spec.check import size_fault
from tests.engine.experiments import raw_article, raw_problem


def faults_of(**changes: Any) -> list[str]:
    with pytest.raises(ExperimentError) as caught:
        check(raw_problem(**changes))
    return [str(fault) for fault in caught.value.faults]


def of(**changes: Any) -> dict[str, Any]:
    return {"function": "rosenbrock", "start": [-1.5, 2.0], **changes}


def test_what_is_left_out_has_its_defaults() -> None:
    spec = check(raw_problem())
    assert (spec.data, spec.network) == (None, None)
    assert spec.problem is not None
    assert (spec.problem.start, spec.problem.condition) == ((-1.5, 2.0), 10.0)
    assert shapes_of(spec) == {POINT: (1, 2)}
    assert row_count(spec) == 1


def test_the_memory_of_lanes_on_a_test_function_is_estimated_too() -> None:
    one = memory_needed(check(raw_problem()))
    many = check(raw_problem(optimizers=[{"name": "SGD"}] * 100))
    assert one > 0
    assert memory_needed(many) == 100 * one
    assert size_fault(many, available=100 * one) is None
    fault = size_fault(many, available=99 * one)
    assert fault is not None
    assert fault.path == ("optimizers",)
    long_memory = check(raw_problem(optimizers=[{"name": "LBFGS", "params": {"history_size": 10**5}}]))
    assert memory_needed(long_memory) > one + 10**5 * 2 * 4  # two numbers a remembered step


@pytest.mark.parametrize("function", ["rosenbrock", "quadratic"])
def test_a_saved_experiment_reads_back(function: str) -> None:
    condition = 250.0 if function == "quadratic" else 10.0
    spec = check(raw_problem(problem=of(function=function, condition=condition)))
    assert load(spec.to_json()) == spec


def test_fields_without_a_use_may_stand_there_empty_or_at_their_defaults() -> None:
    full = ExperimentSpec.model_validate(check(raw_problem())).model_dump(mode="json", by_alias=True)
    assert (full["data"], full["network"], full["start"]) == (None, None, {"seed": 0})
    assert check(full) == check(raw_problem())


def test_a_network_experiment_may_say_that_it_is_no_problem() -> None:
    assert check(raw_article(problem=None)) == check(raw_article())


ARTICLE = raw_article()
REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"problem": None}, ["data is missing", "network is missing"]),
    ({"problem": None, "data": None, "network": ARTICLE["network"]}, ["data is missing"]),
    ({"data": ARTICLE["data"]}, ["data has no place in an experiment that trains on a test function"]),
    ({"network": ARTICLE["network"]}, ["network has no place"]),
    ({"start": {"seed": 3}}, ["start has no place"]),
    ({"start": {"weights": {"layer1.weight": [[1, 2]]}}}, ["start has no place"]),
    ({"batch": {"size": 2}}, ["batch has no place"]),
    ({"problem": of(function="rosenbrok")}, ["problem.function is not one of rosenbrock, beale, himmelblau, saddle,"]),
    ({"problem": of(start=[1.0])}, ["problem.start must be a list of 2 numbers, not [1.0]"]),
    ({"problem": of(start=[])}, ["problem.start must be a list of 2 numbers, not []"]),
    ({"problem": of(start=[1, 2, 3])}, ["problem.start has too many entries: 3, at most 2"]),
    ({"problem": of(start=[1, "2"])}, ['problem.start[1] must be a number, not "2"']),
    ({"problem": of(start=[1, float("nan")])}, ["problem.start[1] must be a finite number, not NaN"]),
    ({"problem": of(start=[1e300, 0])}, ["problem.start[0] must be ≤ 3.4028235e+38 (float32), not 1e+300"]),
    ({"problem": {"function": "beale"}}, ["problem.start is missing"]),
    ({"problem": of(begin=[0, 0])}, ["problem.begin is not a known field"]),
    (
        {"problem": of(condition=20)},
        ["problem.condition has no place here, as only the quadratic has a condition number"],
    ),
    ({"problem": of(function="quadratic", condition=0.5)}, ["problem.condition must be ≥ 1, not 0.5"]),
    ({"problem": of(function="quadratic", condition=1e13)}, ["problem.condition must be ≤ 1000000000000"]),
    ({"problem": "rosenbrock"}, ["problem must be an object"]),
]


@pytest.mark.parametrize(("changes", "told"), REFUSED)
def test_what_cannot_be_is_told(changes: dict[str, Any], told: list[str]) -> None:
    found = faults_of(**changes)
    assert len(found) == len(told), found
    for fault, beginning in zip(found, told, strict=True):
        assert fault.startswith(beginning)


def test_float64_reaches_farther() -> None:
    assert check(raw_problem(problem=of(start=[1e300, 0]), dtype="float64"))


STOPS = [
    ({"stage": "loss"}, ""),
    ({"stage": "backward"}, ""),
    ({"stage": "update"}, ""),
    ({"stage": "forward"}, "breakpoints[0].stage is not one of loss, backward, update"),
    ({"stage": "update", "layer": 1}, "breakpoints[0].layer has no place here, as a test function has no layers: 1"),
]


@pytest.mark.parametrize(("stop", "told"), STOPS)
def test_breakpoints_are_on_stages_that_there_are(stop: dict[str, Any], told: str) -> None:
    breakpoints = [{"kind": "stage", **stop}]
    if told:
        (found,) = faults_of(breakpoints=breakpoints)
        assert found.startswith(told)
    else:
        assert check(raw_problem(breakpoints=breakpoints)).breakpoints
