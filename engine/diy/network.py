r"""A stack of dense layers: forward, and backward by the chain rule.

Layer :math:`l` computes :math:`z = x W^\top + b` and :math:`a = f(z)`, and hands :math:`a` on as the
next layer's :math:`x`. Weights are shaped as ``torch.nn.Linear`` has them: ``W`` ``(out, in)``,
``b`` ``(out,)`` or None; ``x`` is ``(rows, in)``, ``z`` and ``a`` are ``(rows, out)``.
"""

from collections.abc import Sequence
from typing import NamedTuple

from numpy import ndarray as Array

from .activations import Activation


class Layer(NamedTuple):
    W: Array
    b: Array | None
    activation: Activation


class Pass(NamedTuple):
    """What a layer's forward pass leaves behind for its backward pass."""

    x: Array
    z: Array
    a: Array


class Gradient(NamedTuple):
    dL_dW: Array
    dL_db: Array | None


def layer_forward(layer: Layer, x: Array) -> Pass:
    W, b, activation = layer
    z = x @ W.mT
    if b is not None:
        z = z + b
    a = activation.f(z)
    return Pass(x, z, a)


def forward(layers: Sequence[Layer], x: Array) -> list[Pass]:
    """Every layer's pass, first layer first; the network's output is the last one's ``a``."""
    passes: list[Pass] = []
    for layer in layers:
        layer_pass = layer_forward(layer, x)
        passes.append(layer_pass)
        x = layer_pass.a
    return passes


def layer_backward(layer: Layer, layer_pass: Pass, dL_da: Array) -> tuple[Array, Gradient]:
    r""":math:`\partial L/\partial z` and the gradients of ``W`` and ``b``, given :math:`\partial L/\partial a`."""
    x, z, a = layer_pass
    da_dz = layer.activation.df(z, a)
    dL_dz = dL_da * da_dz
    dL_dW = dL_dz.mT @ x
    if layer.b is None:
        return dL_dz, Gradient(dL_dW, None)
    dL_db = dL_dz.sum(axis=-2).reshape(layer.b.shape)  # every row adds the same b, so rows sum
    return dL_dz, Gradient(dL_dW, dL_db)


def backward(layers: Sequence[Layer], passes: Sequence[Pass], dL_da: Array) -> list[Gradient]:
    r"""Every layer's gradient, first layer first, from the loss's :math:`\partial L/\partial a`."""
    gradients: list[Gradient] = []
    for layer, layer_pass in zip(reversed(layers), reversed(passes), strict=True):
        dL_dz, gradient = layer_backward(layer, layer_pass, dL_da)
        gradients.append(gradient)
        if len(gradients) < len(layers):
            dL_da = dL_dz @ layer.W  # this layer's x is the a of the one below
    gradients.reverse()
    return gradients
