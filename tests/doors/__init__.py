"""A textbook of toys beside the real one: one file each, which is all that it takes to add something.

A test in this process calls ``added(folder, monkeypatch)``; one with a window gives its client
``engine_with(folder)`` as the engine process's body.
"""

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import engine.diy

FILES = {
    "activations/tanhshrink.py": '''
"""What a tanh leaves of a number: next to nothing near 0, nearly all far out."""

import numpy as np
from numpy import ndarray as Array

TORCH = "torch.nn.Tanhshrink"
TITLE = "Tanh shrink"


def tanhshrink(z: Array) -> Array:
    r""":math:`a = z - \\tanh z`"""
    return z - np.tanh(z)


def d_tanhshrink(z: Array, a: Array) -> Array:
    r""":math:`\\partial a/\\partial z = \\tanh^2 z`"""
    t = np.tanh(z)
    return t * t
''',
    "losses/poisson.py": '''
"""The Poisson loss of counts, whose logarithms the outputs are."""

import numpy as np
from numpy import ndarray as Array

from ..mean import count, mean

TORCH = "torch.nn.functional.poisson_nll_loss"
TITLE = "Poisson"
TARGET = "numbers"


def poisson(z: Array, y: Array) -> Array:
    r""":math:`L = \\frac1n \\sum e^z - y z`"""
    return mean(np.exp(z) - y * z)


def d_poisson(z: Array, y: Array) -> Array:
    r""":math:`\\partial L/\\partial z = \\frac1n (e^z - y)`"""
    return (np.exp(z) - y) / count(z)
''',
    "optimizers/heavy_ball.py": '''
r"""Polyak's heavy ball: :math:`b_t = \\mu\\, b_{t-1} + g_t`, :math:`w_t = w_{t-1} - \\gamma\\, b_t`."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

from numpy import ndarray as Array

from .hyper import Hyperparameter, LearningRate

NAME = "HeavyBall"
TORCH = "torch.optim.SGD"


class Hyper(NamedTuple):
    lr: LearningRate = 0.01
    momentum: Annotated[float, Hyperparameter("Weight of the ball", "How much of a step is kept.")] = 0.9


class State(NamedTuple):
    b: Array | None


TORCH_STATE = {"b": "momentum_buffer"}


def init(weight: Array) -> State:
    return State(b=None)


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, momentum = hyper
    b = grad if state.b is None else momentum * state.b + grad
    return weight - lr * b, State(b)


def parts(change: Any) -> Iterator[tuple[str, str, float]]:
    yield "gradient", r"-\\gamma\\,g_t", -change.hyper.lr * change.g
    b = change.state_after["b"]
    yield "momentum", r"-\\gamma\\,(b_t - g_t)", -change.hyper.lr * (b - change.g)
''',
    "schedules/halving.py": '''
r"""The rate is halved every so many steps: :math:`\\gamma_t = \\gamma_0\\, g^{\\lfloor t / s \\rfloor}`."""

from typing import Annotated, NamedTuple

from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

NAME = "Halving"
TORCH = "torch.optim.lr_scheduler.StepLR"


class Hyper(NamedTuple):
    step_size: Annotated[int, Hyperparameter("Half-life", "After how many steps it is halved.", low=1)] = 3
    gamma: Annotated[float, Hyperparameter("Share", "What is left of the rate.")] = 0.5


def rate(t: int, lr: float | Array, hyper: Hyper) -> float | Array:
    step_size, gamma = hyper
    return lr * gamma ** (t // step_size)
''',
    "layers/prelu.py": '''
r"""A bend whose slope is learned: :math:`z = \\max(x, 0) + w \\min(x, 0)`, each input with a weight of its own."""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from ..optimizers.hyper import Hyperparameter

NAME = "PReLU"
TORCH = "torch.nn.PReLU"
TITLE = "Learned bend"


class Hyper(NamedTuple):
    init: Annotated[float, Hyperparameter("First slope", "What every weight begins with.", live=False)] = 0.25


def torch_arguments(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, Any]:
    return {"num_parameters": inputs[0], "init": hyper.init}


def shapes(inputs: tuple[int, ...], hyper: Hyper) -> dict[str, tuple[int, ...]]:
    return {"weight": inputs}


def forward(x: Array, params: Mapping[str, Array], name: str, hyper: Hyper) -> tuple[Array, Array]:
    w = params[f"{name}.weight"]
    z = np.maximum(x, 0) + w * np.minimum(x, 0)
    return z, x


def backward(
    dL_dz: Array, x: Array, params: Mapping[str, Array], name: str, hyper: Hyper, wants_dL_dx: bool = True
) -> tuple[Array | None, dict[str, Array]]:
    w = params[f"{name}.weight"]
    dz_dw = np.minimum(x, 0)
    dL_dw = (dL_dz * dz_dw).sum(axis=-2).reshape(w.shape)
    grads = {f"{name}.weight": dL_dw}
    if not wants_dL_dx:
        return None, grads
    dz_dx = np.where(x > 0, x.dtype.type(1), w)
    dL_dx = dL_dz * dz_dx
    return dL_dx, grads


def dz_dw(x: Array, parameter: str, index: tuple[int, ...], hyper: Hyper) -> Array:
    return np.minimum(x[:, index[0]], 0)
''',
}


def written(folder: Path) -> Path:
    """Write the toys' files to a folder that is laid out as the textbook is."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def added(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Have the toys in the textbook until the test is over: its packages have a folder more, and that is all."""
    written(folder)
    patch.setattr(engine.diy, "__path__", [*engine.diy.__path__, str(folder)])
    for name in FILES:
        inner, _, file = name.removesuffix(".py").partition("/")
        package = import_module(f"engine.diy.{inner}")
        patch.setattr(package, "__path__", [*package.__path__, str(folder / inner)])
        patch.delitem(sys.modules, f"{package.__name__}.{file}", raising=False)


def engine_with(folder: Path) -> Callable[[Connection], None]:
    """Return an engine process's body, as ``main.serve_engine`` is one, with the toys in its textbook."""
    return partial(_serve, folder)


def _serve(folder: Path, connection: Connection) -> None:
    added(folder, pytest.MonkeyPatch())
    from engine.server.server import serve

    serve(connection)
