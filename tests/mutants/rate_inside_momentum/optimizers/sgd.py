"""Momentum that accumulates the learning rate along with the gradient."""

from numpy import ndarray as Array

from engine.diy.optimizers.sgd import Hyper, State


def update(grad: Array, state: State, weight: Array, hyper: Hyper) -> tuple[Array, State]:
    lr, momentum = hyper.lr, hyper.momentum
    b = state.b
    b = lr * grad if b is None else momentum * b + lr * grad  # mistake
    return weight - b, State(b)
