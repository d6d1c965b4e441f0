"""A backward pass whose weight gradient lies on its side."""

from numpy import ndarray as Array

from engine.diy.network import Gradient, Layer, Pass


def layer_backward(layer: Layer, layer_pass: Pass, dL_da: Array) -> tuple[Array, Gradient]:
    x, z, a = layer_pass
    da_dz = layer.activation.df(z, a)
    dL_dz = dL_da * da_dz
    dL_dW = x.mT @ dL_dz  # mistake
    if layer.b is None:
        return dL_dz, Gradient(dL_dW, None)
    dL_db = dL_dz.sum(axis=-2).reshape(layer.b.shape)
    return dL_dz, Gradient(dL_dW, dL_db)
