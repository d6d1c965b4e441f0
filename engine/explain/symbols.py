r"""How a name of the textbook is written in a formula: ``dL_dz`` is :math:`\partial L/\partial z`.

Names that follow the textbook's habits need no entry here: Greek words, numbered ones (``beta1``), hats
(``m_hat``), bounds (``v_max``), derivatives (``da_dz``). A word that is nobody's symbol stays the word, upright, as
the source has it.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import engine.diy
from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES
from engine.diy.problems import PROBLEMS

GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "rho"),
    *("sigma", "tau", "phi", "chi", "psi", "omega"),
)
HYPERPARAMETERS = {
    "lr": r"\gamma",
    "learning_rate": r"\gamma",
    "negative_slope": "s",
    "threshold": r"\theta",
    "min_val": "l",
    "max_val": "h",
    "label_smoothing": r"\epsilon",
    "eps": r"\epsilon",
    "weight_decay": r"\lambda",
    "lambd": r"\lambda_{\eta}",
    "momentum": r"\mu",
    "dampening": r"\tau",
    "beta2_decay": r"\tau",
    "lr_decay": r"\eta",
    "initial_accumulator_value": "G_{0}",
    "momentum_decay": r"\psi",
}
SYMBOLS = {
    **{name: rf"\{name}" for name in GREEK},
    **HYPERPARAMETERS,
    "grad": r"\frac{\partial L}{\partial w}",
    "weight": "w",
    "dw": r"\Delta w",
    "Delta": r"\Delta",
    "mu_product": r"\mu_{1:t}",
    "ell": r"\ell",
    "loss": "L",
    "cdf": r"\Phi",
    "pdf": r"\varphi",
    "pi": r"\pi",
    "e": "e",
}
ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}
BOUNDS = {
    **{"max": r"\max", "min": r"\min", "inf": r"\infty", "minus": "-", "plus": "+"},
    **{"prev": "t-1", "next": "t+1"},
}
# Records and tuples of arrays: a line about these moves things about and computes nothing.
RECORDS = (
    *("layer", "layers", "params", "new_params", "grads", "layer_grads", "cache", "caches", "kept", "activation"),
    *("state", "states", "new_states", "hyper", "optimizer"),
)
OF_A_LINE = ("slope", "curvature", "shortest", "longest", "margin", "left", "right")  # along one direction: numbers
_DERIVATIVE = re.compile(r"d([A-Za-z]\w*?)_d([A-Za-z]\w*)")
_NUMBERED = re.compile(r"([A-Za-z]+)(\d+)")


_OF_WORD = re.compile(r".*\['(\w+)'\]")
_OF_KEY = re.compile(r"(?:.*\.)?(\w+)\[(\w+)\]")
_OF_OBJECT = re.compile(r".*\.(\w+)")


def kept_name(name: str) -> str:
    """Return what ``config['m']`` and ``self.m`` are called: ``m``; any other name as it is."""
    found = _OF_WORD.fullmatch(name) or _OF_OBJECT.fullmatch(name)
    return name if found is None else found.group(1)


@cache
def symbol(name: str) -> str:
    """Return the name in LaTeX."""
    if of_key := _OF_KEY.fullmatch(name):
        base, key = map(symbol, of_key.groups())
        return f"{{{base}}}_{{{key}}}" if "_" in base else f"{base}_{{{key}}}"
    name = kept_name(name.removesuffix(".data"))
    if name in SYMBOLS:
        return SYMBOLS[name]
    if len(name) == 1:
        return name
    if derivative := _DERIVATIVE.fullmatch(name):
        above, below = derivative.groups()
        return rf"\frac{{\partial {symbol(above)}}}{{\partial {symbol(below)}}}"
    if numbered := _NUMBERED.fullmatch(name):
        base, number = numbered.groups()
        return f"{symbol(base)}_{{{number}}}"
    if name.startswith("ln_"):
        return rf"\ln {symbol(name.removeprefix('ln_'))}"
    if name.startswith("sqrt_"):
        return rf"\sqrt{{{symbol(name.removeprefix('sqrt_'))}}}"
    return _with_suffix(name)


def _with_suffix(name: str) -> str:
    base, _, suffix = name.rpartition("_")
    if not base or not suffix:
        return word(name)
    if suffix in ACCENTS:
        return f"{ACCENTS[suffix]}{{{symbol(base)}}}"
    if len(base) > 1 and base not in SYMBOLS and not _NUMBERED.fullmatch(base):
        return word(name)
    return f"{symbol(base)}_{{{BOUNDS.get(suffix) or symbol(suffix)}}}"


def word(name: str) -> str:
    """Write a word in upright letters, with spaces for underscores."""
    return rf"\mathrm{{{name.strip('_').replace('_', chr(92) + ' ')}}}"


def is_scalar(name: str) -> bool:
    """Tell whether the name is of one number for the whole weight: a hyperparameter, a count, a constant."""
    if name in HYPERPARAMETERS or name in ("t", "n", "pi") or is_constant(name):
        return True
    base = name.partition("_")[0].rstrip("0123456789")
    return base in ("t", *GREEK) or base in HYPERPARAMETERS or base in OF_A_LINE or name == "H_diag"


def is_constant(name: str) -> bool:
    """Tell whether it is a constant as ``SELU_SCALE`` is; a capital alone is a matrix."""
    return len(name) > 1 and name.isupper()


@cache
def constants() -> dict[str, float]:
    """Return the numbers that the textbook has named at the top of its files."""
    found: dict[str, float] = {}
    for module in walk_packages(engine.diy.__path__, f"{engine.diy.__name__}."):
        names = vars(import_module(module.name)).items()
        found.update({name: value for name, value in names if is_constant(name) and isinstance(value, int | float)})
    return found


def result_of(function: str) -> str:
    """Write what the function's ``return`` gives, in LaTeX; empty where it has no symbol."""
    name, _, _ = function.partition("_by_")  # gelu_by_tanh gives what gelu gives
    return _results(tuple(ACTIVATIONS), tuple(LOSSES)).get(name, "")


@cache
def _results(activations: Sequence[str], losses: Sequence[str]) -> dict[str, str]:
    results = {"update": "w", "count": "n"}
    for name in activations:
        results |= {name: "a", f"d_{name}": symbol("da_dz"), f"{name}_backward": symbol("dL_dz")}
    for name in losses:
        derivative = vars(LOSSES.module(name))[f"d_{name}"]
        output = derivative.__code__.co_varnames[0]  # a, or z where the loss takes logits
        results |= {name: "L", f"d_{name}": symbol(f"dL_d{output}")}
    return results | _results_of_points()


def of_a_point(function: str) -> bool:
    """Tell whether it is a function of two numbers, or the gradient of one."""
    return function in _results_of_points()


@cache
def _results_of_points() -> dict[str, str]:
    results: dict[str, str] = {}
    for make in PROBLEMS.values():
        f, df, *_ = make(1.0)
        results |= {_name(f): "L", _name(df): symbol("grad")}
    return results


def _name(function: Callable[..., Any]) -> str:
    """Its name, whether or not some of its arguments are given already."""
    return getattr(function, "func", function).__name__
