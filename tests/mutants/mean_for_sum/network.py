"""A backward pass that takes the mean over the rows, where each row adds its share."""

from numpy import ndarray as Array

from engine.diy.network import Gradient, Layer, Pass


def layer_backward(layer: Layer, layer_pass: Pass, dL_da: Array) -> tuple[Array, Gradient]:
    x, z, a = layer_pass
    da_dz = layer.activation.df(z, a)
    dL_dz = dL_da * da_dz
    dL_dW = dL_dz.mT @ x
    if layer.b is None:
        return dL_dz, Gradient(dL_dW, None)
    dL_db = dL_dz.mean(axis=-2).reshape(layer.b.shape)  # mistake
    return dL_dz, Gradient(dL_dW, dL_db)
