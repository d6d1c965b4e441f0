"""Rules as well-known libraries, papers and courses have them, by hand: each is the variant of that name alone."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.diy.optimizers import OPTIMIZERS
from engine.variants import Rule, Shows, combined, reference_named, variants_of
from tests.drawing import sample
from tests.products import one_in
from tests.variants.benches import PAIR, Bench, Probe, alike

Style = Callable[[Array, Array, dict[str, Any], Any], Array]


def of(state: dict[str, Any], name: str, weight: Array) -> Array:
    return state.setdefault(name, np.zeros_like(weight))


def keras_adam(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    beta_1, beta_2 = h.betas
    s["iterations"] = s.get("iterations", 0) + 1
    alpha = h.lr * np.sqrt(1 - beta_2 ** s["iterations"]) / (1 - beta_1 ** s["iterations"])
    s["m"] = of(s, "m", w) + (g - of(s, "m", w)) * (1 - beta_1)
    s["v"] = of(s, "v", w) + (np.square(g) - of(s, "v", w)) * (1 - beta_2)
    v = s["v"]
    if getattr(h, "amsgrad", False):
        v = s["v_hat"] = np.maximum(of(s, "v_hat", w), v)
    return w - m_over(s["m"] * alpha, np.sqrt(v) + h.eps)


def m_over(above: Array, below: Array) -> Array:
    with np.errstate(all="ignore"):
        return above / below


def optax_adam(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    b1, b2 = h.betas
    s["count"] = s.get("count", 0) + 1
    s["mu"] = (1 - b1) * g + b1 * of(s, "mu", w)
    s["nu"] = (1 - b2) * g**2 + b2 * of(s, "nu", w)
    mu_hat, nu_hat = s["mu"] / (1 - b1 ** s["count"]), s["nu"] / (1 - b2 ** s["count"])
    if h.amsgrad:
        nu_hat = s["nu_max"] = np.maximum(of(s, "nu_max", w), nu_hat)
    return w + -h.lr * (mu_hat / (np.sqrt(nu_hat) + h.eps))


def optax_nadam(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    b1, b2 = h.betas
    t = s["count"] = s.get("count", 0) + 1
    s["mu"] = (1 - b1) * g + b1 * of(s, "mu", w)
    s["nu"] = (1 - b2) * g**2 + b2 * of(s, "nu", w)
    mu_hat = b1 * s["mu"] / (1 - b1 ** (t + 1)) + (1 - b1) * g / (1 - b1**t)
    return w - h.lr * mu_hat / (np.sqrt(s["nu"] / (1 - b2**t)) + h.eps)


def blog_nadam(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    b1, b2 = h.betas
    t = s["t"] = s.get("t", 0) + 1
    s["m"] = b1 * of(s, "m", w) + (1 - b1) * g
    s["v"] = b2 * of(s, "v", w) + (1 - b2) * g**2
    m_hat, v_hat = s["m"] / (1 - b1**t), s["v"] / (1 - b2**t)
    return w - h.lr / (np.sqrt(v_hat) + h.eps) * (b1 * m_hat + (1 - b1) * g / (1 - b1**t))


def keras_nadam(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    beta_1, beta_2 = h.betas
    t = s["t"] = s.get("t", 0) + 1
    u_t, u_next = beta_1 * (1.0 - 0.5 * 0.96**t), beta_1 * (1.0 - 0.5 * 0.96 ** (t + 1))
    u_product = s["u"] = s.get("u", 1.0) * u_t
    s["m"] = of(s, "m", w) + (g - of(s, "m", w)) * (1 - beta_1)
    s["v"] = of(s, "v", w) + (np.square(g) - of(s, "v", w)) * (1 - beta_2)
    m_hat = u_next * s["m"] / (1 - u_product * u_next) + (1 - u_t) * g / (1 - u_product)
    v_hat = s["v"] / (1 - beta_2**t)
    return w - m_hat * h.lr / (np.sqrt(v_hat) + h.eps)


def keras_adamax(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    beta_1, beta_2 = h.betas
    t = s["t"] = s.get("t", 0) + 1
    s["m"] = of(s, "m", w) + (g - of(s, "m", w)) * (1 - beta_1)
    s["u"] = np.maximum(beta_2 * of(s, "u", w), np.abs(g))
    return w - h.lr * s["m"] / ((1 - beta_1**t) * (s["u"] + h.eps))


def paper_adamax(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    beta_1, beta_2 = h.betas
    t = s["t"] = s.get("t", 0) + 1
    s["m"] = beta_1 * of(s, "m", w) + (1 - beta_1) * g
    s["u"] = np.maximum(beta_2 * of(s, "u", w), np.abs(g))
    return w - m_over(h.lr / (1 - beta_1**t) * s["m"], s["u"])


def paper_amsgrad(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    beta_1, beta_2 = h.betas
    s["m"] = beta_1 * of(s, "m", w) + (1 - beta_1) * g
    s["v"] = beta_2 * of(s, "v", w) + (1 - beta_2) * g**2
    s["v_hat"] = np.maximum(of(s, "v_hat", w), s["v"])
    return w - h.lr * s["m"] / (np.sqrt(s["v_hat"]) + h.eps)


def paper_adamw(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    beta_1, beta_2 = h.betas
    t = s["t"] = s.get("t", 0) + 1
    s["m"] = beta_1 * of(s, "m", w) + (1 - beta_1) * g
    s["v"] = beta_2 * of(s, "v", w) + (1 - beta_2) * g**2
    m_hat, v_hat = s["m"] / (1 - beta_1**t), s["v"] / (1 - beta_2**t)
    return w - (h.lr * m_hat / (np.sqrt(v_hat) + h.eps) + h.weight_decay * w)


def decay_outside_adam(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    return optax_adam(w, g, s, h) - h.lr * h.weight_decay * w


def keras_penalty(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    return optax_adam(w, g + 2 * h.weight_decay * w, s, h)


def one_step_adam(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    beta_1, beta_2 = h.betas
    m, v = (1 - beta_1) * g, (1 - beta_2) * g * g
    return w - h.lr * (m / (1 - beta_1)) / (np.sqrt(v / (1 - beta_2)) + h.eps)


def caffe_sgd(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    diff = g + h.weight_decay * w
    s["history"] = h.lr * diff + h.momentum * of(s, "history", w)
    return w - s["history"]


def cs231n_nesterov(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    v_prev = of(s, "v", w)
    s["v"] = h.momentum * v_prev - h.lr * g
    return w + -h.momentum * v_prev + (1 + h.momentum) * s["v"]


def dlsys_sgd(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    grad = g + h.weight_decay * w
    s["u"] = h.momentum * of(s, "u", w) + (1 - h.momentum) * grad
    return w - h.lr * s["u"]


def d2l_sgd(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    s["v"] = h.momentum * of(s, "v", w) + g
    return w - h.lr * s["v"]


def gradients_never_cleared(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    s["grad"] = of(s, "grad", w) + g
    return w + -h.lr * s["grad"]


def keras_adagrad(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    s["a"] = of(s, "a", w) + np.square(g)
    return w - h.lr * g / np.sqrt(s["a"] + h.eps)


def cs231n_adagrad(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    s["cache"] = of(s, "cache", w) + g**2
    return w + -h.lr * g / (np.sqrt(s["cache"]) + h.eps)


def cs231n_rmsprop(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    s["cache"] = h.alpha * of(s, "cache", w) + (1 - h.alpha) * g**2
    return w + -h.lr * g / (np.sqrt(s["cache"]) + h.eps)


def keras_rmsprop(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    s["v"] = h.alpha * of(s, "v", w) + (1 - h.alpha) * np.square(g)
    denominator = s["v"] + h.eps
    if h.centered:
        s["average"] = h.alpha * of(s, "average", w) + (1 - h.alpha) * g
        denominator = denominator - np.square(s["average"])
    increment = h.lr * g / np.sqrt(denominator)
    if h.momentum > 0:
        s["momentum"] = increment = h.momentum * of(s, "momentum", w) + increment
    return w - increment


def tf1_rmsprop(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    ms = s.setdefault("ms", np.ones_like(w))
    s["ms"] = ms + (g * g - ms) * (1 - h.alpha)
    return w - h.lr * g / np.sqrt(s["ms"] + h.eps)


def zeiler(w: Array, g: Array, s: dict[str, Any], h: Any) -> Array:
    s["g2"] = h.rho * of(s, "g2", w) + (1 - h.rho) * g**2
    dx = -(np.sqrt(of(s, "dx2", w) + h.eps) / np.sqrt(s["g2"] + h.eps)) * g
    s["dx2"] = h.rho * s["dx2"] + (1 - h.rho) * dx**2
    return w + dx


def optax_radam(w: Array, g: Array, s: dict[str, Any], h: Any, threshold: float = 5.0) -> Array:
    b1, b2 = h.betas
    t = s["t"] = s.get("t", 0) + 1
    ro_inf = 2.0 / (1.0 - b2) - 1.0
    s["mu"] = (1 - b1) * g + b1 * of(s, "mu", w)
    s["nu"] = (1 - b2) * g**2 + b2 * of(s, "nu", w)
    ro = ro_inf - 2 * t * b2**t / (1 - b2**t)
    mu_hat, nu_hat = s["mu"] / (1 - b1**t), s["nu"] / (1 - b2**t)
    if ro < threshold:
        return w - h.lr * mu_hat
    r = np.sqrt((ro - 4) * (ro - 2) * ro_inf / ((ro_inf - 4) * (ro_inf - 2) * ro))
    return w - h.lr * r * mu_hat / (np.sqrt(nu_hat) + h.eps)


STYLES: list[tuple[str, Style, Sequence[str], str]] = [
    ("Adam", keras_adam, (), "adam.eps_before_correction"),
    ("Adam", keras_adam, ("amsgrad",), "adam.eps_before_correction"),
    ("Adam", optax_adam, (), ""),
    ("Adam", optax_adam, ("amsgrad",), "adam.max_after_correction"),
    ("Adam", decay_outside_adam, ("weight_decay",), "any.decoupled_for_l2"),
    ("Adam", keras_penalty, ("weight_decay",), "any.decay_doubled"),
    ("Adam", one_step_adam, (), "any.state_reset"),
    ("AdamW", paper_adamw, ("weight_decay",), "any.decay_without_rate"),
    ("AdamW", decay_outside_adam, ("weight_decay",), ""),
    ("AdamW", optax_adam, ("weight_decay",), "any.decay_missing"),
    ("Adamax", keras_adamax, (), "adamax.eps_outside"),
    ("Adamax", paper_adamax, (), "adamax.no_eps"),
    ("NAdam", optax_nadam, (), "nadam.constant_momentum"),
    ("NAdam", blog_nadam, (), "nadam.constant_momentum"),
    ("NAdam", keras_nadam, (), "nadam.momentum_decay_missing"),
    ("RAdam", optax_radam, (), "radam.eps_after_correction"),
    ("SGD", caffe_sgd, ("momentum", "weight_decay"), "sgd.rate_in_momentum"),
    ("SGD", cs231n_nesterov, ("momentum", "nesterov"), "sgd.rate_in_momentum"),
    ("SGD", dlsys_sgd, ("momentum", "weight_decay"), "sgd.averaged_momentum"),
    ("SGD", d2l_sgd, ("momentum",), ""),
    ("SGD", d2l_sgd, ("momentum", "nesterov"), "sgd.heavy_ball_for_nesterov"),
    ("SGD", gradients_never_cleared, (), "any.accumulated_gradient"),
    ("Adagrad", keras_adagrad, (), "adagrad.eps_inside_root"),
    ("Adagrad", cs231n_adagrad, (), ""),
    ("RMSprop", cs231n_rmsprop, (), ""),
    ("RMSprop", keras_rmsprop, (), "rmsprop.eps_inside_root"),
    ("RMSprop", keras_rmsprop, ("centered",), "rmsprop.eps_inside_root"),
    ("Adadelta", zeiler, (), "adadelta.no_rate"),
]


def rule_of(name: str, style: Style) -> Rule:
    def update(grad: Array, state: dict[str, Any], weight: Array, hyper: Any) -> tuple[Array, dict[str, Any]]:
        return style(weight, grad, state, hyper), state

    return Rule(OPTIMIZERS[name].Hyper, dict, lambda _: {}, update)


def path_of(name: str, rule: Rule, on: Sequence[str]) -> Array:
    bench = Bench(name)
    params = bench.params(tuple(on))
    assert params is not None
    return bench.path(rule, params, Probe(PAIR))


@pytest.mark.parametrize(("name", "style", "on", "expected"), STYLES)
def test_is_the_variant_of_that_name_and_no_other(name: str, style: Style, on: Sequence[str], expected: str) -> None:
    path = path_of(name, rule_of(name, style), on)
    found = [each for each in variants_of("optimizer", name) if alike(path, path_of(name, each.made(exact=True), on))]
    shown = {variant.id for variant in found if _is_on(variant.shows, on)}
    assert shown == ({expected} if expected else set())
    assert alike(path, path_of(name, reference_named("optimizer", name).function(exact=True), on)) == (not expected)


def _is_on(shows: Shows, on: Sequence[str]) -> bool:
    return set(shows.on) <= set(on) and not set(shows.off) & set(on)


PAIRS: list[tuple[str, Style, Sequence[str], set[str]]] = [
    ("RMSprop", tf1_rmsprop, (), {"rmsprop.starts_at_one", "rmsprop.eps_inside_root"}),
    ("RMSprop", keras_rmsprop, ("momentum",), {"rmsprop.eps_inside_root", "rmsprop.rate_in_momentum"}),
    (
        "RAdam",
        lambda w, g, s, h: optax_radam(w, g, s, h, threshold=4),
        (),
        {"radam.eps_after_correction", "radam.threshold_4"},
    ),
    ("Adam", paper_adamw, ("weight_decay",), {"any.decoupled_for_l2", "any.decay_without_rate"}),
    (
        "Adam",
        lambda w, g, s, h: keras_adam(w, g + 2 * h.weight_decay * w, s, h),
        ("weight_decay",),
        {"adam.eps_before_correction", "any.decay_doubled"},
    ),
]


@pytest.mark.parametrize(("name", "style", "on", "expected"), one_in(3, sample(PAIRS, 2)))
def test_two_departures_at_once_are_found_as_a_pair(
    name: str, style: Style, on: Sequence[str], expected: set[str]
) -> None:
    path = path_of(name, rule_of(name, style), on)
    variants = variants_of("optimizer", name)
    assert not [variant.id for variant in variants if alike(path, path_of(name, variant.function, on))]
    pairs = [pair for one, other in combinations(variants, 2) if (pair := combined(one, other)) is not None]
    found = [set(pair.ids) for pair in pairs if alike(path, path_of(name, pair.function, on))]
    assert expected in found


def test_amsgrad_without_corrections_is_the_papers_and_no_mistake_alone() -> None:
    """Code that has AMSGrad always on can't be told from code that has no correction at all: both are named."""
    path = path_of("Adam", rule_of("Adam", paper_amsgrad), ("amsgrad",))
    variants = variants_of("optimizer", "Adam")
    found = [each for each in variants if alike(path, path_of("Adam", each.function, ("amsgrad",)))]
    assert [each.id for each in found] == ["adam.amsgrad_uncorrected", "adam.no_bias_correction"]
    assert [each.kind for each in found] == ["convention", "mistake"]
