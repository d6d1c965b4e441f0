"""Forms in which own code is written, each as the smallest that runs: something to write on from."""

from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class Skeleton(NamedTuple):
    """Hold a form: its ``title`` for a menu, what it is as it stands, and its text."""

    title: str
    against: str
    text: str

    @property
    def shown_title(self) -> str:
        """Return the title in the language spoken."""
        return QCoreApplication.translate("own_code", self.title)


PLAIN = '''def sgd(w, g, lr=0.001):
    """Return the next weight, of a weight and its gradient."""
    return w - lr * g
'''
STATE = '''import numpy as np


def momentum(w, g, state, lr=0.001, momentum=0.9):
    """Return the next weight, and the state, a dict that is empty before the first step."""
    v = momentum * state["v"] + g if "v" in state else g
    state["v"] = v
    return w - lr * v, state
'''
CONFIG = '''import numpy as np


def momentum(w, dw, config=None):
    """Return the next weight, and the config with what is to be remembered."""
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))
    v = config["momentum"] * v + dw
    config["velocity"] = v
    return w - config["learning_rate"] * v, config
'''
CLASS = '''import numpy as np


class Momentum:
    """Take steps over a list of weights, in place."""

    def __init__(self, params, lr=0.001, momentum=0.9):
        self.params, self.lr, self.momentum = params, lr, momentum
        self.v = [np.zeros_like(w) for w in params]

    def step(self, grads):
        for v, w, g in zip(self.v, self.params, grads):
            v *= self.momentum
            v += g
            w -= self.lr * v
'''
PAIR = '''import numpy as np


def tanh(z):
    return np.tanh(z)


def d_tanh(z):
    """Return the derivative at z."""
    return 1 - np.tanh(z) ** 2
'''
ACTIVATION_CLASS = """import numpy as np


class Tanh:
    def forward(self, z):
        self.a = np.tanh(z)
        return self.a

    def backward(self, dout):
        return dout * (1 - self.a**2)
"""
LOSS_PAIR = '''import numpy as np


def mse(y_pred, y_true):
    return np.mean((y_pred - y_true) ** 2)


def d_mse(y_pred, y_true):
    """Return the gradient of the loss by the predictions."""
    return 2 * (y_pred - y_true) / y_pred.size
'''
LOSS_GRADIENT = '''import numpy as np


def mse_loss(x, y):
    """Return the loss, and its gradient by x."""
    loss = np.mean((x - y) ** 2)
    dx = 2 * (x - y) / x.size
    return loss, dx
'''
LAYER_PAIR = '''def affine_forward(x, w, b):
    """Return the layer's outputs and what the backward pass needs; w is shaped (inputs, outputs)."""
    return x @ w + b, (x, w)


def affine_backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
'''
LAYER_CLASS = """class Dense:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = dvalues.sum(axis=0)
        self.dinputs = dvalues @ self.weights.T
"""

_TITLES = (
    QT_TRANSLATE_NOOP("own_code", "A function of weight and gradient"),
    QT_TRANSLATE_NOOP("own_code", "A function with a state"),
    QT_TRANSLATE_NOOP("own_code", "A function with a config"),
    QT_TRANSLATE_NOOP("own_code", "A class with step"),
    QT_TRANSLATE_NOOP("own_code", "A function and its derivative"),
    QT_TRANSLATE_NOOP("own_code", "A class with forward and backward"),
    QT_TRANSLATE_NOOP("own_code", "A function that returns loss and gradient"),
    QT_TRANSLATE_NOOP("own_code", "Two functions, forward and backward"),
)
_SKELETONS: dict[str, tuple[Skeleton, ...]] = {
    "optimizer": (
        Skeleton("A function of weight and gradient", "SGD", PLAIN),
        Skeleton("A function with a state", "SGD", STATE),
        Skeleton("A function with a config", "SGD", CONFIG),
        Skeleton("A class with step", "SGD", CLASS),
    ),
    "activation": (
        Skeleton("A function and its derivative", "tanh", PAIR),
        Skeleton("A class with forward and backward", "tanh", ACTIVATION_CLASS),
    ),
    "loss": (
        Skeleton("A function and its derivative", "mse", LOSS_PAIR),
        Skeleton("A function that returns loss and gradient", "mse", LOSS_GRADIENT),
    ),
    "layer": (
        Skeleton("Two functions, forward and backward", "linear", LAYER_PAIR),
        Skeleton("A class with forward and backward", "linear", LAYER_CLASS),
    ),
}  # fmt: skip


def skeletons(kind: str) -> tuple[Skeleton, ...]:
    """Return the forms in which code of a kind may be begun."""
    return _SKELETONS[kind]
