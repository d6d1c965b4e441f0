"""Every variant of an activation, a loss and the dense layer is told apart, by value and derivative alike."""

from collections.abc import Callable, Iterator
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.diy import network
from engine.diy.activations import ACTIVATIONS
from engine.diy.layers import LAYERS
from engine.diy.losses import LOSSES
from engine.diy.network import Layer
from engine.own.inside import Inside
from engine.spec import complete_layer, outputs_of
from engine.variants import Kind, Variant, reference_of, variants_of
from engine.variants.dense import Weights
from tests.variants.benches import alike

ROWS, OUTPUTS = 5, 3  # so that a sum, a mean over rows and one over outputs are three factors


def z_values(needs: tuple[str, ...]) -> Array:
    z = np.random.default_rng(0).normal(size=200) * 3
    zeros = [0.0] if "zeros" in needs else []
    far_out = [-800.0, -30.0, 20.5, 30.0, 800.0] if "far out" in needs else []
    return np.array([*z, *zeros, *far_out])


def of_activation(activation: Any, needs: tuple[str, ...]) -> Array:
    z = z_values(needs)
    a = activation.f(z)
    return np.concatenate([a, activation.df(z, a)])


def of_rows(activation: Any, needs: tuple[str, ...]) -> Array:
    z = z_values(needs)[:198].reshape(66, 3)
    a = activation.f(z)
    dL_da = np.random.default_rng(4).normal(size=z.shape)
    return np.concatenate([a, activation.back(dL_da, z, a)], axis=None)


def loss_inputs(name: str, needs: tuple[str, ...]) -> Iterator[tuple[Array, Array]]:
    rng = np.random.default_rng(1)
    for scale in (1, 3, 20) if "far out" in needs else (1, 3):
        z = rng.normal(size=(ROWS, OUTPUTS)) * scale
        classes, truths = rng.integers(0, OUTPUTS, ROWS), rng.integers(0, 2, z.shape) * 1.0
        p = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
        targets = {"cross_entropy": classes, "nll": classes, "bce": truths, "binary_cross_entropy": truths}
        y = p[::-1] if name == "kl_div" else targets.get(name, rng.normal(size=z.shape))
        outputs = {"log probabilities": np.log(p), "probabilities": p}.get(outputs_of(name), z)
        yield (p if "probabilities" in needs else outputs), y


def of_loss(name: str) -> Callable[[Any, tuple[str, ...]], Array]:
    def run(loss: Any, needs: tuple[str, ...]) -> Array:
        results = [(loss.f(a, y), loss.df(a, y)) for a, y in loss_inputs(name, needs)]
        return np.concatenate([np.ravel(part) for result in results for part in result])

    return run


def of_layer(dense: Any, needs: tuple[str, ...]) -> Array:
    rng = np.random.default_rng(2)
    outputs = 4 if "square weight" in needs else OUTPUTS
    activation = ACTIVATIONS["tanh" if "activation" in needs else "identity"]
    layer = Weights(rng.normal(size=(outputs, 4)), rng.normal(size=outputs), activation)
    passed = dense.forward(layer, rng.normal(size=(ROWS, 4)))
    try:
        gradient = dense.backward(layer, passed, rng.normal(size=passed.a.shape), 0.1 if "rate" in needs else 0.0)
    except ValueError:
        return np.zeros(1)  # its shapes don't fit
    parts = (*passed, *gradient)
    return np.concatenate([[*part.shape, *part.ravel()] for part in parts])


def of_kind(name: str) -> Callable[[Any, tuple[str, ...]], Array]:
    """All that a layer's passes come to; a dropout's two masks are one where no other is needed."""
    rng = np.random.default_rng(5)
    x, dL_dz = rng.normal(size=(2, ROWS, 4))
    mask, other = (rng.random(size=(2, ROWS, 4)) < 0.7).astype(float)
    params: dict[str, Any] = {
        "weight": rng.normal(size=4),
        "bias": rng.normal(size=4),
        "num_batches_tracked": np.array(0),
        "mask": mask,
    }
    params |= {"running_mean": rng.normal(size=4), "running_var": rng.uniform(0.5, 2, size=4)}
    if name == "Embedding":
        x, dL_dz = np.array([[0, 2, 0], [1, 1, 3]]), rng.normal(size=(2, 3, 4))
        params = {"weight": rng.normal(size=(5, 4))}
    if name == "RMSNorm":
        del params["bias"]
    if name == "Flatten":
        x, dL_dz = rng.normal(size=(ROWS, 2, 3)), rng.normal(size=(ROWS, 6))
    if name == "Residual":
        params = {"inside": Inside(rng.normal(size=(4, 4)), x)}
    hyper = (
        None
        if name in ("Embedding", "Residual")
        else complete_layer(name, {"Dropout": {"p": 0.3}, "RMSNorm": {"eps": 1e-3}}.get(name, {}))
    )

    def run(rule: Any, needs: tuple[str, ...]) -> Array:
        back = {"back_mask": other if "another mask" in needs else mask} if name == "Dropout" else {}
        given = {f"a.{key}": value for key, value in {**params, **back}.items()}
        z, cache = rule.forward(x, given, "a", hyper)
        dL_dx, grads = rule.backward(dL_dz, cache, given, "a", hyper)
        buffers = getattr(cache, "buffers", {})
        evaluated, _ = rule.evaluate(x, {**given, **buffers}, "a", hyper)
        parts = [z, *([] if dL_dx is None else [dL_dx]), *grads.values(), *buffers.values(), evaluated]
        shares = [] if rule.share is None else [rule.share(hyper)]
        return np.concatenate([*parts, shares], axis=None)

    return run


KINDS = ("BatchNorm1d", "LayerNorm", "RMSNorm", "Dropout", "Flatten", "Embedding", "Residual")
KNOWN = list(LOSSES)
OF_ROWS = ("softmax", "log_softmax")
ELEMENTWISE = [name for name, activation in ACTIVATIONS.items() if activation.back is None]
RUNS: dict[tuple[Kind, str], Callable[[Any, tuple[str, ...]], Array]] = {
    **{("activation", name): of_activation for name in ELEMENTWISE},
    **{("loss", name): of_loss(name) for name in KNOWN},
    **{("activation", name): of_rows for name in OF_ROWS},
    ("layer", "linear"): of_layer,
    **{("layer", name): of_kind(name) for name in KINDS},
}
NEEDS = ("zeros", "far out", "square weight", "activation", "rate", "another mask")


def everywhere(kind: Kind, name: str, function: Any) -> Array:
    """All it comes to, on all that anything needs; a loss of probabilities on those as well as on logits."""
    run = RUNS[kind, name]
    given = [NEEDS, (*NEEDS, "probabilities")] if kind == "loss" else [NEEDS, ()]
    return np.concatenate([run(function, needs) for needs in given])


@pytest.mark.parametrize(("kind", "name"), RUNS)
def test_all_are_told_apart(kind: Kind, name: str) -> None:
    found = [("the reference", everywhere(kind, name, reference_of(kind, name)))]
    found += [(variant.id, everywhere(kind, name, variant.function)) for variant in variants_of(kind, name)]
    for (one, values), (other, other_values) in combinations(found, 2):
        if one != other:  # ways of writing the same thing may differ only further out
            assert not alike(values, other_values), f"{one} is {other}"


@pytest.mark.parametrize(("kind", "name"), RUNS)
def test_each_shows_where_it_says(kind: Kind, name: str) -> None:
    run, reference = RUNS[kind, name], reference_of(kind, name)
    for variant in variants_of(kind, name):
        needs = variant.shows.needs
        assert not alike(run(variant.function, needs), run(reference, needs)), variant.id
        for left_out in {*needs} & {"zeros", "activation", "rate", "another mask"}:
            less = tuple(need for need in needs if need != left_out)
            assert alike(run(variant.function, less), run(reference, less)), f"{variant.id} without {left_out}"


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_an_unchanged_activation_is_the_textbooks(name: str) -> None:
    ours, theirs = (of_activation(each, NEEDS) for each in (reference_of("activation", name), ACTIVATIONS[name]))
    np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", KNOWN)
def test_an_unchanged_loss_is_the_textbooks(name: str) -> None:
    ours, theirs = (of_loss(name)(each, NEEDS) for each in (reference_of("loss", name), LOSSES[name]))
    np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", KINDS[:-2])
def test_an_unchanged_layer_is_the_textbooks(name: str) -> None:
    kind: Any = LAYERS[name]
    textbooks = SimpleNamespace(
        forward=kind.forward,
        backward=kind.backward,
        evaluate=getattr(kind, "evaluate", kind.forward),
        share=getattr(kind, "mask_share", None),
    )
    ours, theirs = (of_kind(name)(each, NEEDS) for each in (reference_of("layer", name), textbooks))
    np.testing.assert_array_equal(ours, theirs)


def test_unchanged_dense_layers_go_forward_and_back_as_the_textbooks() -> None:
    rng = np.random.default_rng(3)
    sizes = [(3, 2), (4, 3)]
    first, second = (Weights(rng.normal(size=size), rng.normal(size=size[0]), ACTIVATIONS["tanh"]) for size in sizes)
    layers = [Layer(name, LAYERS["Linear"], ACTIVATIONS["tanh"]) for name in ("layer1", "layer2")]
    params = {"layer1.weight": first.W, "layer1.bias": first.b, "layer2.weight": second.W, "layer2.bias": second.b}
    dense = reference_of("layer", "linear")
    x = rng.normal(size=(ROWS, 2))
    a, caches = network.forward(layers, params, x)
    below = dense.forward(first, x)
    above = dense.forward(second, below.a)
    dL_da = rng.normal(size=(ROWS, 4))
    top = dense.backward(second, above, dL_da, 0.0)
    bottom = dense.backward(first, below, top.dL_dx, 0.0)
    grads = network.backward(layers, params, caches, dL_da)
    np.testing.assert_array_equal(above.a, a)
    ours = (bottom.dL_dW, bottom.dL_db, top.dL_dW, top.dL_db)
    for our, their in zip(ours, grads.values(), strict=True):
        np.testing.assert_array_equal(our, their)


def test_cross_entropys_undivided_gradient_is_that_of_a_sum() -> None:
    """Both ids are told of it, as no input tells them apart."""
    [undivided] = [each for each in variants_of("loss", "cross_entropy") if each.id.endswith("not_divided_by_rows")]
    assert undivided.same_as == ("loss.gradient_of_other_reduction",)
    for z, y in loss_inputs("cross_entropy", ("far out",)):
        [of_a_sum] = [each for each in variants_of("loss", "cross_entropy") if each.id == "loss.sum_for_mean"]
        np.testing.assert_allclose(undivided.function.df(z, y), of_a_sum.function.df(z, y))
        np.testing.assert_array_equal(undivided.function.f(z, y), LOSSES["cross_entropy"].f(z, y))


def found(kind: Kind, name: str, f: Callable[..., Array], df: Callable[..., Array], needs: tuple[str, ...]) -> set[str]:
    """The ids of the variants that two functions written by hand are."""

    class Written:
        pass

    written: Any = Written()
    written.f, written.df = f, df
    values = RUNS[kind, name](written, needs)
    return {each.id for each in variants_of(kind, name) if alike(values, RUNS[kind, name](each.function, needs))}


def softmax(z: Array) -> Array:
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def hot(y: Array) -> Array:
    return np.eye(OUTPUTS)[y]


FAR_P = ("far out", "probabilities")


@pytest.mark.parametrize(
    ("name", "f", "df", "needs", "expected"),
    [
        (  # a course's loss class: clipped probabilities, and their gradient
            "cross_entropy",
            lambda p, y: np.mean(-np.log(np.clip(p, 1e-7, 1 - 1e-7)[range(len(p)), y])),
            lambda p, y: -hot(y) / p / len(p),
            FAR_P,
            "cross_entropy.clipped",
        ),
        (
            "cross_entropy",
            lambda p, y: -np.sum(np.log(p[np.arange(len(p)), y] + 1e-7)) / len(p),
            lambda p, y: (p - hot(y)) / len(p),
            FAR_P,
            "cross_entropy.log_plus_eps",
        ),
        (
            "cross_entropy",
            lambda z, y: -np.mean(np.log(softmax(z)[np.arange(len(z)), y])),
            lambda z, y: softmax(z) - hot(y),
            (),
            "cross_entropy.not_divided_by_rows",
        ),
        (
            "cross_entropy",
            lambda z, y: -np.mean(hot(y) * np.log(softmax(z))),
            lambda z, y: (softmax(z) - hot(y)) / y.size / OUTPUTS,
            (),
            "cross_entropy.divided_by_classes",
        ),
        (
            "bce",
            lambda p, y: np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p))),
            lambda p, y: -(y / p - (1 - y) / (1 - p)) / p.size,
            FAR_P,
            "bce.on_probabilities",
        ),
        (
            "mse",
            lambda a, y: np.mean(np.sum((y - a) ** 2, axis=1)),
            lambda a, y: 2 * (a - y) / len(a),
            (),
            "loss.per_row",
        ),
        ("mse", lambda a, y: np.mean((y - a) ** 2), lambda a, y: -2 * (a - y) / a.size, (), "loss.sign"),
        ("mse", lambda a, y: np.mean((y - a) ** 2), lambda a, y: 2 * (a - y), (), "loss.gradient_of_other_reduction"),
        ("mse", lambda a, y: np.mean((y - a) ** 2) / 2, lambda a, y: (a - y) / a.size, (), "loss.half"),
    ],
)
def test_a_loss_as_others_write_it_is_the_variant_of_that_name_and_no_other(
    name: str, f: Any, df: Any, needs: tuple[str, ...], expected: str
) -> None:
    assert found("loss", name, f, df, needs) == {expected}


@pytest.mark.parametrize(
    ("name", "f", "df", "expected"),
    [
        ("sigmoid", lambda x: 1 / (1 + np.exp(-x)), lambda x, _: x * (1 - x), "activation.of_z"),
        ("tanh", np.tanh, lambda _, a: 1 - np.tanh(a) ** 2, "activation.of_z"),
        ("relu", lambda x: x * (x > 0), lambda x, _: np.where(x >= 0, 1.0, 0.0), "relu.one_at_zero"),
        ("leaky_relu", lambda x: np.maximum(0.01 * x, x), lambda x, _: 1.0 * (x > 0), "leaky.slope_missing"),
        (
            "gelu",
            lambda x: x * (1 / (1 + np.exp(-1.702 * x))),
            lambda x, _: (s := 1 / (1 + np.exp(-1.702 * x))) + x * 1.702 * s * (1 - s),
            "gelu.sigmoid",
        ),
        ("softplus", lambda x: np.logaddexp(0, x), lambda x, _: 1 / (1 + np.exp(-x)), "softplus.no_threshold"),
    ],
)
@np.errstate(over="ignore")
def test_an_activation_as_others_write_it_is_the_variant_of_that_name_and_no_other(
    name: str, f: Any, df: Any, expected: str
) -> None:
    assert found("activation", name, f, df, ("zeros", "far out")) == {expected}


def test_gelus_approximation_has_its_own_derivative() -> None:
    [by_tanh] = [each for each in variants_of("activation", "gelu") if each.id == "gelu.tanh"]
    z = z_values(())
    f = by_tanh.function.f
    slopes = (f(z + 1e-6) - f(z - 1e-6)) / 2e-6
    np.testing.assert_allclose(by_tanh.function.df(z, f(z)), slopes, atol=1e-8)


def test_a_mixed_gelu_is_a_mistake() -> None:
    mixed: list[Variant] = [each for each in variants_of("activation", "gelu") if "derivative_of_other" in each.id]
    assert [each.kind for each in mixed] == ["mistake", "mistake"]
