"""Some addends of a sum never allow more than all of them do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import ndarray as Array

from engine.backends import reference_answer
from engine.judge.hearing import mistaken
from engine.judge.terms import some_terms_of, terms_of
from engine.lane.stage import LayerStage, Stage
from engine.spec import layers_in
from tests.engine.experiments import experiment, layer

INPUTS, UNITS = 130, 128  # enough numbers that time counts


def linear_stage(kind: str, rows: int, seed: int, scale: float = 1.0) -> Stage:
    """Return a stage of a large linear layer with torch's own results, in float64."""
    random = np.random.default_rng(seed)
    draw = {
        "x": (rows, INPUTS),
        "weight": (UNITS, INPUTS),
        "bias": (UNITS,),
        **({"dL_dz": (rows, UNITS)} if kind == "layer_backward" else {}),
    }
    inputs = {role: random.normal(size=shape) * scale for role, shape in draw.items()}
    (made,) = layers_in(experiment([layer(UNITS, "identity")], inputs=INPUTS, rows=2))
    about = LayerStage(made.kind, made.hyper, made.inputs, leads_on=True)
    stage = Stage(kind, inputs, {}, {}, about)
    results = reference_answer(stage, "float64")
    return stage._replace(results=results, names={role: f"layer1.{role}" for role in results})


@pytest.mark.parametrize("kind", ["layer", "layer_backward"])
@settings(max_examples=15)
@given(rows=st.integers(1, 70), seed=st.integers(0, 99), scale=st.sampled_from([1e-30, 1.0, 1e20]))
def test_some_terms_are_no_more_than_all(kind: str, rows: int, seed: int, scale: float) -> None:
    stage = linear_stage(kind, rows, seed, scale)
    some, everything = some_terms_of(stage, stage.results), terms_of(stage, stage.results)
    assert some.keys() == stage.results.keys()
    for role, value in some.items():
        whole = np.broadcast_to(everything[role], value.shape)
        assert np.all(value <= whole * (1 + 1e-5)), role  # magnitudes may be kept in float32


@pytest.mark.parametrize("kind", ["layer", "layer_backward"])
def test_a_large_layer_is_still_found_wrong_in_one_element(kind: str) -> None:
    stage = linear_stage(kind, 32, 7)
    assert mistaken(stage) == []
    for role, right in stage.results.items():
        wrong: Array = right.copy()
        wrong.flat[5] *= 1 + 1e-9
        (found,) = mistaken(stage._replace(results={**stage.results, role: wrong}))
        assert (found.name, found.index) == (f"layer1.{role}", np.unravel_index(5, wrong.shape))


def test_small_layers_and_other_stages_have_no_such_shortcut() -> None:
    stage = linear_stage("layer", 4, 0)
    small = stage._replace(inputs={**stage.inputs, "weight": stage.inputs["weight"][:8]})
    assert some_terms_of(small, stage.results) == {}
    assert some_terms_of(Stage("activation", {"z": np.ones(3)}, {}, {}, "relu"), {}) == {}


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_a_probability_at_its_end_hides_no_mistake(y: float) -> None:
    """Torch refuses targets beyond 1, which a rounding makes of them when it is asked how far they move its answer."""
    inputs = {"a": np.array([[0.3, 0.6], [0.2, 0.9]]), "y": np.full((2, 2), y)}
    right = reference_answer(Stage("loss", inputs, {}, {}, "binary_cross_entropy"), "float64")
    names = {role: role for role in right}
    assert mistaken(Stage("loss", inputs, right, names, "binary_cross_entropy")) == []
    wrong = {role: value * 1.001 for role, value in right.items()}
    found = mistaken(Stage("loss", inputs, wrong, names, "binary_cross_entropy"))
    assert {one.name for one in found} == {"loss", "dL_da"}
