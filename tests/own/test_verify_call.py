"""``engine.verify.verify``: a call for tests and notebooks, whose record is true where the code is right."""

import numpy as np
import pytest

from engine.verify import verify


def descent(w, g, lr=0.1):
    return w - lr * g


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.kept = lr, momentum, {}

    def update(self, params, grads):
        for key in params:
            self.kept[key] = self.momentum * self.kept.get(key, 0.0) - self.lr * grads[key]
            params[key] += self.kept[key]


def swish(z):
    return z / (1 + np.exp(-z))


def swish_grad(z):
    s = 1 / (1 + np.exp(-z))
    return s + z * s * (1 - s)


def test_a_function_that_is_right_is_true() -> None:
    record = verify(descent, "SGD")
    assert record
    assert record.verdict == "rounding"


def test_an_assert_shows_the_words() -> None:
    record = verify(Momentum, "SGD")
    assert not record
    with pytest.raises(AssertionError, match="multiplies the gradient by the learning rate"):
        assert record
    assert "line" in repr(record)


def test_a_pair_of_functions_and_what_is_made_inside_a_test_can_be_verified() -> None:
    assert verify((swish, swish_grad), "silu")

    def closure(w, g, lr=0.2):
        return w - lr * g

    assert verify(closure)


def test_a_convention_can_be_accepted() -> None:
    assert verify(Momentum, "SGD", accept=("sgd.rate_in_momentum",))


def test_arrays_changed_in_place_are_no_matter() -> None:
    def greedy(w, g, lr=0.1):
        g *= lr
        w -= g
        g[...] = np.nan
        return w

    assert verify(greedy, "SGD")


def test_what_overflows_is_unstable_and_float32_inside_is_told() -> None:
    def naive_sigmoid(z):
        return np.exp(z) / (1 + np.exp(z))

    def naive_sigmoid_grad(z):
        return np.exp(z) / (1 + np.exp(z)) ** 2

    record = verify((naive_sigmoid, naive_sigmoid_grad), "sigmoid")
    assert record.verdict == "unstable", record

    def narrow(w, g, lr=0.1):
        return (w - lr * g).astype(np.float32)

    inside = verify(narrow, "SGD")
    assert inside.verdict == "different"
    assert any("float32" in note for note in inside.notes), inside
    assert verify(narrow, "SGD", dtype="float32")


def test_a_constant_factor_is_told() -> None:
    def tripled(w, g, lr=0.1):
        return w - 3.7 * lr * g

    record = verify(tripled, "SGD")
    assert record.verdict == "different"
    assert any("3.7" in note for note in record.notes)
