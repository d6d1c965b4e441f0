"""Hyperparameters of K configurations that behave as the K Python floats they stand for."""

from typing import Any

import numpy as np


class Weak(np.ndarray):
    """Compute in double precision among themselves and with Python's numbers, else in another array's precision.

    In a run of its own a hyperparameter is a Python float: ``1 - beta2**t`` is computed in double precision, and
    only where it meets the weights is it rounded to theirs. An array of float32 would lose the digits of
    ``1 - beta2**t``, one of float64 would make float64 of the weights. This one rounds as the float does, at the
    same place: so K configurations at once give bit for bit what K runs give, as far as matrix products do.
    """

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        plain = [one.view(np.ndarray) if isinstance(one, Weak) else one for one in inputs]
        others = [one for one in inputs if not isinstance(one, Weak)]
        strong = [one.dtype for one in others if isinstance(one, np.ndarray | np.generic)]
        if not strong:
            return _weak(getattr(ufunc, method)(*plain, **options))
        dtype = np.result_type(*strong, 0.0)
        cast = (own.astype(dtype) if isinstance(one, Weak) else own for one, own in zip(inputs, plain, strict=True))
        return getattr(ufunc, method)(*cast, **options)


def weak(values: Any) -> Weak:
    """Return one number for each of K configurations, shaped (K, 1, 1) as the textbook takes them."""
    return np.asarray(values, np.float64).reshape(-1, 1, 1).view(Weak)


def _weak(result: Any) -> Any:
    """Return an array of floats as weak again; a comparison's truth values are an array as any other."""
    return result.view(Weak) if isinstance(result, np.ndarray) and result.dtype.kind == "f" else result
