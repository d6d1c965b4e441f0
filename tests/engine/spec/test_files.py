"""The experiment file: what is left out, read back, and refused; whatever the text, only ExperimentError is raised."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.spec import ExperimentError, Fault, check, load
from tests.drawing import examples
from tests.engine.diy.test_random_networks import experiments
from tests.engine.experiments import raw_article


def test_what_is_left_out_has_the_documented_defaults() -> None:
    spec = check(raw_article())
    assert (spec.title, spec.dtype, spec.device, spec.start.seed) == ("", "float32", "cpu", 0)  # type: ignore[union-attr]
    assert (spec.batch.size, spec.batch.shuffle, spec.batch.seed) == (None, False, 0)
    assert spec.optimizers[0].backends == ("diy", "torch")


@examples(40)
@given(experiments())
def test_a_saved_experiment_reads_back_equal(spec: Any) -> None:
    assert load(spec.to_json()) == spec
    assert load(spec.to_json().encode()) == spec


def test_a_saved_experiment_with_given_weights_reads_back_equal() -> None:
    weights = {"layer1.weight": [[0.1, 1e-300, -0.0, 3]] * 4}
    entries = [{"name": "Adam", "params": {"betas": [0.5, 0.9]}, "label": "größer", "backends": ["torch"]}]
    spec = check(raw_article(start={"weights": weights}, title="“é\n”", optimizers=entries))
    assert load(spec.to_json()) == spec
    assert json.loads(spec.to_json())["start"] == {"weights": weights}


@pytest.mark.parametrize(
    ("entries", "labels"),
    [
        (["SGD"], ["SGD"]),
        (["SGD", "SGD", "Adam", "SGD"], ["SGD", "SGD 2", "Adam", "SGD 3"]),
        ([("SGD", "slow"), "SGD"], ["slow", "SGD"]),
        (["SGD", ("Adam", "SGD")], ["SGD 2", "SGD"]),
        ([("SGD", "SGD 2"), "SGD", "SGD"], ["SGD 2", "SGD", "SGD 3"]),
    ],
)
def test_entries_without_a_label_are_numbered_where_names_meet(entries: list[Any], labels: list[str]) -> None:
    made = [{"name": e} if isinstance(e, str) else {"name": e[0], "label": e[1]} for e in entries]
    assert list(check(raw_article(optimizers=made)).labels) == labels


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["SGD", "Adam"]), st.none() | st.sampled_from(["SGD", "SGD 2", "x"]))))
def test_labels_are_unique(entries: list[tuple[str, str | None]]) -> None:
    made = [{"name": name, "label": label} for name, label in entries]
    try:
        labels = check(raw_article(optimizers=made)).labels
    except ExperimentError:
        return
    assert len(set(labels)) == len(entries)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def paths_in(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [found for key, part in inner for found in paths_in(part, (*path, key))]


RAW = raw_article(
    start={"seed": 1},
    batch={"size": 1, "shuffle": True, "seed": 0},
    optimizers=[{"name": "Adam", "params": {"lr": 0.1, "betas": [0.9, 0.99]}, "backends": ["diy"], "label": "a"}],
)


@examples(100)
@given(st.sampled_from(paths_in(RAW)), values)
def test_any_value_in_any_field_is_taken_or_refused(path: tuple[str | int, ...], value: Any) -> None:
    raw = json.loads(json.dumps(RAW))
    part = raw
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    assert_taken_or_refused(json.dumps(raw))


@examples(80)
@given(
    st.text(alphabet='{}[]",:0123456789.eE-+ \\"schemadatxyNaIfinity\n', max_size=60)
    | st.binary(max_size=30)
    | st.text()
)
@example('{"schema": 1')
@example("[" * 100_000)
@example("9" * 10_000)
@example('{"schema": 1, "data": {"x": [[1e999]], "y": [[1]]}}')
@example('{"schema": true}')
@example('{"\\ud800": "\\udfff"}')
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf{}")
def test_any_text_is_taken_or_refused(text: str | bytes) -> None:
    assert_taken_or_refused(text)


@pytest.mark.parametrize("depth", [100, 300, 500, 800, 900, 930, 950, 970, 990, 1100])
def test_deeply_nested_text_is_refused(depth: int) -> None:
    for field in ("x", "title"):
        nested = "[" * depth + "]" * depth
        assert_taken_or_refused(f'{{"schema": 1, "{field}": {nested}, "data": {nested}}}')


def assert_taken_or_refused(text: str | bytes) -> None:
    faults: tuple[Fault, ...] = ()
    try:
        spec = load(text)
    except ExperimentError as error:
        spec, faults = None, error.faults
    if spec is None:
        assert all(str(fault) for fault in faults)
        assert faults
    else:
        assert load(spec.to_json()) == spec
